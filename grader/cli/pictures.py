"""Pictures as files, for the commands that have some."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.cli.options import writing
from grader.course.languages import interpolate
from grader.course.plain_text import markdown_to_text
from grader.course.translations import CAPTION
from grader.pictures.files import Titled, write
from grader.pictures.making import of_task
from grader.pictures.render_scene import available

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.cli.context import Context
    from grader.course.loading import LoadedExercise
    from grader.pictures.kind import Drawing
    from grader.report.models import CheckResult, Report


def show_task(context: Context, folder: Path, exercise: LoadedExercise) -> None:
    """Write the pictures of a task."""
    pictures = [
        Titled(f"{exercise.model.id}_{id_}", caption, drawing)
        for id_, caption, drawing in _captioned(context, exercise)
    ]
    none = context.t("{{exercise}} has no picture of its task.", exercise=exercise.model.id)
    _write(context, folder, pictures, none)


def task_data(context: Context, exercise: LoadedExercise) -> list[dict[str, object]]:
    """Return the pictures of a task for programs: as a report holds those of its checks."""
    return [
        {
            "id": id_,
            "caption": caption,
            "alternative": drawing.alternative(context.t),
            "drawing": drawing.model_dump(mode="json"),
        }
        for id_, caption, drawing in _captioned(context, exercise)
    ]


def _captioned(context: Context, exercise: LoadedExercise) -> Iterator[tuple[str, str, Drawing]]:
    words = exercise.prose(context.lang).front.pictures
    for id_, picture in of_task(exercise, context.lang).items():
        caption = interpolate(words.get(id_, {}).get(CAPTION, ""), picture.args, context.lang)
        yield id_, caption, picture.drawing


def show_answer(context: Context, folder: Path, report: Report) -> None:
    """Write the pictures of a localised report."""
    pictures = list(_of_report(report))
    _write(context, folder, pictures, context.t("There is no picture of this answer."))


def _of_report(report: Report) -> Iterator[Titled]:
    """Yield each picture; if several checks have one, those that failed, else the last."""
    checks: dict[str, list[CheckResult]] = {}
    for check in report.checks:
        if check.picture is not None:
            checks.setdefault(check.picture.id, []).append(check)
    for id_, drawn in checks.items():
        kept = [check for check in drawn if check.status != "passed"] or drawn[-1:]
        for check in kept:
            name = "_".join([report.exercise.id, id_, *[check.id][: len(kept) > 1]])
            if check.picture is not None:
                yield Titled(name, check.picture.caption.text, check.picture.drawing)


def _write(context: Context, folder: Path, pictures: list[Titled], none: str) -> None:
    """Write files and print their paths. Without matplotlib show the pictures as text.

    With --json standard output contains only JSON: then the paths go to standard error.
    """
    lines = list(_told(context, folder, pictures)) if pictures else [none]
    for text in lines:
        if context.json:
            click.echo(text, err=True)
        else:
            context.echo(text)


def _told(context: Context, folder: Path, pictures: list[Titled]) -> Iterator[str]:
    t = context.t
    if available():
        for titled in pictures:
            with writing(folder, t):
                files = write(folder, titled, t)
            yield t("Picture: {{files}}", files=", ".join(map(str, files)))
        return
    for titled in pictures:
        yield markdown_to_text(titled.caption, context.width)
        yield from titled.drawing.lines(t, context.width)
    yield t(
        "Files of pictures need matplotlib, which is not installed: {{command}}",
        command="pip install 'nn-grader[pictures]'",
    )
