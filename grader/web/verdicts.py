"""Verdicts on the files of a folder: one for each state of a file, and news of them.

Theory of operation. Everything happens in the server's loop. One file is read and judged at a time,
by the judges that `grader watch` uses; all that wait for the same file get the same verdict. An
answer that is still being judged after a while when a newer one is saved is given up for that.
"""

from __future__ import annotations

import asyncio
import contextlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.judge.checking.bare_reports import unreadable_report
from grader.judge.reading.written_lines import lines_as_written
from grader.pages.source import Line
from grader.progress import record
from grader.watch.answers import is_untouched, settled
from grader.watch.folder import follow
from grader.watch.saves import AnswerNames
from grader.watch.session import IMPATIENT, Saved
from grader.watch.warm import WarmJudges
from grader.web.files import answer_of, state_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from grader.course.loading import Course, LoadedExercise
    from grader.course.phrases import Phrase
    from grader.report.models import Report
    from grader.watch.answers import Answer
    from grader.watch.session import Event

JUDGING, DONE = "judging", "done"
"""The news of an exercise."""


@dataclass(frozen=True)
class Verdict:
    """A report on one state of a file, the lines of that file, and a sentence about progress."""

    report: Report
    name: str
    lines: tuple[Line, ...]
    state: str
    noted: Phrase | None = None


class Verdicts:
    """Judges the files of a folder, one after the other; to be closed after use."""

    def __init__(self, course: Course, folder: Path) -> None:
        self._folder = folder
        self._names = AnswerNames(course.exercises())
        self._judges = WarmJudges()
        self._turn = asyncio.Lock()
        self._work: asyncio.Task[Report] | None = None
        self._judged, self._since = "", 0.0  # the exercise that is judged, and since when
        self._known: dict[str, Verdict] = {}
        self._listeners: dict[str, set[asyncio.Queue[str]]] = {}
        self._tasks: set[asyncio.Task[Verdict | None]] = set()

    def last(self, exercise: LoadedExercise) -> Verdict | None:
        """Return the verdict on the file as it is now, None if it has not been judged so."""
        known, path = self._known.get(exercise.model.id), answer_of(self._folder, exercise)
        return known if known and path and known.state == state_of(path) else None

    def latest(self, exercise: LoadedExercise) -> Verdict | None:
        """Return the verdict that was given last; it may be on an earlier state of the file."""
        return self._known.get(exercise.model.id)

    async def verdict(self, exercise: LoadedExercise, *, asked: bool = True) -> Verdict | None:
        """Return the verdict on the file as it is now; it is judged unless that was done before.

        None: there is no file, or it is still the one to start from and nobody has ``asked``.
        """
        async with self._turn:
            known = self.last(exercise)
            if known is not None:
                return known
            try:
                return await self._new(exercise, asked=asked)
            finally:
                self._tell(exercise, DONE)

    @contextmanager
    def listening(self, exercise: LoadedExercise) -> Iterator[asyncio.Queue[str]]:
        """Put news of an exercise into a queue, and judge its file whenever it is saved."""
        listeners = self._listeners.setdefault(exercise.model.id, set())
        queue: asyncio.Queue[str] = asyncio.Queue()
        listeners.add(queue)
        try:
            yield queue
        finally:
            listeners.discard(queue)

    def judge_soon(self, exercise: LoadedExercise) -> None:
        """Judge a file without waiting for the verdict."""
        task = asyncio.get_running_loop().create_task(self.verdict(exercise, asked=False))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def watch(self) -> None:
        """Judge files that somebody listens to whenever they are saved, until cancelled."""
        events: asyncio.Queue[Event] = asyncio.Queue()
        before = await asyncio.to_thread(self._names.signatures, self._folder)
        following = asyncio.create_task(follow(self._folder, self._names, before, events))
        try:
            while isinstance(event := await events.get(), Saved):
                self._saved(event.names)
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)

    async def close(self) -> None:
        """End all judges, and what they do."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._judges.close()

    def _saved(self, names: Collection[str]) -> None:
        for name in sorted(names):
            exercise = self._names.exercise_of(name)
            if exercise is None or not self._listeners.get(exercise.model.id):
                continue
            late = asyncio.get_running_loop().time() - self._since > IMPATIENT
            if self._work is not None and self._judged == exercise.model.id and late:
                self._work.cancel()
            self.judge_soon(exercise)

    def _tell(self, exercise: LoadedExercise, news: str) -> None:
        for queue in self._listeners.get(exercise.model.id, ()):
            queue.put_nowait(news)

    async def _new(self, exercise: LoadedExercise, *, asked: bool) -> Verdict | None:
        """Read and judge a file, again where that was given up for a newer state."""
        while True:
            path = answer_of(self._folder, exercise)
            answer = None if path is None else await settled(path, exercise)
            if path is None or answer is None:
                break
            source = "" if answer.submission is None else answer.submission.source
            if not asked and await asyncio.to_thread(is_untouched, source, exercise):
                break
            self._tell(exercise, JUDGING)
            report = await self._report(exercise, path, answer)
            if report is not None:
                return await self._given(exercise, path, answer, report)
        self._known.pop(exercise.model.id, None)
        return None

    async def _given(
        self, exercise: LoadedExercise, path: Path, answer: Answer, report: Report
    ) -> Verdict:
        """Keep a verdict, and record it in the progress of the folder."""
        lines: tuple[Line, ...] = ()
        if answer.submission is not None:
            written = lines_as_written(answer.submission)
            lines = tuple(Line(at.cell, at.line, text) for at, text in written)
        state = await asyncio.to_thread(state_of, path) if answer.hash is None else answer.hash
        noted = await asyncio.to_thread(record, self._folder, report, path)
        verdict = Verdict(report, path.name, lines, state, noted)
        self._known[exercise.model.id] = verdict
        return verdict

    async def _report(self, exercise: LoadedExercise, path: Path, answer: Answer) -> Report | None:
        """Return the report on an answer, None if judging it was given up for a newer one."""
        if answer.submission is None:
            assert answer.error is not None  # noqa: S101 - one of both is there
            return unreadable_report(exercise, answer.error)
        judging = self._judges.judge(exercise, path.name, answer.submission.raw)
        self._work = asyncio.create_task(judging)
        self._judged, self._since = exercise.model.id, asyncio.get_running_loop().time()
        try:
            await asyncio.wait([self._work])
        except asyncio.CancelledError:
            self._work.cancel()
            raise
        finally:
            work, self._work = self._work, None
            with contextlib.suppress(asyncio.CancelledError):
                await work
        return None if work.cancelled() else work.result()
