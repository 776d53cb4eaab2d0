"""From raw changes in a folder to the answers that are to be read again.

Editors save in many ways: in place, truncated and then written, under another name that is renamed
over the file, with the old file moved away first. What kind of change the system reports is
therefore not used: each answer that is mentioned is read again, and its content decides.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from grader.judge.reading.submission import suffixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grader.course.loading import LoadedExercise

_ID = re.compile(r"ex\d+", re.IGNORECASE)

Signature = tuple[int, int, int]
"""Of a file: inode, size, time of the last change in nanoseconds."""


class AnswerNames:
    """Which exercise a file of the folder answers, by its name.

    ``extra``: exercises of files that are not called like one, by name.
    """

    def __init__(
        self,
        exercises: Iterable[LoadedExercise],
        extra: Mapping[str, LoadedExercise] | None = None,
    ) -> None:
        self._by_id = {exercise.model.id: exercise for exercise in exercises}
        self._extra = dict(extra or {})

    def exercise_of(self, name: str) -> LoadedExercise | None:
        """Return the exercise that a file of this name answers, if any."""
        if name in self._extra:
            return self._extra[name]
        id_ = _ID.match(name)
        exercise = self._by_id.get(id_[0].lower()) if id_ else None
        if exercise is None or PurePath(name).suffix.lower() not in suffixes(exercise.model.kind):
            return None
        return exercise

    def answers(self, folder: Path, paths: Iterable[str]) -> set[str]:
        """Return the names of the answers in the folder among changed paths."""
        inside = (Path(path) for path in paths)
        return {path.name for path in inside if path.parent == folder and self._is(path.name)}

    def signatures(self, folder: Path) -> dict[str, Signature]:
        """Return the signature of each answer in the folder; none if it cannot be listed."""
        try:
            names = [path.name for path in folder.iterdir() if self._is(path.name)]
        except OSError:
            return {}
        found = {name: signature(folder / name) for name in names}
        return {name: known for name, known in found.items() if known is not None}

    def _is(self, name: str) -> bool:
        return self.exercise_of(name) is not None


def signature(path: Path) -> Signature | None:
    """Return the signature of a file, None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def differing(before: Mapping[str, Signature], now: Mapping[str, Signature]) -> set[str]:
    """Return the names of the files that were changed, added or removed."""
    return {name for name in {*before, *now} if before.get(name) != now.get(name)}
