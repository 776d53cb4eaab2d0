"""Reports for an export: files that were named, and those of a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.cli.options import LocalisedUsageError
from grader.cli.stored_report import read_report
from grader.report.audience import for_audience
from grader.report.localise import localise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.cli.context import Context
    from grader.report.models import Report

_OF_A_BATCH = "reports"
_FOR_STUDENTS = ".student.json"


def reports_in(context: Context, places: list[Path]) -> tuple[list[Report], list[str]]:
    """Return the reports in files and folders as students may see them, and what is none.

    What is not shown to students must not leave by a system to which they look.

    Raises:
        LocalisedUsageError: a file that was named is no report, or a folder holds none.

    """
    reports: list[Report] = []
    unread: list[str] = []
    for place in places:
        if not place.is_dir():
            reports.append(_shown(context, read_report(place, context)))
            continue
        files = list(_files(place))
        if not files:
            message = context.t("There are no reports in {{folder}}.", folder=place)
            raise LocalisedUsageError(message)
        for file in files:
            try:
                reports.append(_shown(context, read_report(file, context)))
            except LocalisedUsageError as error:
                unread.append(error.message)
    return reports, unread


def _files(folder: Path) -> Iterator[Path]:
    """Yield a teacher's reports of a batch, or all of another folder."""
    inside = folder / _OF_A_BATCH
    found = (inside if inside.is_dir() else folder).rglob("*.json")
    yield from sorted(file for file in found if not file.name.endswith(_FOR_STUDENTS))


def _shown(context: Context, report: Report) -> Report:
    index = context.course.index
    own = index.id == report.exercise.course
    localised = localise(report, context.course, context.lang)
    return for_audience(localised, "student", index.seed if own else None)
