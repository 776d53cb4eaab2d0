"""What the commands that judge a whole class share: options, progress, and what stops them."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from grader.cli.context import Context
from grader.cli.errors import FAULT, INTERRUPTED, USAGE
from grader.cli.options import UsageProblem
from grader.course.languages import msgid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grader.batch.progress import Progress

CLASS_LEVEL = "no-open"  # below it, code of a class could read and change the teacher's files


# Click's own IntRange adds English words to the help.
def at_least(least: int) -> Callable[[click.Context, click.Parameter, int | None], int | None]:
    """Return a callback that refuses smaller numbers."""

    def refuse(ctx: click.Context, parameter: click.Parameter, value: int | None) -> int | None:
        if value is not None and value < least:
            t = ctx.ensure_object(Context).t
            name = parameter.opts[0]
            raise UsageProblem(
                t("{{name}} is a whole number from {{least}}.", name=name, least=least), ctx
            )
        return value

    return refuse


def _cores(ctx: click.Context, parameter: click.Parameter, value: int | None) -> int:
    return at_least(1)(ctx, parameter, value) or len(os.sched_getaffinity(0))


jobs_option = click.option(
    "--jobs",
    type=int,
    callback=_cores,
    metavar="N",
    help=msgid("how many to judge at a time; as many as there are cores if not given"),
)


def progress_of(context: Context, total: int) -> Progress:
    """Return a progress that shows itself on standard error."""
    from grader.batch.progress import Progress  # noqa: PLC0415 - help needs none of it

    def say(line: str) -> None:
        click.echo(line, err=True)

    return Progress(context.t, total, say, fancy=context.fancy and sys.stderr.isatty())


@contextmanager
def stopped_with_a_sentence(context: Context) -> Iterator[None]:
    """Say what has stopped a batch, and how to go on; leave with the exit code that says so."""
    from grader.batch.problems import BatchProblem  # noqa: PLC0415

    try:
        yield
    except BatchProblem as error:
        click.echo(error.sentence(context.t), err=True)
        code = FAULT if error.id == "no_worker" else USAGE
        raise click.exceptions.Exit(code) from error
    except KeyboardInterrupt as error:
        message = context.t("Stopped. Nothing is lost: the same command goes on where this ended.")
        click.echo(message, err=True)
        raise click.exceptions.Exit(INTERRUPTED) from error
