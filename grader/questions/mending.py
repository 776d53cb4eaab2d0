"""Repair of answer files that are not valid YAML: a damaged answer costs no other answer."""

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

# Larger files are not repaired: trying each entry separately takes time.
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
# Characters that editors do not show and YAML refuses; \x85 is a line end.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


@dataclass(frozen=True)
class Mended:
    """The repaired text of an answer file, with the same lines, without invisible characters.

    ``damaged`` holds, by the name of a question as written, why its answer cannot be read. The
    answer is left out, unless control characters are its only fault. ``before``: the fault of text
    before the first answer, which is left out as well.
    """

    text: str
    damaged: dict[str, UnreadableSubmissionError]
    before: UnreadableSubmissionError | None = None


def mended(text: str, filename: str, asked: Collection[str]) -> Mended | None:
    """Repair the answers of a file one by one; None if it is too large or names no question.

    Text before the first answer is left out only if one of the questions ``asked`` is named.
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
    """Return the lines of one answer as valid YAML; ``above``: the number of lines above.

    Raises:
        UnreadableSubmissionError: they cannot be repaired.

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
    """Return the fault of lines that belong to no answer, with the number of one of them."""
    if "line" in error.arguments:
        return error
    first = next(
        number for number, line in enumerate(entry, 1) if line.strip()[:1] not in {"", "#"}
    )
    return UnreadableSubmissionError("read.yaml", file=filename, line=first)


def _plain(line: str) -> str:
    return _CONTROL.sub("", line)


def _control(entry: list[str], above: int, filename: str) -> UnreadableSubmissionError | None:
    """Return the position of the first control character of an answer, None without one."""
    for number, line in enumerate(entry, above + 1):
        if found := _CONTROL.search(line):
            sign = ascii(found[0])[1:-1]
            return UnreadableSubmissionError("read.control", file=filename, line=number, sign=sign)
    return None


def _without_tabs(line: str) -> str:
    written = line.lstrip(" \t")
    return line[: len(line) - len(written)].replace("\t", _TAB) + written


def _indented(lines: Iterable[str]) -> Iterator[str]:
    """Indent unindented lines below ``name: |``, up to the next name."""
    in_text = False
    for line in lines:
        if line[:1].strip() and _NAME.match(line):
            in_text = _TEXT_OPENS.fullmatch(line) is not None
        at_margin = line[:1].strip("# \t") and not _NAME.match(line)
        yield f"  {line}" if in_text and at_margin else line


def _quoted(line: str) -> str:
    """Quote the value of a one-line entry that is not valid YAML.

    A line of Python that was pasted as an answer (``head: for i in x:``), or a missing space
    (``mean:1.284``), is unambiguous; so is a value that begins with a YAML indicator (``args:
    *x``).
    """
    entry = _ENTRY.fullmatch(line)
    if entry is None or len(line) > _LINE_LIMIT or _is_entry(line.strip()):
        return line
    value = _COMMENT.sub("", entry[2])
    if value[:1] in _CLOSING and _CLOSING[value[0]] not in value[1:]:
        return line  # an open quotation mark: where the string ends is ambiguous
    return "{} '{}'".format(entry[1], value.replace("'", "''"))


def _is_entry(line: str) -> bool:
    try:
        return isinstance(plain_yaml.load(line, "").root, dict | list)
    except UnreadableSubmissionError:
        return False
