"""Who has solved an exercise of the course finds its solution explained, in every language."""

import pytest

from grader.course.loading import Course
from grader.course.locate import builtin_root
from grader.course.solutions import is_explained

COURSE = Course(builtin_root())
LEAST_STYLES = 2
WIDEST = 76  # what fits on 80 columns, with a margin


@pytest.mark.parametrize("exercise", COURSE.exercises(), ids=lambda one: one.model.id)
def test_every_exercise_has_its_solution_explained(exercise):
    assert is_explained(exercise)
    if exercise.model.kind == "code":
        assert len(exercise.style_sources) >= LEAST_STYLES


@pytest.mark.parametrize("exercise", COURSE.exercises(), ids=lambda one: one.model.id)
def test_solutions_fit_on_a_terminal(exercise):
    reference = [exercise.reference_source] if exercise.model.kind == "code" else []
    lines = "\n".join([*reference, *exercise.style_sources.values()]).split("\n")
    assert [line for line in lines if len(line) > WIDEST] == []
