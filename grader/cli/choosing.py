"""The checks that are requested by name, and the files in which an answer is begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.cli.options import LocalisedUsageError
from grader.course.displayed import called, displayed_checks
from grader.judge.reading.marked_files import cells_in
from grader.judge.reading.marks import answer_cells

if TYPE_CHECKING:
    from pathlib import Path

    from grader.cli.context import Context
    from grader.course.loading import LoadedExercise
    from grader.report.models import Audience


def chosen_checks(
    context: Context, exercise: LoadedExercise, names: tuple[str, ...], audience: Audience
) -> frozenset[str]:
    """Return the ids of checks; a student can name only displayed ones.

    Raises:
        LocalisedUsageError: there is no such check.

    """
    checks = displayed_checks(exercise, context.lang)
    if audience == "teacher" and checks:
        checks |= {id_: id_ for id_ in exercise.code.checks if id_ not in checks}
    return frozenset(_one(context, exercise, checks, name) for name in names)


def is_untouched(path: Path, exercise: LoadedExercise) -> bool:
    """Return True if a file, or its marked cells, are as `grader init` writes them."""
    from grader.watch.answers import is_untouched as is_unwritten  # noqa: PLC0415 - few need it

    text = "\n".join(answer_cells(cells_in(path), exercise.is_called).values())
    if not text:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return False
    return is_unwritten(text, exercise)


def _one(context: Context, exercise: LoadedExercise, checks: dict[str, str], name: str) -> str:
    found = called(name, checks)
    if len(found) == 1:
        return found[0]
    t, args = context.t, {"exercise": exercise.model.id, "name": name}
    if not checks:
        raise LocalisedUsageError(t("{{exercise}} has no checks to choose from.", **args))
    if found:
        message = t("Several checks of {{exercise}} begin with {{name}}. Name one:", **args)
    else:
        message = t("{{exercise}} has no check {{name}}. Name one of:", **args)
    lines = (f"  {id_}  {checks[id_]}" for id_ in found or checks)
    raise LocalisedUsageError("\n".join([message, *lines]))
