"""Options that are whole numbers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from grader.cli.context import Context
from grader.cli.options import LocalisedUsageError
from grader.course.languages import msgid

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.cli.options import Function


# Click's own IntRange adds English words to the help.
def at_least(least: int) -> Callable[[click.Context, click.Parameter, int | None], int | None]:
    """Return a callback that refuses smaller numbers."""

    def refuse(ctx: click.Context, parameter: click.Parameter, value: int | None) -> int | None:
        if value is not None and value < least:
            t = ctx.ensure_object(Context).t
            name = parameter.opts[0]
            raise LocalisedUsageError(
                t("{{name}} is a whole number from {{least}}.", name=name, least=least), ctx
            )
        return value

    return refuse


def _cores(ctx: click.Context, parameter: click.Parameter, value: int | None) -> int:
    return at_least(1)(ctx, parameter, value) or _usable_cores()


def _usable_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # macOS and Windows do not report the cores available to a process


jobs_option = click.option(
    "--jobs",
    type=int,
    callback=_cores,
    metavar="N",
    help=msgid("how many to judge at a time; as many as there are cores if not given"),
)


def order_option(command: Function) -> Function:
    """Add --seed to a command that shows questions: it sets the order of their choices."""
    return click.option(
        "--seed",
        "order",
        type=int,
        callback=at_least(0),
        metavar="N",
        help=msgid("show choices in another order; without it, in the order of this folder"),
    )(command)
