"""Pictures as files, for the commands that have some to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.cli.options import writing
from grader.course.languages import fill
from grader.course.translations import CAPTION
from grader.pictures.files import Titled, write
from grader.pictures.making import of_task
from grader.pictures.plot import available

if TYPE_CHECKING:
    from pathlib import Path

    from grader.cli.context import Context
    from grader.course.loading import LoadedExercise
    from grader.report.models import Report


def of_exercise(exercise: LoadedExercise, lang: str) -> list[Titled]:
    """Return the pictures of a task."""
    words = exercise.prose(lang).front.pictures
    return [
        Titled(
            f"{exercise.model.id}_{id_}",
            fill(words.get(id_, {}).get(CAPTION, ""), picture.args, lang),
            picture.drawing,
        )
        for id_, picture in of_task(exercise, lang).items()
    ]


def of_report(report: Report) -> list[Titled]:
    """Return the pictures of a localised report."""
    return [
        Titled(f"{report.exercise.id}_{one.id}", one.caption.text, one.drawing)
        for one in (check.picture for check in report.checks)
        if one is not None
    ]


def write_pictures(context: Context, folder: Path, pictures: list[Titled]) -> None:
    """Write pictures into a folder and say where they are, or why there are none.

    Programs read JSON alone on standard output: for them that is said on standard error.
    """

    def say(text: str) -> None:
        if context.json:
            click.echo(text, err=True)
        else:
            context.echo(text)

    t = context.t
    if not pictures:
        say(t("There is no picture here: the exercise has none, or none can be made of this answer."))
    elif not available():
        say(
            t(
                "A picture is written by matplotlib, which is not installed. Install it with: "
                "{{command}}",
                command="pip install 'nn-grader[pictures]'",
            )
        )
    else:
        for titled in pictures:
            with writing(folder, t):
                files = write(folder, titled, t)
            names = ", ".join(map(str, files))
            say(t("Picture: {{files}}", files=names))
