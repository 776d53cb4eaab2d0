"""Common names of files and folders."""

from __future__ import annotations

import re

from grader.batch.times import stamp, without_stamp
from grader.course.language_words import pattern, words
from grader.judge.reading.submission import ANSWERS

# Suffixes of files that may contain an answer.
HANDED_IN = (*ANSWERS, ".zip", ".tar", ".tar.gz", ".tgz", ".py.txt", ".ipynb.txt")
# What systems and teachers gather under. A number or a letter may follow.
_SHORT = r"gr\.? ?(?=[0-9a-z])"
_GATHERING = re.compile(
    rf"(?:{pattern('file_names', 'gathering')}|{_SHORT})"
    r"(?:[ _.-]*(?:n°|№|#)?[ _.-]*(?:[0-9]{1,4}|[^\W\d_]))?(?:[ _.-]+[0-9]{1,3})?",
    re.IGNORECASE,
)
_VERSION = re.compile(
    rf"(?:(?:{pattern('file_names', 'attempt', 'version')})[ _.-]*)?[0-9]{{1,4}}", re.IGNORECASE
)
# What students and their tools call folders of a solution.
_INNER = frozenset(words("file_names", "inner"))
NUMBERED_EXERCISE = re.compile(
    rf"(?<![^\W_])(?:{pattern('file_names', 'exercise')})[ _.-]?"
    r"(?:(?:n[°ºo]|no\.?|№|#) ?)?(\d{1,4})(?!\d)",
    re.IGNORECASE,
)


def gathers(part: str) -> bool:
    """Return True if a folder's name is that of a section, a week or a sheet."""
    return _GATHERING.fullmatch(part.strip()) is not None


def is_version(part: str) -> bool:
    """Return True if a folder's name is that of a version, as systems write them."""
    text = part.strip()
    stamped = stamp(text) is not None and not without_stamp(text).strip(" _-.")
    return stamped or _VERSION.fullmatch(text) is not None


def is_inner(part: str) -> bool:
    """Return True if a folder's name is one that students use within their own folder."""
    return part.strip().casefold() in _INNER


def exercise_numbers(name: str) -> set[int]:
    """Return the numbers of the exercises in a name: 11 for ``Ex11 Softmax``."""
    return {int(found[1]) for found in NUMBERED_EXERCISE.finditer(name)}
