"""Answer files that YAML stumbles over: what is meant is read, what is damaged costs one answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.course.unreadable import UnreadableSubmissionError
from grader.questions import plain_yaml
from grader.questions.invisible import visible
from grader.questions.plain_yaml import same_key

if TYPE_CHECKING:
    from grader.report.models import Scalar

_LENGTH_LIMIT = 1 << 16
_ENTRIES_LIMIT = 200
_LINES_LIMIT = 500
_LINE_LIMIT = 1000
_CLOSING = {"[": "]", "{": "}", '"': '"', "'": "'"}
_TAB = "    "
_ENTRY = re.compile(r"(\s*[^\W\d][\w-]*\s*:|\s*-(?=\s))\s*(.*)")
_NAME = re.compile(r"(?P<quote>[\"']?)(?P<name>[^\W\d][\w-]*)(?P=quote)\s*:(?=\s|$)")
_TEXT_OPENS = re.compile(_NAME.pattern + r"\s*[|>]\s*")
_COMMENT = re.compile(r"\s+#[^'\"]*$")
# What no editor shows and YAML takes for no text; \x85 is the end of a line.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


@dataclass(frozen=True)
class Mended:
    """The text of an answer file, each line in its place, without what no editor shows.

    ``damaged`` holds, by the name of a question as written, why its answer cannot be read as it
    stands. It is left out, unless control characters are all that is wrong with it. ``before``:
    what is wrong with text that stands before the first answer, and is left out as well.
    """

    text: str
    damaged: dict[str, UnreadableSubmissionError]
    before: UnreadableSubmissionError | None = None


def mended(text: str, filename: str, asked: Collection[str]) -> Mended | None:
    """Mend the answers of a file one by one, None where it is too large or names nothing.

    What stands before the first answer is left out only where one of those ``asked`` is named.
    """
    lines = [_plain(line) if line.startswith("#") else line for line in text.split("\n")]
    names = {number: found["name"] for number, line in enumerate(lines) if (found := _named(line))}
    if len(text) > _LENGTH_LIMIT or not 1 <= len(names) <= _ENTRIES_LIMIT:
        return None
    starts = [0, *names] if 0 not in names else [*names]
    damaged: dict[str, UnreadableSubmissionError] = {}
    before: UnreadableSubmissionError | None = None
    kept: list[str] = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        entry = lines[start:end]
        error = _control(entry, start, filename)
        try:
            kept += _readable([*map(_plain, entry)], start, filename)
        except UnreadableSubmissionError as broken:
            error = error or broken
            kept += [""] * len(entry)
        if error is not None and start in names:
            damaged[names[start]] = error
        elif error is not None:
            before = _placed(error, entry, filename)
    if before is not None and not {*map(same_key, names.values())} & {*asked}:
        return None
    return Mended("\n".join(kept), damaged, before)


def _named(line: str) -> re.Match[str] | None:
    return _NAME.match(visible(_plain(line)))


def _readable(entry: list[str], above: int, filename: str) -> list[str]:
    """Return the lines of one answer so that YAML reads them; ``above``: the number of those above.

    Raises Unreadable.
    """
    broken = _fault(entry, filename, above)
    if broken is None:
        return entry
    if len(entry) <= _LINES_LIMIT:
        indented = [*_indented(map(_without_tabs, entry))]
        for again in (indented, [*map(_quoted, indented)]):
            if _fault(again, filename, above) is None:
                return again
    raise broken


def _fault(entry: list[str], filename: str, above: int) -> UnreadableSubmissionError | None:
    try:
        plain_yaml.load_mapping("\n".join(entry), filename)
    except UnreadableSubmissionError as error:
        line = error.arguments.get("line")
        placed: dict[str, Scalar] = {"line": above + line} if isinstance(line, int) else {}
        return UnreadableSubmissionError(error.id, **error.arguments | placed)
    return None


def _placed(
    error: UnreadableSubmissionError, entry: list[str], filename: str
) -> UnreadableSubmissionError:
    """Return what is wrong with lines that belong to no answer, with a line of them."""
    if "line" in error.arguments:
        return error
    first = next(
        number for number, line in enumerate(entry, 1) if line.strip()[:1] not in {"", "#"}
    )
    return UnreadableSubmissionError("read.yaml", file=filename, line=first)


def _plain(line: str) -> str:
    return _CONTROL.sub("", line)


def _control(entry: list[str], above: int, filename: str) -> UnreadableSubmissionError | None:
    """Return where the first control character of an answer stands, None where there is none."""
    for number, line in enumerate(entry, above + 1):
        if found := _CONTROL.search(line):
            sign = ascii(found[0])[1:-1]
            return UnreadableSubmissionError("read.control", file=filename, line=number, sign=sign)
    return None


def _without_tabs(line: str) -> str:
    written = line.lstrip(" \t")
    return line[: len(line) - len(written)].replace("\t", _TAB) + written


def _indented(lines: Iterable[str]) -> Iterator[str]:
    """Indent what stands at the margin below ``name: |``, up to the next name."""
    in_text = False
    for line in lines:
        if line[:1].strip() and _NAME.match(line):
            in_text = _TEXT_OPENS.fullmatch(line) is not None
        at_margin = line[:1].strip("# \t") and not _NAME.match(line)
        yield f"  {line}" if in_text and at_margin else line


def _quoted(line: str) -> str:
    """Quote what YAML stumbles over in an entry of one line.

    A line of Python that was pasted as an answer (``head: for i in x:``), or a missing space
    (``mean:1.284``), leaves no doubt about what is meant; nor does what begins with a sign of
    YAML's own (``args: *x``).
    """
    entry = _ENTRY.fullmatch(line)
    if entry is None or len(line) > _LINE_LIMIT or _is_entry(line.strip()):
        return line
    value = _COMMENT.sub("", entry[2])
    if value[:1] in _CLOSING and _CLOSING[value[0]] not in value[1:]:
        return line  # left open: where it should end is not ours to guess
    return "{} '{}'".format(entry[1], value.replace("'", "''"))


def _is_entry(line: str) -> bool:
    try:
        return isinstance(plain_yaml.load(line, "").root, dict | list)
    except UnreadableSubmissionError:
        return False
