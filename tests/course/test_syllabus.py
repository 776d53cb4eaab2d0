"""The page of the course is made from the exercises, and is current."""

from pathlib import Path

import pytest

from grader.course.loading import Course
from grader.course.locate import builtin_root
from grader.course.syllabus import syllabus

PAGE = Path(__file__).resolve().parents[2] / "docs" / "course.md"


def test_the_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == syllabus(Course(builtin_root())), (
        "run: python -m grader.course.syllabus > docs/course.md"
    )


def test_a_course_that_says_neither_minutes_nor_prerequisites_has_a_page(tiny):
    page = syllabus(tiny)
    assert page.startswith(f"# {tiny.prose('en').title}\n\n3 exercises, 15 points.\n")
    assert "\n### ex01 · Twice as much\n" in page


@pytest.mark.parametrize("exercise", Course(builtin_root()).exercises(), ids=lambda one: one.name)
def test_every_exercise_says_how_long_it_takes(exercise):
    assert exercise.model.minutes
