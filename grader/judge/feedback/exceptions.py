"""Findings about an exception: its sentence, its place, and Python's own message."""

from __future__ import annotations

import errno
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from grader.judge.failures import Finding
from grader.judge.feedback.explained.known import IMPORTS
from grader.judge.feedback.source_quotes import lines_of, quoted
from grader.judge.reading.lookalike_letters import lookalike

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.judge.feedback.source_quotes import Place
    from grader.judge.processes.load_notes import LoadNote
    from grader.judge.processes.outcomes import Raised
    from grader.judge.reading.submission import Submission

OWN_SENTENCES = {
    *("exit", "input", "import", "not_written", "recursion"),
    *("process", "semaphore", "debugger", "compile"),
}
OF_CALLS = {"not_written", "recursion"}
EXPLAINED = {"raised", "syntax", "indentation", "undefined", "unimported"}
"""Kinds of exceptions that have a more specific sentence if their message is recognised."""
WITH_WORDS = {"undefined", "unimported", "recursion"}
"""Kinds whose sentence does not quote Python's message, so that it is appended."""
UNQUOTED = {"call.not_written", "call.lost", "call.lost_import"}
"""Sentences about a line other than the one to be changed."""
REFUSED = {
    "PermissionError",
    "FileNotFoundError",  # where no other files are visible
    "BlockingIOError",  # a fork over the limit of processes
    "ConnectionError",
    "ConnectionRefusedError",
    "ConnectionResetError",
    "TimeoutError",
    "URLError",
    "gaierror",
    "timeout",
}
"""Names of exceptions in which the use of files, network or programs ends in the sandbox."""
_NO_ROOM = tuple(f"[Errno {number}]" for number in (errno.EFBIG, errno.ENOSPC))


def of_exception(
    phase: str, raised: Raised, submission: Submission, **names: str
) -> tuple[Finding, ...]:
    """Return the findings about an exception, with its place in the student's own file."""
    own_sentence = kind_of(phase, raised)
    closer = closer_sentence(phase, own_sentence, raised, submission)
    args: dict[str, Any] = dict(names)
    if own_sentence == "import":
        args["module"] = raised.module or "?"
    elif own_sentence in {"undefined", "unimported"}:
        args["name"] = raised.module
        letter = lookalike(raised.module or "", _names_like(submission.source))
        if letter is not None:
            return placed(f"{phase}.letter", {**args, **asdict(letter)}, raised, submission)
        args |= {"statement": IMPORTS[raised.module]} if raised.module in IMPORTS else {}
    elif own_sentence not in OWN_SENTENCES:
        args |= {"type": raised.type, "detail": without_place(raised.detail or "", submission)}
        if raised.detail is None:
            own_sentence = "raised_unprintable"
    if closer is not None:
        args |= {**closer.args, "type": raised.type}
        args["explained"] = closer.id.removeprefix("raised.")
    suffix = "" if raised.line is not None or own_sentence in OWN_SENTENCES else "_nowhere"
    # Without a place in the student's file the sentence must not mention a line.
    findings = placed(f"{phase}.{own_sentence}{suffix}", args, raised, submission)
    quoting = closer is None and own_sentence not in WITH_WORDS
    return findings if quoting else findings + in_python(raised, submission)


def of_lost_name(
    function: str, outcome: Raised, note: LoadNote, submission: Submission
) -> tuple[Finding, ...]:
    """Return the findings about a missing name, with the reason why it is missing."""
    args = {"function": function, "name": outcome.module, "origin": note.first}
    module = note.raised.module
    if note.raised.why == "import" and module is not None:
        return placed("call.lost_import", {**args, "module": module}, outcome, submission)
    return placed("call.lost", args, outcome, submission)


def closer_sentence(
    phase: str, kind: str, raised: Raised, submission: Submission
) -> Finding | None:
    """Return the more specific sentence for the message of an exception, without its place."""
    if kind not in EXPLAINED or raised.detail is None:
        return None
    from grader.judge.feedback.explained.explain import explanation  # noqa: PLC0415 - only where one raises

    found = explanation(raised, submission)
    # Calls have their own sentences for a missing name.
    general = found is not None and found.id in {"raised.no_name", "raised.unimported"}
    return None if phase == "call" and general and kind in WITH_WORDS else found


def in_python(raised: Raised, submission: Submission) -> tuple[Finding, ...]:
    """Return the finding that quotes Python's own message."""
    detail = without_place(raised.detail or "", submission)
    return (Finding("where.python", {"said": ": ".join(filter(None, (raised.type, detail)))}),)


def _names_like(source: str) -> list[str]:
    """Return the names of a source if any of them contains a letter beyond ASCII."""
    return [] if source.isascii() else sorted(set(re.findall(r"[^\W\d]\w*", source)))


def placed(
    id_: str, args: Mapping[str, Any], place: Place, submission: Submission
) -> tuple[Finding, ...]:
    """Return a finding with a place, and the quoted line."""
    if place.line is None:
        return (Finding(id_, args),)
    line = min(max(1, place.line), len(lines_of(place, submission)))
    if place.file is not None:
        where: dict[str, Any] = {"line": line, "file": place.file}
    else:
        position = submission.where(line)
        where = {"line": position.line}
        where |= {} if position.cell is None else {"cell": position.cell}
    finding = Finding(id_, {**args, **where})
    return (finding,) if id_ in UNQUOTED else (finding, *quoted(place, submission))


def kind_of(phase: str, raised: Raised) -> str:
    """Return the sentence of an exception in a phase: that of its kind, or the general one."""
    calling = phase == "call"
    if not calling and raised.why in {"syntax", "indentation"}:
        return raised.why
    if calling and raised.why == "name" and raised.module and raised.line is not None:
        return "unimported" if raised.module in IMPORTS else "undefined"
    if raised.why in OWN_SENTENCES and (calling or raised.why not in OF_CALLS):
        return raised.why
    return "refused" if _refused(raised) else "raised"


def _refused(raised: Raised) -> bool:
    """Return True if an exception is a refusal by the sandbox."""
    no_room = raised.type == "OSError" and (raised.detail or "").startswith(_NO_ROOM)
    return raised.type in REFUSED or no_room


def without_place(detail: str, submission: Submission) -> str:
    """Remove Python's suffix of a syntax error, `` (file.py, line 2)``, reported separately."""
    return re.sub(rf" \({re.escape(submission.name)}, line \d+\)\Z", "", detail)
