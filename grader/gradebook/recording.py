"""The effect of a new judgement on the stored attempt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.gradebook.handin_order import now
from grader.gradebook.regrade_diff import (
    attempt_columns,
    environment_of,
    grade_change,
    keep_old_grade,
    kept_environment,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from grader.gradebook.models import Attempt, GradeChange
    from grader.report.models import Report


def replace_judgement(session: Session, attempt: Attempt, report: Report) -> GradeChange | None:
    """Store a new judgement; return the resulting change of grade, None without one."""
    if keep_old_grade(attempt, report):
        return None
    new, before = attempt_columns(report), kept_environment(attempt)
    unchanged = new["report_hash"] == attempt.report_hash
    if unchanged and before == environment_of(report.model_dump(mode="json")):
        return None
    change = grade_change(attempt, before, report, now())
    if change is not None:
        session.add(change)
    set_fields(attempt, new)
    return change


def set_fields(row: Attempt, values: Mapping[str, object]) -> None:
    """Give columns of a row new values."""
    for field, value in values.items():
        setattr(row, field, value)
