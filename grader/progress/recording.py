"""Recording of a report in the progress of its workspace."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from grader.course.workspace import workspace_of

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course.phrases import Phrase
    from grader.progress.models import Progress
    from grader.report.models import Report

JUDGED = frozenset({"graded", "incomplete", "needs_review"})
"""The statuses of reports that say what an answer is worth."""


def record(
    folder: Path, report: Report, file: Path | None = None, *, anywhere: bool = False
) -> Phrase | None:
    """Record what an answer has reached, in the workspace that contains a folder.

    Outside a workspace nothing is recorded, unless ``anywhere``: then in the folder itself. Neither
    is a report that does not say what the whole answer is worth. ``file`` is where the answer is,
    None if it is in no file. Returns what the reader has to be told, such as that the disk is
    read-only, None if all is well; no grade fails for it.
    """
    workspace = workspace_of(folder) or (folder.absolute() if anywhere else None)
    if workspace is None or report.partial or report.status not in JUDGED:
        return None
    if report.submission_hash is None or report.grading_hash is None:
        return None
    from grader.progress.progress_file import add  # noqa: PLC0415 - workspaces only

    return add(workspace, _progress(report, place_in(workspace, file)))


def place_in(workspace: Path, file: Path | None) -> str:
    """Return where a file is, as the progress of a workspace names it; empty for no file."""
    if file is None:
        return ""
    path = file.absolute()
    here = path.parent.resolve() / path.name
    return here.relative_to(workspace).as_posix() if here.is_relative_to(workspace) else str(here)


def _progress(report: Report, file: str) -> Progress:
    from grader.progress.models import Attempt, Progress  # noqa: PLC0415 - workspaces only
    from grader.report.next_step import is_solved  # noqa: PLC0415

    now = dt.datetime.now(dt.UTC)
    attempt = Attempt(
        file=file,
        grading_hash=str(report.grading_hash),
        reached=report.reached,
        waiting=report.waiting,
        reachable=report.reachable,
        maximum=report.maximum,
        passed=report.passed,
        solved=is_solved(report),
        first=now,
        last=now,
    )
    exercise = report.exercise
    attempts = {str(report.submission_hash): attempt}
    return Progress(courses={exercise.course: {exercise.id: attempts}})
