"""``grader next``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.cli.options import grader_command
from grader.course.languages import msgid

if TYPE_CHECKING:
    from grader.cli.context import Context


@grader_command(msgid("Name the exercise to go on with: the one begun last, else the next one."))
def command(context: Context) -> None:
    """Print the next exercise, and how to begin."""
    from grader.cli.standings import standings  # noqa: PLC0415 - see the table in main
    from grader.course.overview import worth  # noqa: PLC0415

    t = context.t
    known = standings(context)
    id_ = known.following(context)
    if context.json:
        context.echo_json({"exercise": id_})
        return
    if id_ is None:
        context.echo(t("Every exercise is solved."))
        return
    exercise = context.course.exercise(id_)
    best, option = known.of(id_).best, context.course.option
    title = f"{id_} · {exercise.title(context.lang)}"
    if best is None:
        points = worth(exercise.model.maximum, t)
    else:
        points = t("{{reached}} of {{maximum}} points", reached=best.reached, maximum=best.maximum)
    context.echo(t("{{title}} ({{points}})", title=title, points=points))
    context.echo()
    context.echo(t("What it asks: {{command}}", command=f"grader show {id_}{option}"))
    context.echo(t("A verdict at each save: {{command}}", command=f"grader watch {id_}{option}"))
