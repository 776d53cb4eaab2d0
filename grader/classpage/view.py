"""The class page as data: its texts in a language, still without HTML."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING
from urllib.parse import quote

from grader.classpage.answers import DECIDED, FOR_TEACHERS
from grader.classpage.findings import check_scores, mistakes, spent
from grader.classpage.statistics import FEW, item
from grader.classroom.texts import shown_points
from grader.course.languages import amount
from grader.course.phrases import joined
from grader.pictures.histogram import Histogram
from grader.report.clean import clean_argument

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from grader.classpage.answers import Answer
    from grader.classpage.findings import Mistake, Spent
    from grader.classpage.statistics import Item
    from grader.course.languages import Translator
    from grader.pictures.kind import Drawing

_SLOWEST = 5
_BAR = 100  # units of the width of a bar


@dataclass(frozen=True)
class Plot:
    """A picture with its caption, as a template draws it."""

    caption: str
    drawing: Drawing
    lines: Callable[[int], list[str]]


@dataclass(frozen=True)
class Person:
    """A student's name, and the address of the page with the feedback, empty without one."""

    name: str
    href: str = ""


@dataclass(frozen=True)
class ItemRow:
    """A row of statistics; ``bar``: the share that passed, from 0 to 100."""

    name: str
    students: int
    passed: str
    facility: str
    discrimination: str
    bar: int


@dataclass(frozen=True)
class ExerciseView:
    """An exercise: the numbers in a sentence, its distribution, and its checks below a label."""

    heading: str
    label: str
    summary: str
    plot: Plot | None
    checks: tuple[ItemRow, ...]


@dataclass(frozen=True)
class MistakeView:
    """A mistake: in which exercise and how often, and an example in lines of Python."""

    heading: str
    sentence: str
    code: tuple[str, ...]
    results: tuple[tuple[str, str], ...]
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Noted:
    """A student, and what is to be known of an answer: its exercise and a note."""

    person: Person
    note: str


@dataclass(frozen=True)
class StudentRow:
    """A student's grades, in the order of the exercises, and their total."""

    person: Person
    cells: tuple[str, ...]
    total: str


@dataclass(frozen=True)
class ClassView:
    """Everything on the page, section by section; what is empty is left out."""

    summary: str
    few: str
    plot: Plot | None
    items: tuple[ItemRow, ...]
    exercises: tuple[ExerciseView, ...]
    mistakes: tuple[MistakeView, ...]
    review: tuple[Noted, ...]
    limits: tuple[Noted, ...]
    slowest: tuple[Noted, ...]
    late: tuple[Noted, ...]
    names: tuple[str, ...]
    students: tuple[StudentRow, ...]


def class_view(
    answers: Sequence[Answer],
    t: Translator,
    titles: Mapping[str, str],
    status_text: Callable[[str], str],
    feedback: Mapping[str, str],
) -> ClassView:
    """Return the page of a class.

    ``answers``: one for each student and exercise. ``titles``: of the exercises. ``status_text``:
    the meaning of a status. ``feedback``: relative addresses of pages, by student.
    """
    return _Page(answers, t, titles, status_text, feedback).view()


