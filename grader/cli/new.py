"""``grader new``."""

from __future__ import annotations

import secrets
import shlex
from typing import TYPE_CHECKING

import click

from grader.cli.options import LocalisedUsageError, grader_command, writing
from grader.course.languages import msgid
from grader.course.locate import INDEX

if TYPE_CHECKING:
    from pathlib import Path

    from grader.cli.context import Context
    from grader.course.loading import Course
    from grader.course.scaffold import Kind, NewExercise

KINDS = ("code", "quiz", "lines")
_FIRST_SECTION = "basics"


@grader_command(
    msgid(
        "Write the files of a new exercise into the course that --course names, or begin one in "
        "an empty folder. NAME is ex01_mean, or mean for the next free number."
    )
)
@click.argument("name")
@click.argument("kind", type=click.Choice(KINDS), default="code")
@click.option("--section", metavar="ID", help=msgid("section of the course; the last if not given"))
def command(context: Context, name: str, kind: Kind, section: str | None) -> None:
    """Write the files of a new exercise, and print which."""
    t = context.t
    named = context.named_course
    if named is None:
        raise LocalisedUsageError(t("Name the folder of your course: grader new NAME --course DIR"))
    with writing(named, t):
        files = _files(context, named, name, kind, section)
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    paths = [path.relative_to(named).as_posix() for path in files]
    if context.json:
        context.echo_json([{"path": file} for file in paths])
        return
    for file in paths:
        context.echo(file)
    context.echo()
    context.echo(t("Next, what is left to write:"))
    context.echo(f"  grader validate --course {shlex.quote(str(named))}")


def _files(
    context: Context, root: Path, name: str, kind: Kind, section: str | None
) -> dict[Path, str]:
    """Return the files to write; none of them is there yet, but for the list of the course."""
    from grader.course.scaffold import course_files, exercise_files, listed  # noqa: PLC0415

    index = root / INDEX
    if index.is_file():
        course = context.course
        last = course.index.sections[-1].id if course.index.sections else ""
        new = _new(context, name, kind, section or last, course.names)
        if new.section not in [known.id for known in course.index.sections]:
            raise LocalisedUsageError(_no_section(context, course, new.section))
        files = {index: listed(index.read_text(encoding="utf-8"), new)}
    else:
        new = _new(context, name, kind, section or _FIRST_SECTION, ())
        files = course_files(root, new.section, secrets.randbelow(2**31), context.t)
        files[index] = listed(files[index], new)
    added = exercise_files(root, new, context.t)
    for path in added:
        if path.exists():
            raise LocalisedUsageError(context.t("{{file}} is there already.", file=path))
    return files | added


def _no_section(context: Context, course: Course, section: str) -> str:
    known = ", ".join(known.id for known in course.index.sections)
    if not known:
        return context.t("The course has no sections: add one to {{file}}.", file=INDEX)
    return context.t(
        "The course has no section {{section}}, but {{known}}.", section=section, known=known
    )


def _new(
    context: Context, name: str, kind: Kind, section: str, taken: tuple[str, ...]
) -> NewExercise:
    from grader.course.scaffold import NewExercise, next_id, parse_name  # noqa: PLC0415

    parsed = parse_name(name)
    if parsed is None:
        raise LocalisedUsageError(
            context.t(
                "{{name}} is no name of an exercise: write small letters, digits and _, such as "
                "ex01_mean or mean.",
                name=name,
            )
        )
    ids = {known.partition("_")[0]: known for known in taken}
    id_ = parsed[0] or next_id(ids)
    if id_ in ids:
        raise LocalisedUsageError(
            context.t("{{exercise}} is taken by {{name}}.", exercise=id_, name=ids[id_])
        )
    return NewExercise(id_, parsed[1], kind, section)
