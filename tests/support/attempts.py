"""Attempts at exercises, as progress keeps them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from grader.progress.models import Attempt, Progress

if TYPE_CHECKING:
    from collections.abc import Mapping

BEGIN = dt.datetime(2026, 11, 30, tzinfo=dt.UTC)


def attempt(
    reached: int = 0, minute: int = 0, *, first: int | None = None, waiting: int = 0
) -> Attempt:
    """Return an attempt at an exercise of 20 points, graded so many minutes after ``BEGIN``."""
    return Attempt(
        file="ex11_softmax.py",
        grading_hash="0" * 64,
        reached=Decimal(reached),
        waiting=Decimal(waiting),
        reachable=Decimal(20),
        maximum=Decimal(20),
        passed=reached == 20,
        solved=reached + waiting == 20,
        first=BEGIN + dt.timedelta(minutes=minute if first is None else first),
        last=BEGIN + dt.timedelta(minutes=minute),
    )


def progress(attempts: Mapping[str, Attempt], exercise: str = "ex11") -> Progress:
    """Return what was reached in one exercise."""
    return Progress(courses={"foundations": {exercise: attempts}})


def key(number: int) -> str:
    """Return the hash of a submission."""
    return f"{number:064x}"
