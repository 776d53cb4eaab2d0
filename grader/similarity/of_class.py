"""The answers of a class to the exercises in code, read as `grader batch` reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.batch.intake import read_source
from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.reading.submission import read_bytes
from grader.similarity.pairs import Found, compare

if TYPE_CHECKING:
    from pathlib import Path

    from grader.batch.models import MatchedFile
    from grader.course.loading import Course, LoadedExercise


@dataclass(frozen=True)
class ClassFound:
    """What came of one exercise: pairs, answers too short, and files that cannot be read.

    ``sources``: the compared texts, by student; ``names``: the students' names.
    """

    exercise: str
    found: Found
    sources: Mapping[str, str]
    names: Mapping[str, str]
    unread: tuple[str, ...] = ()


def compare_class(
    source: Path, course: Course, exercises: list[str], roster: Path | None
) -> list[ClassFound]:
    """Return the pairs of a class: for each exercise in code that somebody answered.

    Each student's last attempt is compared with those of the others.

    Raises:
        BatchError: the source or the roster cannot be read.
        UnknownExerciseError: the course does not have one of the exercises.

    """
    handed: dict[str, dict[str, MatchedFile]] = {}
    for one in read_source(source, course, exercises, roster).handed:
        known = handed.setdefault(one.exercise, {}).get(one.student)
        if known is None or one.attempt >= known.attempt:
            handed[one.exercise][one.student] = one
    every = (course.exercise(name) for name in course.names)
    return [
        _compared(exercise, handed[exercise.model.id])
        for exercise in every
        if exercise.model.kind == "code" and exercise.model.id in handed
    ]


def _compared(exercise: LoadedExercise, files: Mapping[str, MatchedFile]) -> ClassFound:
    sources: dict[str, str] = {}
    unread = []
    for student, file in files.items():
        try:
            name = f"{exercise.name}{file.suffix or '.py'}"
            sources[student] = read_bytes(file.read(), name, "code").source
        except (UnreadableSubmissionError, OSError):
            unread.append(student)
    found = compare(sources, _forced(exercise))
    names = {student: file.name for student, file in files.items()}
    return ClassFound(exercise.model.id, found, sources, names, tuple(unread))


def _forced(exercise: LoadedExercise) -> list[str]:
    """Return the sources that are the exercise's own: what they have, anybody may have."""
    model = exercise.code
    wrong = [name for known in model.misconceptions for name in exercise.variants(known.id)]
    return [
        exercise.reference_source,
        exercise.stub_source,
        *exercise.given_sources.values(),
        *exercise.style_sources.values(),
        *exercise.library_answers.values(),
        *(exercise.misconception_source(name) for name in wrong),
    ]
