"""What a teacher is told at the end of a batch, as plain lines."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from grader.batch.problems import reason
from grader.course.languages import msgid
from grader.course.text import plain
from grader.report.clean import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.batch.coordinator import Graded
    from grader.batch.models import Unmatched
    from grader.batch.outputs import Written
    from grader.course.languages import Translator

SHOWN = 10
STATUSES = {
    "graded": msgid("graded"),
    "incomplete": msgid("graded in part: some checks need another device"),
    "needs_review": msgid("to be looked at by you"),
    "unreadable": msgid("unreadable"),
    "ungraded": msgid("not graded, the grader's or the exercise's fault"),
    "missing": msgid("nothing handed in"),
}
NEEDS_AN_EYE = ("ungraded", "needs_review", "unreadable")


class Summary:
    """Words what a batch has come to."""

    def __init__(
        self,
        t: Translator,
        graded: Graded,
        unmatched: Sequence[Unmatched],
        written: Written | None = None,
    ) -> None:
        self.t = t
        self.written = written
        self.graded = graded
        self.unmatched = unmatched

    def lines(self, width: int, encoding: str) -> Iterator[str]:
        """Yield the lines of the summary."""
        yield from self._statuses()
        yield from self._misconceptions(width, encoding)
        yield from self._eye()
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
                {"exercise": row.exercise, "student": row.student, "status": row.status}
                for row in rows
                if row.status in NEEDS_AN_EYE
            ],
            "left_open": [] if self.written is None else self.written.left_open,
            "strangers": [] if self.written is None else self.written.strangers,
            "unmatched": [{"file": file.file, "reason": file.reason} for file in self.unmatched],
        }

    def _statuses(self) -> Iterator[str]:
        rows = self.graded.rows
        yield self.t.plural("{{n}} row in all", "{{n}} rows in all", len(rows))
        counts = Counter(row.status for row in rows)
        column = len(str(len(rows)))
        for status in dict.fromkeys([*STATUSES, *counts]):
            if counts[status]:
                yield f"  {counts[status]:{column}}  {self.t(STATUSES.get(status, status))}"

    def _misconceptions(self, width: int, encoding: str) -> Iterator[str]:
        """Yield the commonest mistakes: how often, which, and the sentence that students read."""
        counts = Counter(
            (row.exercise, name) for row in self.graded.rows for name in row.misconceptions
        )
        if not counts:
            return
        yield ""
        yield self.t("The commonest mistakes")
        common = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        column = len(str(common[0][1]))
        for (exercise, name), count in common[:SHOWN]:
            yield f"  {count:{column}}  {exercise}  {name}"
            text = self.graded.sentences.get((exercise, name), "")
            for line in plain(text, width - column - 4, encoding).split("\n") if text else ():
                yield " " * (column + 4) + line

    def _eye(self) -> Iterator[str]:
        found = [row for status in NEEDS_AN_EYE for row in self.graded.rows if row.status == status]
        if not found:
            return
        yield ""
        yield self.t("What needs your eye")
        for row in found[:SHOWN]:
            who = clean(row.name or row.student).replace("\n", " ")
            yield f"  {row.exercise}  {who}: {self.t(STATUSES[row.status])}  {row.report or ''}"
        yield from self._more(len(found))

    def _not_in_the_file(self) -> Iterator[str]:
        """Yield whose grades the learning system will not get."""
        if self.written is None:
            return
        missed = (
            (self.t("Without a grade in the file to import"), self.written.left_open),
            (self.t("Graded, but not in the template"), self.written.strangers),
        )
        for title, names in missed:
            if names:
                yield ""
                yield title
                yield from ("  " + clean(name).replace("\n", " ") for name in names[:SHOWN])
                yield from self._more(len(names))

    def _unmatched(self) -> Iterator[str]:
        if not self.unmatched:
            return
        yield ""
        yield self.t("Files that were not graded")
        reasons = dict.fromkeys(file.reason for file in self.unmatched)
        for why in reasons:
            yield f"  {reason(why, self.t)}"
            for file in self.unmatched:
                if file.reason == why:
                    yield "    " + clean(file.file).replace("\n", " ")

    def _more(self, count: int) -> Iterator[str]:
        if count > SHOWN:
            more = count - SHOWN
            yield "  " + self.t.plural("and {{n}} more", "and {{n}} more", more)
