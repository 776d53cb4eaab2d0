"""Shell completion of arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.cli.context import Context

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem


def exercises(
    ctx: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the exercises with this prefix, each with its title; else files."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - asked by shells only

    context = ctx.find_object(Context) or Context()
    course = context.course
    found = [
        CompletionItem(loaded.model.id, help=loaded.title(context.lang))
        for loaded in course.exercises()
        if loaded.model.id.startswith(incomplete.casefold())
    ]
    return found or [CompletionItem(incomplete, type="file")]
