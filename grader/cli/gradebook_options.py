"""Shared parts of the gradebook's commands: opening it, and error sentences."""

from __future__ import annotations

import getpass
from contextlib import contextmanager
from decimal import Decimal
from difflib import get_close_matches
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

import click

from grader.cli.context import Context
from grader.cli.errors import FAULT, USAGE
from grader.cli.options import LocalisedCommand, LocalisedUsageError
from grader.course.errors import UnknownExerciseError
from grader.course.languages import msgid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from grader.cli.options import Function
    from grader.gradebook.store import Store
    from grader.gradebook.view import Line

P = ParamSpec("P")

DEFAULT = "gradebook.sqlite"

gradebook_option = click.option(
    "--gradebook",
    envvar="GRADER_GRADEBOOK",
    default=DEFAULT,
    metavar="FILE|URL",
    help=msgid(
        "the gradebook: a SQLite file or postgresql://…; else $GRADER_GRADEBOOK, else "
        "gradebook.sqlite in the current folder"
    ),
)


by_option = click.option(
    "--by", metavar="NAME", help=msgid("who decides; the name of the user if not given")
)
reason_option = click.option(
    "--reason", required=True, metavar="TEXT", help=msgid("why; it is kept")
)


class Group(LocalisedCommand, click.Group):
    """The gradebook's commands, with help and errors in the reader's language."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write options, then commands."""
        super().format_options(ctx, formatter)
        t = ctx.ensure_object(Context).t
        rows = [(name, t(str(command.help))) for name, command in self.commands.items()]
        with formatter.section(t("Commands")):
            formatter.write_dl(rows)

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of this file."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the requested command, or report that there is none."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            t = ctx.ensure_object(Context).t
            message = t("There is no command {{name}}.", name=f"{_path(ctx)} {args[0]}")
            if close := get_close_matches(args[0], self.commands):
                message += " " + t("Did you mean {{names}}?", names=", ".join(close))
            raise LocalisedUsageError(message, ctx)
        return super().resolve_command(ctx, args)


def _path(ctx: click.Context) -> str:
    """Return the command as typed, without the program's name."""
    return ctx.command_path.partition(" ")[2]


def user() -> str:
    """Return the user's name, as far as the system knows it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such entry, no such variable
        return "?"


def with_store(
    *, create: bool = False
) -> Callable[[Callable[Concatenate[Context, Store, P], int | None]], Function]:
    """Add --gradebook to a command, which gets the open store as its second argument."""

    def decorate(function: Callable[Concatenate[Context, Store, P], int | None]) -> Function:
        @gradebook_option
        @wraps(function)
        def run(context: Context, gradebook: str, *args: P.args, **given: P.kwargs) -> int | None:
            with open_store(context, gradebook, create=create) as store:
                return function(context, store, *args, **given)

        return run

    return decorate


@contextmanager
def open_store(context: Context, gradebook: str, *, create: bool) -> Iterator[Store]:
    """Open a gradebook; errors of it, and of requests to it, become sentences."""
    try:
        from grader.gradebook.store import Store  # noqa: PLC0415 - an extra; help needs none
    except ModuleNotFoundError:
        from grader.gradebook.texts import packages_missing  # noqa: PLC0415

        raise LocalisedUsageError(packages_missing("gradebook", context.t)) from None
    from grader.gradebook.errors import (  # noqa: PLC0415
        GradebookBusyError,
        GradebookError,
        GradebookUnavailableError,
        NoReasonError,
        NothingThereError,
        UnknownStudentError,
        WrongMarkError,
    )
    from grader.gradebook.texts import error_sentence  # noqa: PLC0415

    try:
        with Store.open(gradebook, create=create) as store:
            yield store
    except GradebookError as error:
        click.echo(error_sentence(error, context.t), err=True)
        gone = isinstance(error, (GradebookBusyError, GradebookUnavailableError))
        raise click.exceptions.Exit(FAULT if gone else USAGE) from error
    except (UnknownStudentError, WrongMarkError, NoReasonError, NothingThereError) as error:
        raise LocalisedUsageError(error_sentence(error, context.t)) from None


def points_text(context: Context, store: Store, exercise: str) -> tuple[str, Decimal | None]:
    """Return the id and the maximum of an exercise: from the course, else from the gradebook."""
    try:
        model = context.course.exercise(exercise).model
    except UnknownExerciseError:
        if all(grade.exercise != exercise for grade in store.grades()):
            raise
        return exercise, None
    return model.id, Decimal(model.maximum)


def print_lines(context: Context, lines: Iterable[Line]) -> None:
    """Print lines, with their styles if there are colours."""
    for line in lines:
        if context.fancy:
            context.console.print(
                line.text, style=line.style, soft_wrap=True, markup=False, emoji=False
            )
        else:
            context.echo(line.text)
