"""Location of the built-in course, and the file that marks a course."""

from __future__ import annotations

from pathlib import Path

EXERCISES = "exercises"
INDEX = Path(EXERCISES, "course.yaml")


def builtin_root() -> Path:
    """Return the folder of the built-in course: in the wheel, or the checkout itself."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "_course"
    return shipped if shipped.is_dir() else package.parent
