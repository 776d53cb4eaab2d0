"""The languages of the program, the one list of the tests, and those of the small course."""

from pathlib import Path

from grader.course.languages import LANGUAGES, SOURCE
from grader.course.loading import Course

__all__ = ["LANGUAGES", "TINY", "TRANSLATED"]

TRANSLATED = tuple(lang for lang in LANGUAGES if lang != SOURCE)
TINY = Course(Path(__file__).resolve().parents[1] / "courses" / "tiny").index.languages
"""The languages of tests/courses/tiny."""
