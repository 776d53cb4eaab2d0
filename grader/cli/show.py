"""``grader show``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.completing import exercises
from grader.cli.counts import order_option
from grader.cli.kits import NO_SOLUTIONS, refuse_in_kit
from grader.cli.options import LocalisedUsageError, grader_command, pictures_option
from grader.course.languages import msgid

if TYPE_CHECKING:
    from grader.cli.context import Context
    from grader.course.loading import LoadedExercise


@grader_command(msgid("Show what an exercise asks: EXERCISE is ex11, 11 or softmax."))
@click.argument("exercise", shell_complete=exercises)
@click.option(
    "--solution",
    is_flag=True,
    help=msgid("show right answers with explanations, once the one in this folder has all points"),
)
@click.option(
    "--teacher", is_flag=True, help=msgid("with --solution: whatever the answer in this folder")
)
@click.option(
    "--answer",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=msgid("with --solution: your answer, where it is not in this folder"),
)
@order_option
@pictures_option
def command(
    context: Context,
    exercise: str,
    *,
    solution: bool,
    teacher: bool,
    answer: Path | None,
    order: int | None,
    pictures: Path | None,
) -> int | None:
    """Print the page of an exercise, or that of its right answers, or write its pictures."""
    if teacher and not solution:
        raise LocalisedUsageError(context.t("--teacher goes with --solution."))
    if answer is not None and not solution:
        raise LocalisedUsageError(context.t("--answer goes with --solution."))
    loaded = context.course.exercise(exercise)
    if solution:
        return _show_solution(context, loaded, answer, teacher=teacher)
    if pictures is not None:
        from grader.cli.pictures import show_task  # noqa: PLC0415 - few ask for them

        show_task(context, pictures, loaded)
        if not context.json:
            return None
    from grader.course.page import page, page_data  # noqa: PLC0415 - see the table in main
    from grader.course.workspace import order_of  # noqa: PLC0415

    if order is None:
        order = order_of()
    if context.json:
        from grader.cli.pictures import task_data  # noqa: PLC0415 - few ask for it

        data = page_data(loaded, context.lang, order)
        context.echo_json(data | {"pictures": task_data(context, loaded)})
    else:
        context.markdown(page(loaded, context.lang, order))
    return None


def _show_solution(
    context: Context, loaded: LoadedExercise, answer: Path | None, *, teacher: bool
) -> int | None:
    """Print the right answers, or what has to be done before; return the exit code."""
    refuse_in_kit(context, NO_SOLUTIONS)
    if not teacher:
        from grader.cli.solved import refusal  # noqa: PLC0415 - it may have to judge

        refused = refusal(context, loaded, answer)
        if refused is not None:
            sentence, code = refused
            click.echo(sentence, err=True)
            return code
    from grader.course.solution_page import solution_data, solution_page  # noqa: PLC0415

    if context.json:
        context.echo_json(solution_data(loaded, context.lang))
    else:
        context.markdown(solution_page(loaded, context.lang))
    return None
