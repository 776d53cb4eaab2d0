"""``--class``: the rules of a class, for the commands that show grades."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.cli.options import PLACE
from grader.course.errors import UnknownExerciseError
from grader.course.languages import msgid

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from grader.classroom.rules import ClassRules
    from grader.classroom.students import StudentsRules
    from grader.cli.context import Context
    from grader.gradebook.policy import Grade
    from grader.gradebook.store import Store

class_option = click.option(
    "--class",
    "class_file",
    type=PLACE,
    envvar="GRADER_CLASS",
    metavar="FILE",
    help=msgid(
        "the rules of the class (class.yaml): deadlines, attempts, teams; else $GRADER_CLASS"
    ),
)


def class_rules(
    context: Context, file: Path | None, exercises: Iterable[str] = ()
) -> ClassRules | None:
    """Return the rules in a file, None without one; ``exercises``: ids beside those of the course.

    Raises:
        ClassFileError: it cannot be read, or says what cannot be meant.

    """
    if file is None:
        return None
    from grader.classroom.reading import (  # noqa: PLC0415 - help needs none of it
        read_class,
        refuse_unknown_exercises,
    )

    others = set(exercises)

    def known(name: str) -> bool:
        try:
            return name in others or bool(context.course.exercise(name))
        except UnknownExerciseError:
            return False

    rules = read_class(file)
    refuse_unknown_exercises(rules, known)
    return rules


def ruled_grades(
    context: Context, store: Store, file: Path | None
) -> tuple[list[Grade], StudentsRules | None]:
    """Return the grades of a gradebook under the rules in a file, and the rules.

    Raises:
        ClassFileError: the file cannot be read, or says what cannot be meant.

    """
    grades = store.grades()
    rules = class_rules(context, file, {grade.exercise for grade in grades})
    if rules is None:
        return grades, None
    from grader.gradebook.students_rules import of_gradebook  # noqa: PLC0415 - an extra

    students = of_gradebook(store, rules)
    return store.grades(rules=students), students
