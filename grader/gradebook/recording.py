"""How another judgement of an attempt changes what is kept of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from grader.gradebook.judgement import (
    circumstances,
    difference,
    judged,
    keeps_its_grade,
    kept_circumstances,
)
from grader.gradebook.seen import now

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from grader.gradebook.models import Attempt, Change
    from grader.report.models import Report


def judge_again(session: Session, attempt: Attempt, report: Report) -> Change | None:
    """Keep a new judgement; return the change of grade that it means, None for none."""
    if keeps_its_grade(attempt, report):
        return None
    new, before = judged(report), kept_circumstances(attempt)
    unchanged = new["report_hash"] == attempt.report_hash
    if unchanged and before == circumstances(json.loads(new["report"])):
        return None
    change = difference(attempt, before, report, now())
    if change is not None:
        session.add(change)
    set_fields(attempt, new)
    return change


def set_fields(row: Attempt, values: dict[str, Any]) -> None:
    """Give columns of a row new values."""
    for field, value in values.items():
        setattr(row, field, value)
