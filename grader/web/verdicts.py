"""Verdicts on the files of a folder: one judge, a verdict for each state of a file, and news."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from watchfiles import awatch

from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.checking.bare_reports import fault_report, unreadable_report
from grader.judge.processes.devices import chosen
from grader.judge.reading.submission import read
from grader.judge.reading.written_lines import lines_as_written
from grader.judge.run import Judge, Options
from grader.pages.source import Line
from grader.progress import record
from grader.web.files import answer_of, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.course.loading import LoadedExercise
    from grader.course.phrases import Phrase
    from grader.report.models import Report

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
    """Judges the files of a folder, one after the other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._worker = ThreadPoolExecutor(1, "judge")
        self._turn = asyncio.Lock()
        self._judge: Judge | None = None
        self._known: dict[str, Verdict] = {}
        self._listeners: dict[str, set[asyncio.Queue[str]]] = {}
        self._exercises: dict[str, LoadedExercise] = {}
        self._tasks: set[asyncio.Task[Verdict | None]] = set()

    def last(self, exercise: LoadedExercise) -> Verdict | None:
        """Return the verdict on the file as it is now, None if it has not been judged so."""
        known, path = self._known.get(exercise.model.id), answer_of(self._folder, exercise)
        return known if known and path and known.state == state_of(path) else None

    def latest(self, exercise: LoadedExercise) -> Verdict | None:
        """Return the verdict that was given last; it may be on an earlier state of the file."""
        return self._known.get(exercise.model.id)

    async def verdict(self, exercise: LoadedExercise) -> Verdict | None:
        """Return the verdict on the file as it is now; it is judged unless that was done before.

        None: there is no file.
        """
        path = answer_of(self._folder, exercise)
        if path is None:
            return None
        async with self._turn:
            known = self.last(exercise)
            if known is not None:
                return known
            self._tell(exercise, JUDGING)
            loop = asyncio.get_running_loop()
            verdict = await loop.run_in_executor(self._worker, self._judged, exercise, path)
            self._known[exercise.model.id] = verdict
            self._tell(exercise, DONE)
            return verdict

    @contextmanager
    def listening(self, exercise: LoadedExercise) -> Iterator[asyncio.Queue[str]]:
        """Have news of an exercise put into a queue, and its file judged whenever it is saved."""
        id_ = exercise.model.id
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._exercises[id_] = exercise
        self._listeners.setdefault(id_, set()).add(queue)
        try:
            yield queue
        finally:
            self._listeners[id_].discard(queue)

    def judge_soon(self, exercise: LoadedExercise) -> None:
        """Have a file judged, without waiting for the verdict."""
        task = asyncio.get_running_loop().create_task(self.verdict(exercise))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def watch(self, stop: asyncio.Event) -> None:
        """Have files judged that somebody listens to when they are saved, until ``stop``."""
        async for _ in awatch(self._folder, stop_event=stop, recursive=False, step=50):
            for id_, listeners in self._listeners.items():
                exercise = self._exercises[id_]
                path = answer_of(self._folder, exercise)
                if listeners and path is not None and self.last(exercise) is None:
                    self.judge_soon(exercise)

    def close(self) -> None:
        """End the judge and its processes."""
        self._worker.submit(self._put_away).result()
        self._worker.shutdown()

    def _tell(self, exercise: LoadedExercise, news: str) -> None:
        for queue in self._listeners.get(exercise.model.id, ()):
            queue.put_nowait(news)

    def _judged(self, exercise: LoadedExercise, path: Path) -> Verdict:
        """Judge a file; whatever happens is a report."""
        state = state_of(path)
        try:
            submission = read(path, exercise.model.kind, name=path.name)
            lines = tuple(Line(at.cell, at.line, text) for at, text in lines_as_written(submission))
            report = self._judge_of(exercise).judge(submission)
        except UnreadableSubmissionError as error:
            return Verdict(unreadable_report(exercise, error), path.name, (), state)
        except Exception as error:  # noqa: BLE001 - a report is always made; it names the fault
            self._put_away()
            return Verdict(fault_report(exercise, error), path.name, (), state)
        noted = record(self._folder, report, path)
        return Verdict(report, path.name, lines, submission.hash, noted)

    def _judge_of(self, exercise: LoadedExercise) -> Judge:
        """Return the judge of an exercise; that of the last one stays warm."""
        if self._judge is None or self._judge.exercise is not exercise:
            self._put_away()
            device = chosen(exercise, "auto").devices[0]
            self._judge = Judge(exercise, Options(device=device, pictures=True))
        return self._judge

    def _put_away(self) -> None:
        if self._judge is not None:
            self._judge.close()
            self._judge = None
