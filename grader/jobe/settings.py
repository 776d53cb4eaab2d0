"""What one run of the server serves, and how much at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.course.devices import One
    from grader.course.loading import Course, LoadedExercise
    from grader.jobe.key import ApiKey
    from grader.jobe.protocol import Run
    from grader.wire.levels import Level

PATIENCE = 20.0  # seconds in the queue; with those of judging not above a web server's minute
BODY_SECONDS = 20.0  # for a request to arrive


async def everyone(_run: Run) -> None:
    """Let everybody have an attempt."""


Admission = Callable[["Run"], Awaitable[None]]
"""Whether an attempt may be made now: raises ``RefusedError(401, …)`` where not.

CodeRunner then says "Sandbox submission limit reached" and takes the attempt for none.
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
