"""What a teacher is told at the end of a batch, line by line."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from functools import partial
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from grader.batch.problems import doubt, reason
from grader.course.text import plain
from grader.gradebook.view import STYLES, Line
from grader.gradebook.words import status as status_word
from grader.report.clean import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.batch.coordinator import Graded
    from grader.batch.models import Doubt, Unmatched
    from grader.batch.outputs import Written
    from grader.course.languages import Translator

SHOWN = 10
IN_ORDER = ("graded", "incomplete", "needs_review", "unreadable", "ungraded", "missing")
NEEDS_AN_EYE = ("ungraded", "needs_review", "unreadable")


class Summary:
    """Words what a batch has come to."""

    def __init__(
        self,
        t: Translator,
        graded: Graded,
        unmatched: Sequence[Unmatched],
        written: Written | None = None,
        doubts: Sequence[Doubt] = (),
    ) -> None:
        self.t = t
        self.doubts = doubts
        self.written = written
        self.graded = graded
        self.unmatched = unmatched

    def lines(self, width: int, encoding: str) -> Iterator[Line]:
        """Yield the lines of the summary."""
        yield from self._statuses()
        yield from self._misconceptions(width, encoding)
        yield from self._eye(width)
        yield from self._not_in_the_file()
        yield from self._unmatched()

    def data(self) -> dict[str, Any]:
        """Return the summary for programs."""
        rows = self.graded.rows
        found = Counter((row.exercise, name) for row in rows for name in row.misconceptions)
        return {
            "rows": len(rows),
            "judged": self.graded.judged,
            "statuses": dict(Counter(row.status for row in rows)),
            "misconceptions": [
                {"exercise": exercise, "misconception": name, "count": count}
                for (exercise, name), count in sorted(found.items())
            ],
            "review": [
                {
                    "exercise": row.exercise,
                    "student": row.student,
                    "status": row.status,
                    "why": row.why,
                }
                for row in rows
                if row.status in NEEDS_AN_EYE
            ],
            "doubts": [asdict(doubt) for doubt in self.doubts],
            "left_open": [] if self.written is None else self.written.left_open,
            "strangers": [] if self.written is None else self.written.strangers,
            "unmatched": [{"file": file.file, "reason": file.reason} for file in self.unmatched],
        }

    def _statuses(self) -> Iterator[Line]:
        rows = self.graded.rows
        yield Line(self.t.plural("{{n}} row in all", "{{n}} rows in all", len(rows)), "bold")
        counts = Counter(row.status for row in rows)
        column = len(str(len(rows)))
        for status in dict.fromkeys([*IN_ORDER, *counts]):
            if count := counts[status]:
                yield Line(f"  {self._counted(status, count, column)}", STYLES.get(status, ""))

    def _counted(self, status: str, count: int, column: int) -> str:
        """Say how many rows have a status, the number flush right in a column."""
        plural = partial(self.t.plural, n=f"{count:{column}}")
        match status:
            case "graded":
                return plural("{{n}} graded", "{{n}} graded", count)
            case "incomplete":
                return plural(
                    "{{n}} graded in part: some checks need another device",
                    "{{n}} graded in part: some checks need another device",
                    count,
                )
            case "needs_review":
                return plural("{{n}} for you to look at", "{{n}} for you to look at", count)
            case "unreadable":
                return plural("{{n}} unreadable", "{{n}} unreadable", count)
            case "ungraded":
                return plural(
                    "{{n}} not graded, the grader's or the exercise's fault",
                    "{{n}} not graded, the grader's or the exercise's fault",
                    count,
                )
            case "missing":
                return plural("{{n}} not handed in", "{{n}} not handed in", count)
            case _:
                return f"{count:{column}} {status}"

    def _misconceptions(self, width: int, encoding: str) -> Iterator[Line]:
        """Yield the commonest mistakes: how often, which, and the sentence that students read."""
        counts = Counter(
            (row.exercise, name) for row in self.graded.rows for name in row.misconceptions
        )
        if not counts:
            return
        yield from self._title(self.t("The commonest mistakes"))
        common = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        column = len(str(common[0][1]))
        for (exercise, name), count in common[:SHOWN]:
            yield Line(f"  {count:{column}}  {exercise}  {name}")
            text = self.graded.sentences.get((exercise, name), "")
            for line in plain(text, width - column - 4, encoding).split("\n") if text else ():
                yield Line(" " * (column + 4) + line)
        yield from self._more(len(common))

    def _eye(self, width: int) -> Iterator[Line]:
        found = [row for status in NEEDS_AN_EYE for row in self.graded.rows if row.status == status]
        if not found and not self.doubts:
            return
        yield from self._title(self.t("What needs your eye"))
        yield from self._doubts(width)
        told = ""  # a broken exercise has one reason for the whole class
        for row in found[:SHOWN]:
            parts = (
                row.exercise,
                _one_line(row.name or row.student),
                status_word(row.status, self.t),
                row.report or "",
            )
            yield Line("  " + "  ".join(filter(None, parts)), STYLES.get(row.status, ""))
            if row.why != told:
                told = row.why
                yield from (Line(f"    {part}") for part in wrap(_one_line(told), width - 4))
        yield from self._more(len(found))

    def _doubts(self, width: int) -> Iterator[Line]:
        """Yield what the files themselves leave in doubt."""
        for one in self.doubts[:SHOWN]:
            about = (one.exercise, _one_line(one.name or one.student), _one_line(one.file))
            if line := "  ".join(filter(None, about)):
                yield Line(f"  {line}", "yellow")
            yield from (Line(f"    {part}") for part in wrap(doubt(one.reason, self.t), width - 4))
        yield from self._more(len(self.doubts))

    def _not_in_the_file(self) -> Iterator[Line]:
        """Yield whose grades the learning system will not get."""
        if self.written is None:
            return
        missed = (
            (self.t("Without a grade in the file to import"), self.written.left_open),
            (self.t("Graded, but not in the template"), self.written.strangers),
        )
        for title, names in missed:
            if names:
                yield from self._title(title)
                yield from (Line(f"  {_one_line(name)}") for name in names[:SHOWN])
                yield from self._more(len(names))

    def _unmatched(self) -> Iterator[Line]:
        if not self.unmatched:
            return
        yield from self._title(self.t("Files that were not graded"))
        for why in dict.fromkeys(file.reason for file in self.unmatched):
            yield Line(f"  {reason(why, self.t)}", "yellow")
            for file in self.unmatched:
                if file.reason == why:
                    yield Line(f"    {_one_line(file.file)}")

    def _more(self, count: int) -> Iterator[Line]:
        if count > SHOWN:
            more = count - SHOWN
            yield Line("  " + self.t.plural("and {{n}} more", "and {{n}} more", more))

    @staticmethod
    def _title(text: str) -> Iterator[Line]:
        yield Line("")
        yield Line(text, "bold")


def _one_line(text: str) -> str:
    """Return a name or a path, fit for one line of a terminal, whole."""
    return clean(text).replace("\n", " ")
