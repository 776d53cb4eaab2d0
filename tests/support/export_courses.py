"""Courses to export, and their exports, made once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from grader.course.languages import LANGUAGES
from grader.course.loading import Course
from grader.course.root import course_root
from grader.export.content import contents
from grader.export.format import ExerciseFormat, ExerciseTask
from grader.export.registry import format_of

if TYPE_CHECKING:
    from grader.export.content import QuestionContent
    from grader.export.format import Exported

COURSES = Path(__file__).parents[1] / "courses"
NAMES = ("course", "tiny", "typed")


@cache
def course_of(name: str) -> Course:
    """Return the built-in course, or a small one."""
    return Course(course_root(None) if name == "course" else COURSES / name)


@cache
def exported(system: str, name: str, lang: str, **options: Any) -> Exported:
    """Return the export of a whole course."""
    course = course_of(name)
    made = format_of(system)
    assert isinstance(made, ExerciseFormat)
    return made.export(ExerciseTask(course, course.exercises(), lang, **options))


@cache
def moodle_questions(name: str, lang: str, **options: Any) -> dict[str, ET.Element]:
    """Return the elements of a course's export by idnumber."""
    (data,) = exported("moodle", name, lang, **options).files.values()
    root = ET.fromstring(data)  # noqa: S314 - just made
    return {one.findtext("idnumber") or "": one for one in root.findall("question")}


@cache
def questions_of(name: str, lang: str) -> list[QuestionContent]:
    """Return all questions of a course."""
    asked = [one for one in course_of(name).exercises() if one.model.kind != "code"]
    return [content for one in contents(asked, lang) for content in one.questions]


def every(
    *kinds: str, names: tuple[str, ...] = NAMES, everyday: tuple[str, ...] = LANGUAGES
) -> pytest.MarkDecorator:
    """Parametrise by all questions of some kinds, in all languages, slow but for ``everyday``."""
    return pytest.mark.parametrize(
        "content",
        [
            pytest.param(
                content,
                id=f"{name}-{lang}-{content.place.replace(' ', '-')}",
                marks=[] if lang in everyday else [pytest.mark.slow],
            )
            for name in names
            for lang in LANGUAGES
            for content in questions_of(name, lang)
            if content.question.kind in kinds
        ],
    )