class _Page:
    def __init__(
        self,
        answers: Sequence[Answer],
        t: Translator,
        titles: Mapping[str, str],
        status_text: Callable[[str], str],
        feedback: Mapping[str, str],
    ) -> None:
        self.answers = answers
        self.t = t
        self.titles = titles
        self.status_text = status_text
        self.feedback = feedback
        self.exercises: dict[str, list[Answer]] = defaultdict(list)
        self.students: dict[str, dict[str, Answer]] = defaultdict(dict)
        for answer in answers:
            self.exercises[answer.exercise].append(answer)
            self.students[answer.student][answer.exercise] = answer

    def view(self) -> ClassView:
        """Return the whole page."""
        t, times = self.t, spent(self.answers)
        decided = {one.student for one in self.answers if one.share is not None}
        few = ""
        if len(decided) < FEW:
            few = t.plural(
                "Only {{n}} student has a grade. With fewer than {{few}} the statistics are too "
                "uncertain to act upon alone: look at the answers as well.",
                "Only {{n}} students have a grade. With fewer than {{few}} the statistics are too "
                "uncertain to act upon alone: look at the answers as well.",
                len(decided),
                few=FEW,
            )
        several = len(self.exercises) > 1
        return ClassView(
            summary=t(
                "Students: {{students}}. Exercises: {{exercises}}. This page has names, and is for "
                "teachers alone.",
                students=len(self.students),
                exercises=len(self.exercises),
            ),
            few=few,
            plot=self._totals_plot() if several else None,
            items=self._exercise_items() if several else (),
            exercises=tuple(self._exercise(name) for name in sorted(self.exercises)),
            mistakes=tuple(map(self._mistake, mistakes(self.answers))),
            review=self._review(),
            limits=tuple(self._limit(one) for one in times if one.limits),
            slowest=tuple(self._slow(one) for one in times[:_SLOWEST] if one.seconds),
            late=tuple(
                self._noted(one, t.plural("{{n}} day late", "{{n}} days late", one.days))
                for one in self.answers
                if one.days
            ),
            names=tuple(sorted(self.exercises)),
            students=tuple(map(self._student, self.students)),
        )

    def _person(self, answer: Answer) -> Person:
        name, id_ = (_line(text) for text in (answer.name or answer.student, answer.student))
        href = self.feedback.get(answer.student, "")
        shown = name if name == id_ else f"{name} ({id_})"
        # A colon or a slash in front would lead elsewhere.
        return Person(shown, quote(href.lstrip("/")) if href else "")

    def _title(self, exercise: str) -> str:
        title = self.titles.get(exercise, "")
        return f"{exercise} {title}".rstrip()

    def _plot(self, shares: Sequence[Decimal], caption: str) -> Plot | None:
        if not shares:
            return None
        drawing = Histogram.of(shares)
        return Plot(caption, drawing, lambda width: drawing.lines(self.t, width))

    def _totals_plot(self) -> Plot | None:
        totals = []
        for own in self.students.values():
            decided = [one for one in own.values() if one.share is not None]
            reached = sum((one.points or Decimal(0) for one in decided), Decimal(0))
            if decided:
                totals.append(reached / sum(one.reachable for one in decided))
        caption = self.t("All exercises together: students by the share of their points")
        return self._plot(totals, caption)

    def _exercise_items(self) -> tuple[ItemRow, ...]:
        scores = {
            student: {name: float(one.share) for name, one in own.items() if one.share is not None}
            for student, own in self.students.items()
        }
        worth = {name: float(own[0].maximum) for name, own in self.exercises.items()}
        names = sorted({name for own in scores.values() for name in own})
        return tuple(self._item(self._title(name), item(name, scores, worth)) for name in names)

    def _exercise(self, name: str) -> ExerciseView:
        own, t = self.exercises[name], self.t
        shares = [one.share for one in own if one.share is not None]
        summary = t("Nobody has a grade yet.")
        if shares:
            full = sum(share >= 1 for share in shares)
            summary = t(
                "Graded: {{n}}. All points in reach: {{full}} ({{percent}}). Mean: {{mean}}. "
                "Without points: {{zeros}}.",
                n=len(shares),
                full=full,
                percent=self._percent(full / len(shares)),
                mean=self._percent(float(sum(shares) / len(shares))),
                zeros=sum(share == 0 for share in shares),
            )
        scores = check_scores(own)
        checks = {
            check.id: (check.title or check.id, float(check.maximum))
            for one in own
            if one.report is not None
            for check in one.report.checks
        }
        worth = {id_: points for id_, (_, points) in checks.items()}
        judged = {id_ for of in scores.values() for id_ in of}
        rows = (
            self._item(title, item(id_, scores, worth))
            for id_, (title, _) in checks.items()
            if id_ in judged
        )
        caption = self.t("{{exercise}}: students by the share of their points", exercise=name)
        label = self.t("Checks of {{exercise}}", exercise=name)
        plot = self._plot(shares, caption)
        return ExerciseView(self._title(name), label, summary, plot, tuple(rows))

    def _item(self, name: str, one: Item) -> ItemRow:
        discrimination = "–"
        if one.discrimination is not None:
            discrimination = self._two(one.discrimination)
            if one.low is not None and one.high is not None:
                low, high = self._two(one.low), self._two(one.high)
                discrimination = f"{discrimination} ({low} … {high})"
        passed, facility = self._percent(one.passed), self._two(one.facility)
        return ItemRow(
            name, one.students, passed, facility, discrimination, round(one.passed * _BAR)
        )

    def _mistake(self, one: Mistake) -> MistakeView:
        t = self.t
        of = sum(answer.status in DECIDED for answer in self.exercises[one.exercise])
        results = ((t("result"), one.got), (t("right"), one.expected))
        count = t.plural(
            "{{n}} student of {{of}}", "{{n}} students of {{of}}", len(one.students), of=of
        )
        return MistakeView(
            heading=joined(t, self._title(one.exercise), count),
            sentence=one.sentence,
            code=one.calls,
            results=tuple((label, value) for label, value in results if value),
            people=tuple(map(self._person, one.students)),
        )

    def _review(self) -> tuple[Noted, ...]:
        found = [
            self._noted(one, self.status_text(status))
            for status in FOR_TEACHERS
            for one in self.answers
            if one.status == status
        ]
        zero = self.t("0 points, and no check could decide that")
        undecided = (one for one in self.answers if one.report and one.report.undecided)
        return (*found, *(self._noted(one, zero) for one in undecided))

    def _limit(self, one: Spent) -> Noted:
        return self._noted(one.answer, ", ".join(one.limits))

    def _slow(self, one: Spent) -> Noted:
        seconds = Decimal(one.seconds).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return self._noted(one.answer, self.t("{{seconds}} s of computing", seconds=seconds))

    def _noted(self, answer: Answer, note: str) -> Noted:
        return Noted(self._person(answer), joined(self.t, answer.exercise, note))

    def _student(self, student: str) -> StudentRow:
        own = self.students[student]
        cells = tuple(self._cell(own.get(name)) for name in sorted(self.exercises))
        before = sum((one.points or Decimal(0) for one in own.values()), Decimal(0))
        after = sum((one.after or Decimal(0) for one in own.values()), Decimal(0))
        return StudentRow(self._person(next(iter(own.values()))), cells, self._pair(before, after))

    def _cell(self, answer: Answer | None) -> str:
        if answer is None or answer.points is None:
            return "–"
        if answer.status not in DECIDED:
            return f"{self._pair(answer.points, answer.after)} ({self.status_text(answer.status)})"
        return self._pair(answer.points, answer.after)

    def _pair(self, before: Decimal, after: Decimal | None) -> str:
        text = shown_points(before, self.t)
        if after is None or after == before:
            return text
        return f"{text} → {shown_points(after, self.t)}"

    def _percent(self, share: float) -> str:
        return self.t("{{percent}}%", percent=Decimal(round(100 * share)))

    def _two(self, value: float) -> str:
        rounded = Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return amount(rounded, self.t.lang).replace("-", "−")


def _line(text: str) -> str:
    return str(clean_argument(text)).strip()
