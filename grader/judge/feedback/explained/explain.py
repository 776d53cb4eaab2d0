"""The sentence that explains an exception: looked up by its type, message and line."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from grader.judge.failures import Finding
from grader.judge.feedback.explained.arrays import ENTRIES, INDICES, SHAPES
from grader.judge.feedback.explained.known import IMPORTS, names_at, names_of
from grader.judge.feedback.explained.python import CALLS, NAMES, VALUES
from grader.judge.feedback.explained.syntax import SYNTAX
from grader.judge.feedback.explained.tensors import TENSORS
from grader.judge.feedback.source_quotes import line_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.judge.feedback.explained.rule import Arguments, Rule
    from grader.judge.processes.outcomes import Raised
    from grader.judge.reading.submission import Submission

READ = 500  # characters of a message that are matched
_PIECE = 60  # characters of a matched group that are used
_ALIKE = 0.75
_UNREAD = {"syntax", "indentation"}
# Rules about indices and shapes precede the general ones about values.
_RUNTIME = (*NAMES, *SHAPES, *INDICES, *ENTRIES, *TENSORS, *CALLS, *VALUES)


def explanation(raised: Raised, submission: Submission) -> Finding | None:
    """Return the sentence that explains an exception, without its place; None if there is none."""
    line = line_of(raised, submission)
    if re.match(r"\s{0,200}raise\b", line):
        return Finding("raised.own")  # the student's own message needs no explanation
    if raised.why == "name" and raised.module:
        return _of_name(raised.module, raised, submission)
    if raised.type == "AssertionError" and re.search(r"\bassert\b", line[:READ]):
        return Finding("raised.assertion")
    found = _looked_up(raised, SYNTAX if raised.why in _UNREAD else _RUNTIME)
    if found is not None and found.id == "raised.attribute":
        return _of_attribute(found, submission)
    return found


def _looked_up(raised: Raised, rules: Iterable[Rule]) -> Finding | None:
    detail = (raised.detail or "")[:READ].strip()
    for rule in rules:
        match = rule.pattern.match(detail)
        if match is None or (rule.types and raised.type not in rule.types):
            continue
        pieces = {name: text for name, text in match.groupdict().items() if text is not None}
        also = rule.also(pieces)
        if also is not None:
            return Finding(rule.id, _plain(also))
    return None


def _plain(pieces: Arguments) -> Arguments:
    """Return groups of a match in a form that a sentence can contain, between backticks or not."""
    return {
        name: "".join(sign for sign in text[:_PIECE] if sign.isprintable() and sign != "`")
        for name, text in pieces.items()
    }


def _of_name(name: str, raised: Raised, submission: Submission) -> Finding | None:
    if raised.type == "UnboundLocalError":
        return Finding("raised.unbound", _plain({"name": name}))
    if "free variable" in (raised.detail or "")[:READ]:
        return Finding("raised.unbound", _plain({"name": name}))
    if name in IMPORTS:
        return Finding("raised.unimported", {"name": name, "statement": IMPORTS[name]})
    near = _near(name, names_at(raised, submission))
    if near is not None:
        return Finding("raised.near_name", _plain({"name": name, "near": near}))
    return Finding("raised.no_name", _plain({"name": name}))


def _of_attribute(found: Finding, submission: Submission) -> Finding:
    owner, name = str(found.args["owner"]), str(found.args["name"])
    near = _near(name, names_of(owner, submission))
    if near is None:
        return found
    return Finding("raised.attribute_near", {"owner": owner, "name": name, "near": near})


def _near(name: str, names: Iterable[str]) -> str | None:
    folded = {other.casefold(): other for other in names if other != name}
    found = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=_ALIKE)
    return folded[found[0]] if found else None
