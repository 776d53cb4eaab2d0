"""``grader init``."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.completing import exercises as offered
from grader.cli.counts import order_option
from grader.cli.options import PLACE, LocalisedUsageError, grader_command, writing
from grader.course.errors import UnknownExerciseError
from grader.course.languages import msgid

if TYPE_CHECKING:
    from grader.cli.context import Context
    from grader.course.workspace import WorkspaceFile

_LIKE_AN_EXERCISE = re.compile(r"(ex)?\d{1,3}(_\w+)?", re.IGNORECASE)


@grader_command(
    msgid("Write the files to start from into FOLDER, for all exercises or those named.")
)
@click.argument("folder", type=PLACE)
@click.argument("exercises", nargs=-1, shell_complete=offered)
@click.option(
    "--all", "every", is_flag=True, help=msgid("all exercises, whatever FOLDER is called")
)
@click.option(
    "--notebook",
    is_flag=True,
    help=msgid(
        "write one notebook with the tasks and a cell for each answer; EXERCISES may be sections, "
        "and without any each section gets its own"
    ),
)
@order_option
def command(
    context: Context,
    folder: Path,
    exercises: tuple[str, ...],
    *,
    every: bool,
    notebook: bool,
    order: int | None,
) -> None:
    """Prepare a workspace, and print which files are new."""
    from grader.course.workspace import create_notebooks, create_workspace  # noqa: PLC0415 - see the table in main

    course = context.course
    if not every:
        folder, exercises = _meant(context, folder, exercises)
    if notebook:
        with writing(folder, context.t):
            placed = create_notebooks(folder, course, exercises, context.lang, order)
        following = f"jupyter lab {shlex.quote(placed[0].path.name)}"
    else:
        wanted = [course.exercise(name) for name in exercises] or course.exercises()
        with writing(folder, context.t):
            placed = create_workspace(folder, wanted, context.lang, order)
        following = f"grader show {wanted[0].model.id}{_course(context)}"
    if context.json:
        context.echo_json([{"path": str(file.path), "written": file.written} for file in placed])
    else:
        _tell(context, placed)
        _next(context, folder, following)


def _meant(
    context: Context, folder: Path, exercises: tuple[str, ...]
) -> tuple[Path, tuple[str, ...]]:
    """Return folder and exercises; ask if a single word may be either.

    Raises:
        LocalisedUsageError: the question cannot be asked; the message gives both commands.
        UnknownExerciseError: the word can only be an exercise, and there is none.

    """
    name = str(folder)
    if exercises or folder.exists() or len(folder.parts) != 1:
        return folder, exercises
    try:
        id_ = context.course.exercise(name).model.id
    except UnknownExerciseError:
        if _LIKE_AN_EXERCISE.fullmatch(name):
            raise  # a mistyped number: no folder has such a name
        return folder, exercises
    t = context.t
    both = {
        f"grader init . {id_}": t("the file of {{exercise}}, in this folder", exercise=id_),
        f"grader init {shlex.quote(name)} --all": t(
            "the files of all exercises, in a new folder {{folder}}", folder=name
        ),
    }
    lines = [t("{{name}} is an exercise. Which do you mean?", name=name)]
    lines += [
        f"  {number}  {command_}  ({what})"
        for number, (command_, what) in enumerate(both.items(), start=1)
    ]
    if context.json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise LocalisedUsageError("\n".join(lines))
    context.echo("\n".join(lines))
    choice = ""
    while choice not in {"1", "2"}:
        choice = click.prompt("", prompt_suffix="1, 2> ", default="", show_default=False).strip()
    return (Path(), (id_,)) if choice == "1" else (folder, ())


def _tell(context: Context, placed: list[WorkspaceFile]) -> None:
    t = context.t
    for file in placed:
        state = t("written") if file.written else t("kept: it was there already")
        context.echo(f"{file.path}  {state}")


def _course(context: Context) -> str:
    """Return the option for the course: its path differs from inside the folder."""
    named = context.course_folder
    return "" if named is None else f" --course {shlex.quote(str(named.resolve()))}"


def _next(context: Context, folder: Path, command_: str) -> None:
    """Print what to type next."""
    there = folder.resolve() == Path.cwd()
    enter = [] if there else [f"cd {shlex.quote(str(folder))}"]
    context.echo()
    context.echo(context.t("Next:"))
    for line in (*enter, command_):
        context.echo(f"  {line}")
