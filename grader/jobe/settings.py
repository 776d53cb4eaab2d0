"""What one run of the server serves, and how much at a time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.course.devices import One
    from grader.course.loading import Course, LoadedExercise
    from grader.jobe.key import ApiKey
    from grader.wire.levels import Level

PATIENCE = 20.0  # seconds in the queue; with those of judging not above a web server's minute
BODY_SECONDS = 20.0  # for a request to arrive


def everyone(_student: str | None, _exercise: str) -> AbstractContextManager[None]:
    """Let everybody have an attempt."""
    return nullcontext()


Admission = Callable[["str | None", str], AbstractContextManager[None]]
"""Holds an attempt of a student at an exercise while it is judged.

It raises ``RefusedError`` where there may be none now; leaving it by an exception takes the attempt
back.
"""


@dataclass(frozen=True)
class JobeSettings:
    """A course, the key to it, and its limits.

    ``only``: the exercises that are served, empty for all of the course; they are warmed up first.
    ``jobs``: answers judged at a time; ``places``: those that wait; ``warm``: judges kept.
    ``practice``: inputs are those of `grade`, always the same, and a sample answer counts.
    """

    course: Course
    key: ApiKey
    level: Level
    device: One
    jobs: int
    places: int
    warm: int
    practice: bool = False
    only: tuple[LoadedExercise, ...] = ()
    admission: Admission = field(default=everyone)
