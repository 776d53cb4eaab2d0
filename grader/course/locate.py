"""Location of the course."""

from __future__ import annotations

from pathlib import Path

from grader.course.errors import CourseError
from grader.course.phrases import phrase

INDEX = Path("exercises", "course.yaml")


def builtin_root() -> Path:
    """Return the folder of the built-in course: in the wheel, or the checkout itself."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "_course"
    return shipped if shipped.is_dir() else package.parent


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
