"""The hash by which an answer is known again: of a notebook, that of its own cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.reading.submission import read

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course.loading import LoadedExercise


def own_hash(exercise: LoadedExercise, path: Path) -> str | None:
    """Return the hash of what answers an exercise in a file, None if it cannot be read."""
    try:
        return read(path, exercise.model.kind, called=exercise.is_called).own_hash
    except UnreadableSubmissionError:
        return None
