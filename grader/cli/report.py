"""``grader report``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from pydantic import ValidationError

from grader.cli.options import UsageProblem, grader_command
from grader.course.languages import msgid
from grader.report.audience import for_audience
from grader.report.localise import localise
from grader.report.models import Report

if TYPE_CHECKING:
    from grader.cli.context import Context
    from grader.report.models import Audience


@grader_command(msgid("Show a report again, in another language or for another reader."))
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--audience",
    type=click.Choice(["student", "teacher"]),
    metavar="WHO",
    help=msgid("student (leaves out hidden checks) or teacher; the report's own if not given"),
)
def command(context: Context, file: Path, audience: Audience | None) -> None:
    """Read a report, translate it, show it."""
    report = _read(file, context)
    index = context.course.index
    told = localise(report, context.course, context.lang)
    public_seed = index.seed if index.id == report.exercise.course else None
    shown = for_audience(told, audience or report.audience, public_seed)
    if context.json:
        context.echo_json(shown.model_dump(mode="json"))
        return
    from grader.report.terminal import render  # noqa: PLC0415 - a program needs no view

    render(shown, context.console, plain=not context.fancy)


def _read(file: Path, context: Context) -> Report:
    """Read the file, or say what is wrong with it."""
    try:
        return Report.model_validate_json(file.read_bytes())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = context.t("{{file}} cannot be read: {{reason}}", file=file, reason=reason)
        raise UsageProblem(message) from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(map(str, first["loc"])) or "JSON"
        message = context.t(
            "{{file}} is no report that can be read here: {{field}}: {{reason}}",
            file=file,
            field=field,
            reason=first["msg"],
        )
        raise UsageProblem(message) from None
