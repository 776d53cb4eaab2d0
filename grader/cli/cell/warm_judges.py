"""Judges that stay warm: those of the exercises that were graded last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.judge.run import Judge

if TYPE_CHECKING:
    from grader.course.loading import LoadedExercise
    from grader.judge.run import Options

# A judge with torch holds some 300 MB.
MOST = 2


class WarmJudges:
    """The judges of the exercises that were graded last, each on its device."""

    def __init__(self) -> None:
        self._judges: dict[tuple[str, ...], Judge] = {}

    def judge_for(self, exercise: LoadedExercise, options: Options) -> Judge:
        """Return a judge with these options: a warm one, unless files of its exercise changed.

        ``options.ahead`` and the isolation levels must always be the same.
        """
        key = _key(exercise, options)
        judge = self._judges.pop(key, None)
        if judge is None:
            self._end_all_but(MOST - 1)
            judge = Judge(exercise, options)
        judge.options = options
        self._judges[key] = judge
        return judge

    def drop(self, exercise: LoadedExercise, options: Options) -> None:
        """End the judge of an exercise, of which something may be broken."""
        judge = self._judges.pop(_key(exercise, options), None)
        if judge is not None:
            judge.close()

    def close(self) -> None:
        """End all judges."""
        self._end_all_but(0)

    def _end_all_but(self, count: int) -> None:
        while len(self._judges) > count:
            oldest = next(iter(self._judges))
            self._judges.pop(oldest).close()


def _key(exercise: LoadedExercise, options: Options) -> tuple[str, ...]:
    return str(exercise.folder), exercise.grading_hash, options.device
