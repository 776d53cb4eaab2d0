"""The files of the workspace as pages need them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.reading.submission import find

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course.loading import LoadedExercise


def answer_of(folder: Path, exercise: LoadedExercise) -> Path | None:
    """Return the file that answers an exercise, of several the one that was saved last."""
    try:
        found = find(folder, exercise.model.id, exercise.model.kind)
    except UnreadableSubmissionError:
        return None
    return max(found, key=_saved, default=None)


def state_of(path: Path) -> str:
    """Return the hash of the bytes of a file, empty if it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _saved(path: Path) -> tuple[int, str]:
    try:
        return path.stat().st_mtime_ns, path.name
    except OSError:  # vanished meanwhile
        return 0, path.name
