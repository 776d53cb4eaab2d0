"""The state of the exercises of a course in a workspace."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from grader.course.unreadable import UnreadableSubmissionError
from grader.course.workspace import workspace_of
from grader.progress.merge import latest
from grader.progress.progress_file import read
from grader.progress.standing import Standing, following, standing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.cli.context import Context
    from grader.course.loading import LoadedExercise
    from grader.progress.models import Progress

UNKNOWN = Standing()


@dataclass(frozen=True)
class Standings:
    """The states of exercises with an attempt, by id; ``last`` was graded last, at ``time``."""

    known: Mapping[str, Standing] = field(default_factory=dict)
    last: str | None = None
    time: dt.datetime | None = None

    def of(self, exercise: str) -> Standing:
        """Return the state of an exercise."""
        return self.known.get(exercise, UNKNOWN)

    def following(self, context: Context) -> str | None:
        """Return the id of the exercise to go on with, None if all are solved."""
        order = [name.partition("_")[0] for name in context.course.names]
        solved = {one for one in order if self.of(one).solved}
        return following(order, solved, self.last)


def standings(context: Context, folder: Path | None = None) -> Standings:
    """Return the states of the exercises in the workspace of a folder, by default the current one.

    A problem of its file is printed.
    """
    place = workspace_of(folder) or folder or Path.cwd()
    progress, told = read(place)
    context.note(told)
    exercises = [one for one in context.course.exercises() if progress.attempts(one)]
    known = {one.model.id: _standing(place, one, progress) for one in exercises}
    last = {one.model.id: latest(progress.attempts(one)) for one in exercises}
    times = {id_: attempt.last for id_, attempt in last.items() if attempt is not None}
    newest = max(times, key=lambda id_: times[id_], default=None)
    return Standings(known, newest, None if newest is None else times[newest])


def _standing(place: Path, exercise: LoadedExercise, progress: Progress) -> Standing:
    attempts = progress.attempts(exercise)
    last = latest(attempts)
    present = _present(place, exercise, last.file if last else "")
    return standing(attempts, exercise.grading_hash, present)


def _present(place: Path, exercise: LoadedExercise, last: str) -> str | None:
    """Return the hash of the answer as it is now: the file graded last, else the only one."""
    from grader.cli.answer_hash import own_hash  # noqa: PLC0415 - where nothing was graded yet
    from grader.judge.reading.submission import find  # noqa: PLC0415 - a list needs neither

    try:
        found = find(place, exercise.model.id, exercise.model.kind, exercise.is_called)
    except UnreadableSubmissionError:
        found = []
    file = place / last if last else None
    if file is None or not file.is_file():
        file = found[0] if len(found) == 1 else None
    if file is not None and file.suffix.lower() == ".ipynb":
        return own_hash(exercise, file)
    try:
        return None if file is None else hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return None
