"""Shared parts of the commands that judge a class: options, progress, and error handling."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from grader.cli.context import Context
from grader.cli.errors import FAULT, INTERRUPTED, USAGE
from grader.cli.options import LocalisedUsageError
from grader.course.languages import msgid
from grader.gradebook.unreachable_points import START, UNREACHABLE, Unreachable, chosen_of
from grader.wire.levels import NO_OPEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.batch.plan import BatchFolder
    from grader.batch.progress import Progress
    from grader.cli.options import Function
    from grader.gradebook.store import Store

CLASS_LEVEL = NO_OPEN  # below it, code of a class could read and change the teacher's files


def _zero(
    ctx: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> frozenset[str]:
    """Parse the statuses that count as zeros, separated by commas or given one by one."""
    from grader.batch.outputs.rules import ZEROED  # noqa: PLC0415 - help needs none of it

    names = [name.strip() for value in values for name in value.split(",") if name.strip()]
    unknown = [name for name in names if name not in ZEROED]
    if unknown:
        t = ctx.ensure_object(Context).t
        sentence = t(
            "--zero takes {{names}}, and not {{unknown}}.",
            names=", ".join(ZEROED),
            unknown=", ".join(unknown),
        )
        raise LocalisedUsageError(sentence, ctx)
    return frozenset(names)


_DECISIONS = (
    click.option(
        "--show-calls",
        is_flag=True,
        help=msgid("let students see inputs and right values, which their reports else leave out"),
    ),
    click.option(
        "--zero",
        multiple=True,
        callback=_zero,
        metavar="WHAT",
        help=msgid(
            "what is a zero and not left open: missing, unreadable, draft, reopened, extension"
        ),
    ),
    click.option(
        "--allow-lower", is_flag=True, help=msgid("write grades that are lower than those there")
    ),
    click.option(
        "--scale",
        is_flag=True,
        help=msgid("convert points to the assignment's maximum"),
    ),
    click.option(
        "--unreachable",
        type=click.Choice(UNREACHABLE),
        metavar="HOW",
        help=msgid(
            "how points are entered where others need another device: scaled, raw, held-back"
        ),
    ),
    click.option(
        "--page", is_flag=True, help=msgid("also write class.html, a page about the class")
    ),
    click.option(
        "--comments",
        is_flag=True,
        help=msgid(
            "keep the template's feedback comments, which replace those in the system; with "
            "--feedback, write new ones"
        ),
    ),
)


def decisions(command: Function) -> Function:
    """Add the options by which a teacher decides how grades enter a learning system."""
    for option in reversed(_DECISIONS):
        command = option(command)
    return command


def unreachable_choice(
    wanted: Unreachable | None, folder: BatchFolder, store: Store | None
) -> Unreachable:
    """Return how points are entered if others were out of reach.

    That is the requested choice, which is then stored in the gradebook as well; else the
    gradebook's, else that of the last batch into this folder.
    """
    if store is not None and wanted is not None:
        store.set_unreachable(wanted)
    known = None if store is None else store.unreachable
    return wanted or known or chosen_of(folder.settings.get("unreachable")) or START


def progress_of(context: Context, total: int) -> Progress:
    """Return a progress display on standard error."""
    from grader.batch.progress import Progress  # noqa: PLC0415 - help needs none of it

    def say(line: str) -> None:
        click.echo(line, err=True)

    return Progress(context.t, total, say, fancy=context.fancy and sys.stderr.isatty())


@contextmanager
def exit_on_error(context: Context) -> Iterator[None]:
    """Report what has stopped a batch, and how to resume; exit with the matching code."""
    from grader.batch.errors import BatchError  # noqa: PLC0415
    from grader.judge.failures import SystemFaultError  # noqa: PLC0415
    from grader.report.messages import sentence  # noqa: PLC0415

    try:
        yield
    except BatchError as error:
        click.echo(error.sentence(context.t), err=True)
        code = FAULT if error.is_fault else USAGE
        raise click.exceptions.Exit(code) from error
    except SystemFaultError as error:
        finding = error.finding
        click.echo(sentence(finding.id, finding.args, context.lang) or str(error), err=True)
        raise click.exceptions.Exit(FAULT) from error
    except KeyboardInterrupt as error:
        message = context.t("Stopped. Nothing is lost: the same command goes on where this ended.")
        click.echo(message, err=True)
        raise click.exceptions.Exit(INTERRUPTED) from error
