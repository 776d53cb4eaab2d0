"""``grader gradebook remove``, ``merge``, ``restore``, ``removed`` and ``batches``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.cli.gradebook_options import (
    Group,
    by_option,
    points_text,
    print_lines,
    reason_option,
    user,
    with_store,
)
from grader.cli.options import common_options, grader_command
from grader.course.languages import msgid

if TYPE_CHECKING:
    from grader.cli.context import Context
    from grader.gradebook.store import Store
    from grader.gradebook.undo import Decision, Removed


@click.group(
    cls=Group,
    help=msgid(
        "Take out a student, an attempt, an exercise or a batch: it no longer counts, and is kept."
    ),
    invoke_without_command=True,
)
@common_options
@click.pass_context
def remove(ctx: click.Context) -> None:
    """Show help where nothing was named."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@grader_command(msgid("Take out a student with all attempts and marks."))
@click.argument("student")
@with_store()
@reason_option
@by_option
def student(context: Context, store: Store, student: str, reason: str, by: str | None) -> None:
    """Remove a student, and print what was removed."""
    from grader.gradebook.undo import Undo  # noqa: PLC0415 - help needs none of it

    found = store.student(student).id
    _tell(context, Undo(store).remove_student(found, _decision(reason, by)))


@grader_command(msgid("Take out one attempt: its number stands in the history of the student."))
@click.argument("student")
@click.argument("exercise")
@click.argument("number", type=int)
@with_store()
@reason_option
@by_option
def attempt(
    context: Context,
    store: Store,
    student: str,
    exercise: str,
    number: int,
    reason: str,
    by: str | None,
) -> None:
    """Remove an attempt, and print what was removed."""
    from grader.gradebook.undo import Undo  # noqa: PLC0415

    found, name = store.student(student).id, points_text(context, store, exercise)[0]
    done = Undo(store).remove_attempt(found, name, number, _decision(reason, by))
    _tell(context, done)


@grader_command(msgid("Take out all attempts and marks of an exercise."))
@click.argument("exercise")
@with_store()
@reason_option
@by_option
def exercise(context: Context, store: Store, exercise: str, reason: str, by: str | None) -> None:
    """Remove an exercise, and print what was removed."""
    from grader.gradebook.undo import Undo  # noqa: PLC0415

    name = points_text(context, store, exercise)[0]
    _tell(context, Undo(store).remove_exercise(name, _decision(reason, by)))


@grader_command(
    msgid("Take out what a batch was the first to bring: `gradebook batches` tells its number.")
)
@click.argument("number", type=int)
@with_store()
@reason_option
@by_option
def batch(context: Context, store: Store, number: int, reason: str, by: str | None) -> None:
    """Remove a batch, and print what was removed."""
    from grader.gradebook.undo import Undo  # noqa: PLC0415

    _tell(context, Undo(store).remove_batch(number, _decision(reason, by)))


for _command in (student, attempt, exercise, batch):
    remove.add_command(_command)


@grader_command(
    msgid("Let all that one student has count for another one: they are the same person.")
)
@click.argument("student")
@click.argument("into")
@with_store()
@reason_option
@by_option
def merge(
    context: Context, store: Store, student: str, into: str, reason: str, by: str | None
) -> None:
    """Merge two ids, and print the student."""
    from grader.gradebook.undo import Undo  # noqa: PLC0415

    one, other = store.student(student).id, store.student(into).id
    _tell(context, Undo(store).merge(one, other, _decision(reason, by)))


@grader_command(msgid("Bring back what was removed, or part whom was merged, by its number."))
@click.argument("number", type=int)
@with_store()
@by_option
def restore(context: Context, store: Store, number: int, by: str | None) -> None:
    """Undo a removal, and print what was restored."""
    from grader.gradebook.undo import Undo  # noqa: PLC0415

    _tell(context, Undo(store).restore(number, by or user()))


@grader_command(msgid("List what was removed and merged, by whom and why."))
@with_store()
def removed(context: Context, store: Store) -> None:
    """Print all of it, oldest first."""
    from grader.gradebook.undo import Undo  # noqa: PLC0415
    from grader.gradebook.view import removal_data  # noqa: PLC0415
    from grader.gradebook.view_undo import removal_line  # noqa: PLC0415

    found = Undo(store).all()
    if context.json:
        context.echo_json([removal_data(one) for one in found])
    elif found:
        print_lines(context, (removal_line(one, context.t) for one in found))
    else:
        context.echo(context.t("Nothing was ever removed or merged."))


@grader_command(msgid("List the batches, and what each was the first to bring."))
@with_store()
def batches(context: Context, store: Store) -> None:
    """Print one line for each, oldest first."""
    from grader.gradebook.view_undo import batch_data, batch_line  # noqa: PLC0415

    found = store.batches()
    if context.json:
        context.echo_json([batch_data(one) for one in found])
    elif found:
        print_lines(context, (batch_line(one, context.t) for one in found))
    else:
        context.echo(context.t("The gradebook {{where}} is empty.", where=store.where))


def _decision(reason: str, by: str | None) -> Decision:
    from grader.gradebook.undo import Decision  # noqa: PLC0415

    return Decision(reason, by or user())


def _tell(context: Context, done: Removed) -> None:
    from grader.gradebook.view import removal_data  # noqa: PLC0415
    from grader.gradebook.view_undo import done_line  # noqa: PLC0415

    if context.json:
        counts = {"attempts": done.attempts, "marks": done.marks}
        context.echo_json({**removal_data(done.removal), **counts})
    else:
        print_lines(context, [done_line(done, context.t)])
