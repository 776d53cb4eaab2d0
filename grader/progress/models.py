"""The progress file: a small JSON file in the workspace, by exercise and submission hash."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AwareDatetime, Field, PlainSerializer

from grader.course.models import Strict

if TYPE_CHECKING:
    from grader.course.loading import LoadedExercise

VERSION: Literal[1] = 1
MOST_ATTEMPTS = 32
"""Attempts that are kept of an exercise, so that the file stays small."""

Points = Annotated[
    Decimal,
    Field(ge=0, allow_inf_nan=False, max_digits=12, decimal_places=2),
    PlainSerializer(float, return_type=float, when_used="json"),
]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Attempt(Strict):
    """What one state of an answer reached."""

    file: str = Field(description="where it was, below the workspace")
    grading_hash: Hash = Field(description="of all that can change its points in the course")
    reached: Points
    waiting: Points = Field(description="points that wait for a teacher")
    reachable: Points = Field(description="points that could be reached on its device")
    maximum: Points = Field(description="points of the exercise")
    passed: bool = Field(description="every reachable point was reached")
    solved: bool = Field(description="nothing is left to do but for a teacher")
    first: AwareDatetime = Field(description="when this state was graded first")
    last: AwareDatetime = Field(description="when this state was graded last")


Attempts = Mapping[Hash, Attempt]
"""The attempts at one exercise, by submission hash."""


class Progress(Strict):
    """What was reached in a workspace, by course, exercise and submission hash."""

    version: Literal[1] = VERSION
    courses: Mapping[str, Mapping[str, Attempts]] = Field(default_factory=dict)

    def attempts(self, exercise: LoadedExercise) -> Attempts:
        """Return the attempts at an exercise."""
        course = self.courses.get(exercise.course.index.id, {})
        return course.get(exercise.model.id, {})
