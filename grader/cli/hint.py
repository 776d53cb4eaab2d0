"""``grader hint``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.cli.completing import exercises
from grader.cli.options import LocalisedUsageError, grader_command
from grader.course.languages import msgid

if TYPE_CHECKING:
    from grader.cli.context import Context


@grader_command(msgid("Show one hint for an exercise: the first, or the one asked for."))
@click.argument("exercise", shell_complete=exercises)
@click.argument("number", type=int, default=1)
def command(context: Context, exercise: str, number: int) -> None:
    """Print a hint, and how to get the next."""
    t = context.t
    loaded = context.course.exercise(exercise)
    prose = loaded.prose(context.lang)
    hints = prose.front.hints
    id_, total = loaded.model.id, len(hints)
    if not hints:
        raise LocalisedUsageError(t("There are no hints for {{exercise}}.", exercise=id_))
    if not 1 <= number <= total:
        raise LocalisedUsageError(t.plural("There is {{n}} hint.", "There are {{n}} hints.", total))
    hint = hints[number - 1]
    if context.json:
        context.echo_json({"exercise": id_, "number": number, "total": total, "text": hint})
        return
    if f"hints.{number - 1}" in prose.stale:
        context.echo(t("(The translation of this text is being revised: here is the English.)"))
        context.echo()
    label = t("Hint {{number}} of {{total}}:", number=number, total=total)
    context.markdown(f"{label} {hint}")
    if number < total:
        context.echo()
        command = f"grader hint {id_} {number + 1}{loaded.course.option}"
        context.echo(t("The next one: {{command}}", command=command))
