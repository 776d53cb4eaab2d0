"""Reports that commands read from files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from grader.cli.options import LocalisedUsageError
from grader.course.system_errors import reason
from grader.report.clean import clean_argument
from grader.report.consistency import contradiction
from grader.report.models import SCHEMA_VERSION, Report

if TYPE_CHECKING:
    from pathlib import Path

    from grader.cli.context import Context
    from grader.course.languages import Translator


def read_report(file: Path, context: Context) -> Report:
    """Return the report in a file.

    Raises:
        LocalisedUsageError: it cannot be read, or is no report.

    """
    try:
        report = Report.model_validate_json(file.read_bytes())
    except OSError as error:
        why = reason(error).localised(context.t)
        message = context.t("{{file}} cannot be read: {{reason}}", file=file, reason=why)
        raise LocalisedUsageError(message) from None
    except ValidationError as error:
        raise refused(file, _why(error, context.t), context) from None
    found = contradiction(report)
    if found is not None:
        raise refused(file, found.sentence(context.t), context)
    return report


def refused(file: Path, why: str, context: Context) -> LocalisedUsageError:
    """Return the error of a file that is no report, with the reason."""
    return LocalisedUsageError(
        context.t("{{file}} is no report that can be read here: {{why}}.", file=file, why=why)
    )


def _why(error: ValidationError, t: Translator) -> str:
    """Return the error of the first wrong field."""
    first = error.errors(include_url=False)[0]
    name = ".".join(map(str, first["loc"]))
    if first["type"] == "json_invalid":
        return t("it is no JSON")
    if name == "schema_version" and isinstance(first["input"], str):
        version = str(clean_argument(first["input"][:20]))
        return t(
            "it has the version {{version}} of the format, and {{ours}} is read here",
            version=version,
            ours=SCHEMA_VERSION,
        )
    if first["type"] == "missing":
        return t("the field {{field}} is missing", field=name)
    return t("the field {{field}} holds what it must not", field=clean_argument(name) or "JSON")
