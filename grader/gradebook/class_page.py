"""The attempts that count in a gradebook, with their reports, for the class page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.classpage.answers import Answer
from grader.report.localise import localise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.course.loading import Course
    from grader.gradebook.policy import Grade
    from grader.gradebook.store import Store


def answers(store: Store, grades: Iterable[Grade], course: Course, lang: str) -> Iterator[Answer]:
    """Yield the attempts that count, with the stored reports in a language."""
    for grade in grades:
        report = None if grade.attempt is None else store.report(grade.attempt)
        counts = None if grade.decision is None else grade.decision.counts
        yield Answer(
            student=grade.student,
            name=grade.name,
            exercise=grade.exercise,
            status=grade.status,
            points=grade.points,
            after=grade.after,
            maximum=grade.maximum,
            reachable=grade.in_reach,
            days=0 if counts is None else counts.days,
            report=None if report is None else localise(report, course, lang),
        )
