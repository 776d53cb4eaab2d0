"""What a students' kit refuses, since it holds neither answers nor all checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.cli.options import LocalisedUsageError
from grader.course.languages import msgid
from grader.course.phrases import phrases

if TYPE_CHECKING:
    from grader.cli.context import Context
    from grader.course.loading import LoadedExercise

FOR_MARKS = msgid(
    "This course is a students' kit: it has neither the answers nor all checks, so nothing can be "
    "graded for marks with it. Name the teacher's course with --course."
)
OWN_INPUTS = msgid(
    "A students' kit knows what is right for the course's own inputs alone: leave out --seed."
)
NO_SOLUTIONS = msgid(
    "This course is a students' kit: right answers are not in it. Ask your teacher for them."
)
NOTHING_TO_PROVE = msgid(
    "This course is a students' kit: it was proved when it was made, and has no answers to prove "
    "anything with. Name the course that it was made of with --course."
)
MADE_ALREADY = msgid(
    "This course is a students' kit already: name the course that it was made of with --course."
)


def tell_of_kit(context: Context, exercise: LoadedExercise) -> None:
    """Print what a kit leaves out of an exercise, if anything: on standard error."""
    if context.course.is_kit and exercise.sealed.left_out:
        sealed = exercise.sealed
        points = phrases("{{n}} point", "{{n}} points", sealed.points)
        context.note(
            phrases(
                "One more check, worth {{points}}, is your teacher's alone and not in this kit.",
                "{{n}} more checks, worth {{points}}, are your teacher's alone and not in this "
                "kit.",
                sealed.left_out,
                points=points,
            )
        )


def refuse_in_kit(context: Context, sentence: str) -> None:
    """Raise LocalisedUsageError with a sentence where the course is a students' kit."""
    if context.course.is_kit:
        raise LocalisedUsageError(context.t(sentence))
