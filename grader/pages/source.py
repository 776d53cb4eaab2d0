"""The file that was graded, line by line, with marks where a report speaks of a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from grader.course.languages import Translator
from grader.report.causes import NOTE, causes_of
from grader.report.clean import clean
from grader.report.wording import Voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from grader.report.models import CheckResult, Message, Report

# A longer file is shown around its marks, with this many lines before and after each.
LONGEST = 400
AROUND = 12
_LONG_LINE = 1000  # characters
_NAME = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True)
class Line:
    """A line of a file as its reader counts it, from 1; ``cell``: of a notebook."""

    cell: int | None
    number: int
    text: str


@dataclass(frozen=True)
class Mark:
    """What a report says of a line: a status, as an id and as a word, and the checks in words."""

    status: str
    word: str
    checks: str = ""


@dataclass(frozen=True)
class MarkedLine:
    """A line, the marks on it, and a sentence about lines before it that are left out."""

    number: int
    text: str
    marks: tuple[Mark, ...]
    left_out: str = ""


@dataclass(frozen=True)
class Block:
    """The lines of one cell below its heading, or of a whole file, which has none.

    ``left_out``: a sentence about lines that are missing at its end.
    """

    heading: str
    lines: tuple[MarkedLine, ...]
    left_out: str = ""


@dataclass(frozen=True)
class MarkedSource:
    """A file with its marks, below a heading."""

    heading: str
    blocks: tuple[Block, ...]


def marked_source(report: Report, name: str, lines: Sequence[Line]) -> MarkedSource:
    """Return a file with marks on the lines of which a localised report speaks."""
    t = Translator(report.lang)

    def left_out(count: int) -> str:
        lines = t.plural("{{n}} line is left out here", "{{n}} lines are left out here", count)
        return f"… ({lines})" if count else ""

    marks = _marks(report, lines)
    shown = _shown(len(lines), marks)
    blocks = []
    for cell, group in groupby(enumerate(lines), key=lambda one: one[1].cell):
        marked, missing = [], 0
        for index, line in group:
            if index in shown:
                text = clean(line.text.expandtabs(4), _LONG_LINE)
                marked.append(
                    MarkedLine(line.number, text, marks.get(index, ()), left_out(missing))
                )
                missing = 0
            else:
                missing += 1
        heading = "" if cell is None else t("Cell {{cell}}", cell=cell)
        blocks.append(Block(heading, tuple(marked), left_out(missing)))
    heading = t("{{file}}: the lines in question", file=clean(name)) if marks else clean(name)
    return MarkedSource(heading, tuple(blocks))


def _shown(total: int, marks: Iterable[int]) -> set[int]:
    """Return the indices of the lines that are shown: all, or those around the marks."""
    if total <= LONGEST:
        return set(range(total))
    return {
        index
        for mark in (0, *marks)
        for index in range(max(0, mark - AROUND), min(total, mark + AROUND + 1))
    }


def _marks(report: Report, lines: Sequence[Line]) -> dict[int, tuple[Mark, ...]]:
    """Return the marks by the index of their line."""
    say = Voice(report)
    noted: dict[int, dict[str, list[CheckResult]]] = {}
    places = {(line.cell, line.number): index for index, line in enumerate(lines)}
    for message in [] if report.load is None else report.load.feedback:
        status = "note" if message.id.startswith(NOTE) else report.load.status  # type: ignore[union-attr]
        for index in _told(message, places):
            noted.setdefault(index, {}).setdefault(status, [])
    for check in _in_order(report):
        for index in dict.fromkeys(_places_of(check, report, lines, places)):
            noted.setdefault(index, {}).setdefault(check.status, []).append(check)
    return {
        index: tuple(_mark(status, checks, say) for status, checks in statuses.items())
        for index, statuses in noted.items()
    }


def _mark(status: str, checks: Sequence[CheckResult], say: Voice) -> Mark:
    word = say("view.note") if status == "note" else say(f"status.{status}")
    if not checks or say.noun == "questions":  # a question stands in its own line
        return Mark(status, word)
    title = say.title(checks[0], 60)
    more = say(f"view.more_{say.noun}", n=len(checks) - 1) if checks[1:] else ""
    return Mark(status, word, f"{title} + {more}" if more else title)


def _in_order(report: Report) -> list[CheckResult]:
    """Return the checks that speak of a mistake, cause by cause."""
    known = {check.id: check for check in report.checks}
    told = [id_ for cause in report.causes or causes_of(report) for id_ in cause.checks]
    failed = [check for check in known.values() if check.status not in {"passed", "not_run"}]
    order = {id_: number for number, id_ in enumerate(told)}
    return sorted(failed, key=lambda check: order.get(check.id, len(order)))


def _places_of(
    check: CheckResult,
    report: Report,
    lines: Sequence[Line],
    places: Mapping[tuple[int | None, int], int],
) -> Iterator[int]:
    """Yield the lines of which a check speaks; else those where its function, or answer, begins."""
    if report.exercise.kind != "code":
        yield from _last(rf"""\s*["']?{re.escape(check.id)}["']?\s*:""", lines)
        return
    told = [index for message in check.feedback for index in _told(message, places)]
    yield from told or _called(check, lines)


def _called(check: CheckResult, lines: Sequence[Line]) -> list[int]:
    """Return the line where a function that was called begins, if the file defines it."""
    texts = [str(message.args.get("function", "")) for message in check.feedback]
    if check.call is not None:
        texts.append(check.call.function)
    names = (name for text in texts for name in _NAME.findall(text))
    begins = (_last(rf"\s*(?:async\s+)?(?:def|class)\s+{name}\b", lines) for name in names)
    return next(filter(None, begins), [])


def _told(message: Message, places: Mapping[tuple[int | None, int], int]) -> Iterator[int]:
    """Yield the line that a message names in the file itself, not in another one."""
    cell, number = message.args.get("cell"), message.args.get("line")
    elsewhere = "file" in message.args and not message.id.startswith(("read.", "load."))
    if isinstance(number, int) and (cell is None or isinstance(cell, int)) and not elsewhere:
        index = places.get((cell, number))
        if index is not None:
            yield index


def _last(pattern: str, lines: Sequence[Line]) -> list[int]:
    """Return the last line that begins so: of two definitions it is the one that counts."""
    begins = re.compile(pattern)
    found = [index for index, line in enumerate(lines) if begins.match(line.text[:_LONG_LINE])]
    return found[-1:]
