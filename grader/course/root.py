"""The folder of the course in use: a named one, else the built-in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.course.errors import CourseError
from grader.course.locate import INDEX, builtin_root
from grader.course.phrases import phrase

if TYPE_CHECKING:
    from pathlib import Path


def course_root(explicit: Path | None = None) -> Path:
    """Return the folder of the course to use.

    Raises:
        CourseError: an explicitly named folder holds no course.

    """
    if explicit is None:
        return builtin_root()
    if not (explicit / INDEX).is_file():
        what = phrase("there is no such file")
        advice = phrase("name the folder that holds exercises/, answers/ and i18n/")
        raise CourseError(explicit / INDEX, "", what, advice)
    return explicit.resolve()
