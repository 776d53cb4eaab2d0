"""The summary of a batch for the teacher, line by line."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from functools import partial
from textwrap import wrap
from typing import TYPE_CHECKING

from grader.batch.class_summary import rules_data, rules_lines
from grader.batch.errors import doubt_sentence, unmatched_reason
from grader.batch.exercise_statistics import points_of
from grader.batch.lms.feedback_archive import WITHOUT_FILE
from grader.batch.lms.registry import export_of
from grader.batch.outputs.rules import KEPT
from grader.course.colours import ATTENTION
from grader.course.languages import amount
from grader.course.plain_text import markdown_to_text
from grader.gradebook.texts import status_text as status_word
from grader.gradebook.unreachable_points import START
from grader.gradebook.view import STYLES, Line
from grader.judge.validation.author_faults import fault_text
from grader.report.clean import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from grader.batch.coordinator import BatchResult
    from grader.batch.exercise_statistics import Points
    from grader.batch.feedback.hand_back import HandedBack
    from grader.batch.models import Doubt, GradeRow, Unmatched
    from grader.batch.outputs.final_rows import ExportResult, Kept
    from grader.classroom.students import StudentsRules
    from grader.course.languages import Translator
    from grader.gradebook.unreachable_points import Unreachable

# Lines of a list; the rest is counted.
SHOWN = 10
IN_ORDER = ("graded", "incomplete", "needs_review", "unreadable", "ungraded", "missing")
NEEDS_AN_EYE = ("ungraded", "needs_review", "unreadable")


class Summary:
    """Words what a batch has come to."""

    def __init__(
        self,
        t: Translator,
        graded: BatchResult,
        unmatched: Sequence[Unmatched],
        written: ExportResult | None = None,
        doubts: Sequence[Doubt] = (),
        unreachable: Unreachable = START,
        rules: StudentsRules | None = None,
        handed_back: HandedBack | None = None,
    ) -> None:
        self.t = t
        self.rules = rules
        self.handed_back = handed_back
        self.unreachable = unreachable
        self.doubts = doubts
        self.written = written
        self.graded = graded
        self.unmatched = unmatched

    def lines(self, width: int, encoding: str) -> Iterator[Line]:
        """Yield the lines of the summary."""
        yield from self._statuses()
        yield from self._isolation(width)
        yield from self._points(width)
        yield from self._misconceptions(width, encoding)
        yield from self._eye(width)
        yield from self._rules(width)
        yield from self._not_in_the_file(width)
        yield from self._without_feedback(width)
        yield from self._unmatched()

    def preview(self, width: int) -> Iterator[Line]:
        """Yield the preview that the learning system must show before the import."""
        changed = None if self.written is None else self.written.changed
        if self.written is None or changed is None:
            return
        sentence = " ".join(
            one.localised(self.t) for one in export_of(self.written.system).preview(changed)
        )
        yield from (Line(part, "bold") for part in wrap(sentence, width))

    def handing_back(self, width: int) -> Iterator[Line]:
        """Yield where the feedback is, and how it is handed back."""
        done = self.handed_back
        if done is None:
            return
        written = self.t.plural(
            "Feedback: {{n}} page in the folder feedback",
            "Feedback: {{n}} pages in the folder feedback",
            done.pages,
        )
        yield from _wrapped(written, width, "")
        if done.archive:
            packed = self.t.plural(
                "{{file}} holds {{n}} file to hand back",
                "{{file}} holds {{n}} files to hand back",
                done.files,
                file=done.archive,
            )
            yield from _wrapped(packed, width, "")
        steps = " ".join(step.localised(self.t) for step in done.steps)
        yield from (Line(part, "bold") for part in wrap(steps, width))

    def data(self) -> dict[str, object]:
        """Return the summary for programs."""
        rows, written = self.graded.rows, self.written
        return {
            "rows": len(rows),
            "judged": self.graded.judged,
            "statuses": dict(Counter(row.status for row in rows)),
            "points": [points.data() for points in points_of(rows)],
            "isolation": self._levels(),
            "unreachable": self.unreachable,
            "misconceptions": [
                {"exercise": exercise, "misconception": name, "count": count}
                for (exercise, name), count in sorted(self._mistakes().items())
            ],
            "review": [
                {
                    "exercise": row.exercise,
                    "student": row.student,
                    "status": row.status,
                    "undecided": row.undecided,
                    "why": row.why,
                }
                for row in rows
                if row.status in NEEDS_AN_EYE or row.undecided
            ],
            "doubts": [asdict(doubt_sentence) for doubt_sentence in self.doubts],
            "kept": [
                {"student": kept.student, "reason": kept.reason}
                for kept in ([] if written is None else written.kept)
            ],
            "rules": None if self.rules is None else rules_data(rows, self.rules),
            "changed": None if written is None else written.changed,
            "left_open": [] if written is None else written.left_open,
            "strangers": [] if written is None else written.strangers,
            "feedback": None if self.handed_back is None else self.handed_back.data(),
            "unmatched": [{"file": file.file, "reason": file.reason} for file in self.unmatched],
        }

    def _mistakes(self) -> Counter[tuple[str, str]]:
        """Count, for each mistake of an exercise, the students who made it."""
        rows = self.graded.rows
        made = {(row.exercise, name, row.student) for row in rows for name in row.misconceptions}
        return Counter((exercise, name) for exercise, name, _student in made)

    def _statuses(self) -> Iterator[Line]:
        rows = self.graded.rows
        if not rows:
            return
        yield Line(self.t.plural("{{n}} row in all", "{{n}} rows in all", len(rows)), "bold")
        counts = Counter(row.status for row in rows)
        column = len(str(len(rows)))
        for status in dict.fromkeys([*IN_ORDER, *counts]):
            if count := counts[status]:
                yield Line(f"  {self._counted(status, count, column)}", STYLES.get(status, ""))

    def _levels(self) -> dict[str, int]:
        """Count the rows by the isolation level of the machine that judged them."""
        counts = Counter(row.isolation for row in self.graded.rows if row.isolation is not None)
        return dict(sorted(counts.items()))

    def _isolation(self, width: int) -> Iterator[Line]:
        """Yield the levels of isolation, where machines differ in them."""
        levels = self._levels()
        if len(levels) > 1:
            counts = ", ".join(f"{name} {count}" for name, count in levels.items())
            sentence = self.t("rows by how far their code was shut off: {{counts}}", counts=counts)
            yield from _wrapped(sentence, width)

    def _counted(self, status: str, count: int, column: int) -> str:
        """Return how many rows have a status, with the number right-aligned in a column."""
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

    def _points(self, width: int) -> Iterator[Line]:
        """Yield the statistics of each exercise."""
        for points in points_of(self.graded.rows):
            sentence = self.t(
                "{{exercise}}: mean {{mean}} of {{reachable}}; full marks: {{full}}; zeros: "
                "{{zeros}}; students: {{students}}",
                exercise=points.exercise,
                mean=points.mean,
                reachable=points.reachable,
                full=points.full,
                zeros=points.zeros,
                students=points.students,
            )
            yield from _wrapped(sentence, width)
            if points.reachable != points.maximum:
                sentence = self.t(
                    "of the {{maximum}} points, {{reachable}} can be reached on this machine",
                    maximum=points.maximum,
                    reachable=points.reachable,
                )
                yield from _wrapped(sentence, width, "    ", ATTENTION)
                yield from _wrapped(self._going_in(points), width, "    ", ATTENTION)

    def _going_in(self, points: Points) -> str:
        """Return how grades are entered that are not out of all points."""
        if self.written is not None and points.exercise in self.written.part:
            return self.t("entered as they are: the assignment asks for no more")
        match self.unreachable:
            case "scaled":
                return self.t(
                    "entered in proportion, out of {{maximum}} (--unreachable scaled)",
                    maximum=points.maximum,
                )
            case "raw":
                return self.t(
                    "entered as they are, so {{reachable}} at most (--unreachable raw)",
                    reachable=points.reachable,
                )
            case _:
                return self.t(
                    "these grades are held back until you decide: --unreachable scaled or raw "
                    "enters them, and another device may show the rest"
                )

    def _misconceptions(self, width: int, encoding: str) -> Iterator[Line]:
        """Yield the commonest mistakes: their number, name, and the sentence for students."""
        counts = self._mistakes()
        if not counts:
            return
        yield from self._title(self.t("The commonest mistakes"))
        common = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        column = len(str(common[0][1]))
        for (exercise, name), count in common[:SHOWN]:
            text = self.graded.sentences.get((exercise, name), "")
            called = "" if text else f"  {name}"
            yield Line(f"  {count:{column}}  {exercise}{called}")
            for line in (
                markdown_to_text(text, width - column - 4, encoding).split("\n") if text else ()
            ):
                yield Line(" " * (column + 4) + line)
        yield from self._more(len(common))

    def _eye(self, width: int) -> Iterator[Line]:
        rows = self.graded.rows
        found = [row for status in NEEDS_AN_EYE for row in rows if row.status == status]
        zeros = [row for row in rows if row.undecided and row.status not in NEEDS_AN_EYE]
        if not found and not zeros and not self.doubts:
            return
        yield from self._title(self.t("What needs your eye"))
        yield from self._doubts(width)
        # A broken exercise makes a whole class ungraded; a zero concerns one student.
        yield from self._looked_at(found[:SHOWN], width)
        yield from self._more(len(found))
        yield from self._looked_at(zeros, width)

    def _looked_at(self, rows: Sequence[GradeRow], width: int) -> Iterator[Line]:
        reasons = ""  # a broken exercise has one reason for the whole class
        for row in rows:
            zero = self.t("0 points, and no check could decide that")
            parts = (
                row.exercise,
                _one_line(row.name or row.student),
                zero if row.undecided else status_word(row.status, self.t),
                row.report or "",
            )
            style = ATTENTION if row.undecided else STYLES.get(row.status, "")
            yield Line("  " + "  ".join(filter(None, parts)), style)
            if row.why != reasons:
                reasons = row.why
                why = _one_line(fault_text(reasons, self.t))
                yield from (Line(f"    {part}") for part in wrap(why, width - 4))

    def _doubts(self, width: int) -> Iterator[Line]:
        """Yield the doubts about the files themselves."""
        for one in self.doubts[:SHOWN]:
            about = (one.exercise, _one_line(one.name or one.student), _one_line(one.file))
            if line := "  ".join(filter(None, about)):
                yield Line(f"  {line}", ATTENTION)
            yield from (
                Line(f"    {part}") for part in wrap(doubt_sentence(one.reason, self.t), width - 4)
            )
        yield from self._more(len(self.doubts))

    def _rules(self, width: int) -> Iterator[Line]:
        """Yield the effects of the rules of the class."""
        if self.rules is None:
            return
        file = "" if self.written is None else export_of(self.written.system).writes
        lines = list(rules_lines(self.graded.rows, self.rules, file, self.t, width))
        if lines:
            yield from self._title(self.t("The rules of the class"))
            yield from lines

    def _not_in_the_file(self, width: int) -> Iterator[Line]:
        """Yield the students whose grades the learning system will not get, and the reasons."""
        if self.written is None:
            return
        if self.written.kept:
            yield from self._title(self.t("Not written to the file to import"))
        yield from self._by_reason(self.written.kept, KEPT, width)
        if self.written.undated:
            yield from self._title(
                self.t("Written, but Moodle may not be able to read the date of their grade")
            )
            yield from (Line(f"    {_one_line(name)}") for name in self.written.undated)

    def _without_feedback(self, width: int) -> Iterator[Line]:
        """Yield the students who get no feedback, or no file in the archive, and the reasons."""
        without = [] if self.handed_back is None else self.handed_back.without
        if without:
            yield from self._title(self.t("Without feedback to hand back"))
        yield from self._by_reason(without, {**KEPT, **WITHOUT_FILE}, width)

    def _by_reason(
        self, kept: Sequence[Kept], reasons: Mapping[str, str], width: int
    ) -> Iterator[Line]:
        for why in dict.fromkeys(one.reason for one in kept):
            yield from _wrapped(self.t(reasons[why]), width, "  ", ATTENTION)
            for one in kept:
                if one.reason == why:
                    yield Line(f"    {_one_line(one.student)}{self._from_to(one)}")

    def _from_to(self, kept: Kept) -> str:
        if kept.new is None:
            return ""
        old = "–" if kept.old is None else amount(kept.old, self.t.lang)
        return f"  {old} → {amount(kept.new, self.t.lang)}"

    def _unmatched(self) -> Iterator[Line]:
        if not self.unmatched:
            return
        yield from self._title(self.t("Files that were not graded"))
        for why in dict.fromkeys(file.reason for file in self.unmatched):
            yield Line(f"  {unmatched_reason(why, self.t)}", ATTENTION)
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


def _wrapped(text: str, width: int, indent: str = "  ", style: str = "") -> Iterator[Line]:
    lines = wrap(text, width, initial_indent=indent, subsequent_indent=indent + "  ")
    yield from (Line(line, style) for line in lines)


def _one_line(text: str) -> str:
    """Return a name or a path, fit for one line of a terminal, whole."""
    return clean(text).replace("\n", " ")
