"""What the commands of the gradebook share: opening it, and errors as sentences."""

from __future__ import annotations

from contextlib import contextmanager
from decimal import Decimal
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from grader.cli.errors import FAULT, USAGE
from grader.cli.options import UsageProblem
from grader.course.errors import UnknownExercise
from grader.course.languages import msgid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from grader.cli.context import Context
    from grader.gradebook.store import Store
    from grader.gradebook.view import Line

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


def with_store(
    *, create: bool = False
) -> Callable[[Callable[..., int | None]], Callable[..., int | None]]:
    """Add --gradebook to a command, which gets the open store as its second argument."""

    def decorate(function: Callable[..., int | None]) -> Callable[..., int | None]:
        @gradebook_option
        @wraps(function)
        def run(context: Context, gradebook: str, **arguments: Any) -> int | None:
            with opened(context, gradebook, create=create) as store:
                return function(context, store, **arguments)

        return run

    return decorate


@contextmanager
def opened(context: Context, gradebook: str, *, create: bool) -> Iterator[Store]:
    """Open a gradebook; whatever is wrong with it, or with what is asked of it, is a sentence."""
    try:
        from grader.gradebook.store import Store  # noqa: PLC0415 - an extra; help needs none
    except ModuleNotFoundError:
        from grader.gradebook.words import packages_missing  # noqa: PLC0415

        raise UsageProblem(packages_missing("gradebook", context.t)) from None
    from grader.gradebook.errors import (  # noqa: PLC0415
        GradebookBusy,
        GradebookError,
        GradebookGone,
        UnknownStudent,
        WrongMark,
    )
    from grader.gradebook.words import error_sentence  # noqa: PLC0415

    try:
        with Store.open(gradebook, create=create) as store:
            yield store
    except GradebookError as error:
        click.echo(error_sentence(error, context.t), err=True)
        gone = isinstance(error, (GradebookBusy, GradebookGone))
        raise click.exceptions.Exit(FAULT if gone else USAGE) from error
    except (UnknownStudent, WrongMark) as error:
        raise UsageProblem(error_sentence(error, context.t)) from None


def worth(context: Context, store: Store, exercise: str) -> tuple[str, Decimal | None]:
    """Return the id of an exercise and its points: of the course, else as the gradebook knows."""
    try:
        model = context.course.exercise(exercise).model
    except UnknownExercise:
        if not store.attempts(exercise):
            raise
        return exercise, None
    return model.id, Decimal(model.maximum)


def show_lines(context: Context, lines: Iterable[Line]) -> None:
    """Print lines, with their styles where there are colours."""
    for line in lines:
        if context.fancy:
            context.console.print(
                line.text, style=line.style, soft_wrap=True, markup=False, emoji=False
            )
        else:
            context.echo(line.text)
