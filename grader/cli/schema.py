"""``grader schema``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.cli.options import grader_command
from grader.course.languages import msgid

if TYPE_CHECKING:
    from grader.cli.context import Context

FORMATS = ("report", "exercise", "prose", "solution", "key", "course", "class")


@grader_command(msgid("Print the JSON Schema of a format, for editors and other programs."))
@click.argument("format_", metavar="FORMAT", type=click.Choice(FORMATS), default="report")
def command(context: Context, format_: str) -> None:
    """Print a JSON Schema."""
    from grader.course import models  # noqa: PLC0415 - see the table in main
    from grader.report.schema import report_schema  # noqa: PLC0415

    match format_:
        case "report":
            # The schema of serialisation; all others are of validation.
            schema = report_schema()
        case "exercise":
            schema = models.EXERCISE.json_schema()
        case "prose":
            schema = models.ProseFrontMatter.model_json_schema()
        case "solution":
            schema = models.SolutionProse.model_json_schema()
        case "key":
            schema = models.KeyFile.model_json_schema()
        case "class":
            from grader.classroom.models import ClassSpec  # noqa: PLC0415

            schema = ClassSpec.model_json_schema()
        case _:
            schema = models.CourseIndex.model_json_schema()
    context.echo_json({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})
