"""``grader init``."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.options import UsageProblem, grader_command
from grader.course.languages import msgid

if TYPE_CHECKING:
    from grader.cli.context import Context
    from grader.course.workspace import Placed


@grader_command(
    msgid("Write the files to start from into FOLDER, for all exercises or those named.")
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("exercises", nargs=-1)
def command(context: Context, folder: Path, exercises: tuple[str, ...]) -> None:
    """Prepare a workspace, and say which files are new."""
    from grader.course.workspace import prepare  # noqa: PLC0415 - see the table in main

    course = context.course
    wanted = [course.exercise(name) for name in exercises] or course.exercises()
    try:
        placed = prepare(folder, wanted, context.lang)
    except FileExistsError:
        message = context.t("{{path}} is a file; name a folder.", path=folder)
        raise UsageProblem(message) from None
    except OSError as error:
        problem = context.t("{{path}} cannot be written:", path=error.filename or folder)
        raise UsageProblem(f"{problem} {error.strerror}") from error
    if context.json:
        context.echo_json([{"path": str(file.path), "written": file.written} for file in placed])
    else:
        _tell(context, placed)
        _next(context, folder, wanted[0].model.id)


def _tell(context: Context, placed: list[Placed]) -> None:
    t = context.t
    for file in placed:
        state = t("written") if file.written else t("kept: it was there already")
        context.echo(f"{file.path}  {state}")


def _next(context: Context, folder: Path, exercise: str) -> None:
    """Say what to type now; a course named by a path has another one from inside the folder."""
    named = context.course_folder
    course = "" if named is None else f" --course {shlex.quote(str(named.resolve()))}"
    there = folder.resolve() == Path.cwd()
    enter = [] if there else [f"cd {shlex.quote(str(folder))}"]
    context.echo()
    context.echo(context.t("Next:"))
    for command_ in (*enter, f"grader show {exercise}{course}"):
        context.echo(f"  {command_}")
