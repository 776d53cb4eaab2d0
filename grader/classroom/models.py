"""The structure of ``class.yaml``, as a teacher writes it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from grader.classroom.values import Count, Deadline, Extension, Length, Percent, Zone
from grader.course.models import ExerciseId, Strict

Counts = Literal["latest", "best", "first"]
Basis = Literal["maximum", "reached"]
Named = Annotated[str, StringConstraints(min_length=1, max_length=255, strip_whitespace=True)]
"""A student's id, or the name that only one of them has."""


class RulesSpec(Strict):
    """Rules of the whole class, or of one exercise; what is left out is left to the class's."""

    counts: Counts | None = Field(None, description="which attempt counts")
    deadline: Deadline | None = Field(None, description="until when it is handed in; or none")
    grace: Length | None = Field(None, description="what comes so little later is in time")
    penalty: Percent | None = Field(None, description="taken off for each day that has begun")
    of: Basis | None = Field(None, description="percent of what: maximum (the start) or reached")
    cap: Percent | None = Field(None, description="the most that is taken off")
    attempts: Count | None = Field(None, description="how many attempts count; or unlimited")
    pause: Length | None = Field(None, description="the least time between two attempts")
    extensions: dict[Named, Extension] | None = Field(
        None, description="by student: another deadline, or by how much it is put off"
    )
    teams: dict[Named, tuple[Named, ...]] | None = Field(
        None, description="students who have one grade, by the name of their team"
    )


class ClassSpec(RulesSpec):
    """The whole file."""

    timezone: Zone | None = Field(None, description="of all times without an offset")
    exercises: dict[ExerciseId, RulesSpec] = Field(
        default_factory=dict, description="what is different for an exercise"
    )
