"""Marks for a free text by its key points; pure functions without a database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from grader.gradebook.policy import is_valid_override

if TYPE_CHECKING:
    from grader.report.models import CheckResult, Report

NONE = "0"
AMOUNT = "="
_BETWEEN = re.compile(r"[,;\s]+")


@dataclass(frozen=True)
class Given:
    """The points that a teacher gives for one text, with the reason in a word."""

    points: Decimal
    why: str


def waiting_texts(report: Report) -> list[CheckResult]:
    """Return the questions of a report whose texts a teacher marks, in order."""
    return [check for check in report.checks if check.key_points]


def given(answer: str, check: CheckResult) -> Given | None:
    """Return the points that a teacher's answer gives for a text, None if it is not understood.

    It names key points, by number or id (``1 3``); ``0`` means none of them, ``=1.5`` an amount.
    """
    if answer.startswith(AMOUNT):
        points = amount_of(answer.removeprefix(AMOUNT))
        if points is None or not is_valid_override(points, check.maximum):
            return None
        return Given(points, f"{check.id}: {points}")
    if answer == NONE:
        return Given(Decimal(0), f"{check.id}: {NONE}")
    names = [name for name in _BETWEEN.split(answer) if name]
    points_of = {point.id: point.points for point in check.key_points}
    by_number = {str(number): id_ for number, id_ in enumerate(points_of, 1)}
    named = {by_number.get(name, name) for name in names}
    if not named or not named <= points_of.keys():
        return None
    kept = [id_ for id_ in points_of if id_ in named]
    return Given(
        sum((points_of[id_] for id_ in kept), Decimal(0)), f"{check.id}: {', '.join(kept)}"
    )


def amount_of(text: str) -> Decimal | None:
    """Return a number of points, with a decimal point or comma, None for anything else."""
    try:
        return Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
