"""A watch, from its first verdict to its end: events come in, the view changes, judges work.

Theory of operation. Everything happens in one asyncio loop. Changes of files, keys and signals are
put into one queue, and handled one after the other. Answers that were saved wait in ``_pending``,
each name once, so that a thousand saves cost as many verdicts as there is time for; one of them is
read and judged at a time. When a verdict is there, the file is looked at again: if it was saved
meanwhile, the verdict is of the past and is not shown, unless that happens for too long.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from grader.course.phrases import Phrase, phrase
from grader.judge.checking.bare_reports import fault_report, unreadable_report
from grader.judge.reading.submission import UnreadableSubmissionError, find
from grader.progress.recording import JUDGED, record
from grader.progress.standing import following
from grader.report.next_step import is_solved
from grader.watch.answers import Answer, is_untouched, read_answer, settled
from grader.watch.view import Verdict, View

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from grader.course.loading import LoadedExercise
    from grader.report.models import Report
    from grader.watch.saves import AnswerNames
    from grader.watch.view import Screen
    from grader.watch.warm import WarmJudges

IMPATIENT = 2.0
"""Seconds after which the judging of an answer that was saved again is broken off."""
STALE = 2.0
"""Seconds for which verdicts of the past are not shown, while a file is saved again and again."""
SHOWN_LATE = 0.4
"""Seconds after which it is shown that an answer is being judged."""

Key = Literal["next", "previous", "hint", "all", "quit"]
Why = Literal["saved", "asked"]


@dataclass(frozen=True)
class Saved:
    """Files of these names may have been saved."""

    names: Collection[str]


@dataclass(frozen=True)
class Pressed:
    """A key was pressed."""

    key: Key


@dataclass(frozen=True)
class Stopped:
    """The watch is to end, with an exit code, and what has to be said."""

    code: int
    told: Phrase | None = None


@dataclass(frozen=True)
class _Done:
    """The reading and judging of a file has ended: with an answer and its report, if any."""

    task: asyncio.Task[None] | None
    name: str
    exercise: LoadedExercise
    why: Why
    answer: Answer | None = None
    report: Report | None = None
    again: bool = False


@dataclass(frozen=True)
class _Late:
    """Judging takes long."""


Event = Saved | Pressed | Stopped | _Done | _Late


class Session:
    """One watch of a folder.

    ``exercises`` are those of the course in their order, ``solved`` the ids of those that are
    solved already.
    """

    def __init__(
        self,
        folder: Path,
        exercises: Sequence[LoadedExercise],
        names: AnswerNames,
        judges: WarmJudges,
        screen: Screen,
        solved: Collection[str] = (),
    ) -> None:
        self.events: asyncio.Queue[Event] = asyncio.Queue()
        self._folder = folder
        self._exercises = {exercise.model.id: exercise for exercise in exercises}
        self._order = list(self._exercises)
        self._names = names
        self._judges = judges
        self._screen = screen
        self._solved = set(solved)
        self._pending: dict[str, Why] = {}
        self._task: asyncio.Task[None] | None = None
        self._judging = ""  # the name of the file that is read or judged
        self._since = 0.0  # when that began
        self._known: dict[str, Answer] = {}  # what was judged last, by name of the file
        self._last: dict[str, str] = {}  # names of the files that were judged last, by exercise
        self._noted: set[str] = set()
        # Saved while another one is the current exercise: it becomes that with its verdict.
        self._wanted: LoadedExercise | None = None
        self.view: View

    async def run(self, first: LoadedExercise, file: str | None = None) -> int:
        """Watch until the end; return the exit code."""
        self.view = View(first, len(self._order), len(self._solved))
        if file is not None:
            self._last[first.model.id] = file
        await self._go_to(first)
        try:
            while True:
                event = await self.events.get()
                if isinstance(event, Stopped):
                    if event.told is not None:
                        self._note(event.told)
                    return event.code
                await self._handle(event)
        finally:
            await self._break_off()

    async def close(self) -> None:
        """End all judges."""
        await self._judges.close()

    async def _handle(self, event: Saved | Pressed | _Done | _Late) -> None:
        match event:
            case Saved(names):
                await self._saved(names)
            case Pressed(key):
                await self._pressed(key)
            case _Done():
                await self._done(event)
            case _Late():
                current = self._task is not None and self.view.file == self._judging
                if current and not self.view.judging:
                    self.view.judging = True
                    self._screen.show(self.view, "judging")

    # -- what happens -------------------------------------------------------------------------

    async def _saved(self, names: Collection[str]) -> None:
        if self._task is None and not self._pending:
            self.view.others = []  # those of the last time
        exercises = [self._names.exercise_of(name) for name in sorted(names)]
        if self.view.current not in exercises and not self._waits(self.view.current):
            self._wanted = exercises[0]
        for name in sorted(names):
            self._pending[name] = "saved"
        loop = asyncio.get_running_loop()
        if self._judging in names and loop.time() - self._since > IMPATIENT:
            await self._break_off()
        self._pump()

    async def _pressed(self, key: Key) -> None:
        view = self.view
        match key:
            case "quit":
                await self.events.put(Stopped(0))
            case "next" | "previous":
                await self._go_to(self._beside(key))
            case "all":
                view.everything = not view.everything
                self._screen.show(view, "all")
            case "hint":
                view.hint += 1
                self._screen.show(view, "hint")

    def _beside(self, key: Literal["next", "previous"]) -> LoadedExercise:
        """Return the exercise to which a key leads.

        While the verdict of a pass is on the screen, the watch has gone on already: then the next
        exercise is the current one, and the previous one that of the verdict.
        """
        view = self.view
        if view.verdict is not None and view.verdict.exercise is not view.current:
            return view.current if key == "next" else view.verdict.exercise
        at = self._order.index(view.current.model.id) + (1 if key == "next" else -1)
        return self._exercises[self._order[at % len(self._order)]]

    async def _go_to(self, exercise: LoadedExercise) -> None:
        """Make an exercise the current one, and have its answer judged as it is now."""
        self._begin(exercise)
        self._wanted = self.view.verdict = None
        self.view.judging = self.view.file is not None
        self._screen.show(self.view, "begun")
        if self.view.file is not None:
            self._known.pop(self.view.file, None)
            self._pending[self.view.file] = "asked"
        await self._judges.warm(exercise)
        self._pump()

    def _begin(self, exercise: LoadedExercise) -> None:
        """Make an exercise the current one; the last verdict stays."""
        view = self.view
        view.current, view.hint, view.others = exercise, 0, []
        view.file = self._file_of(exercise)
        view.untouched = view.judging = False
        view.note = None

    def _file_of(self, exercise: LoadedExercise) -> str | None:
        """Return the name of the file that answers an exercise: of several the last saved."""
        last = self._last.get(exercise.model.id)
        if last is not None and (self._folder / last).is_file():
            return last
        try:
            found = find(self._folder, exercise.model.id, exercise.model.kind, exercise.is_called)
        except UnreadableSubmissionError:
            return None
        with contextlib.suppress(OSError):
            return max(found, key=lambda path: path.stat().st_mtime_ns).name if found else None
        return None

    # -- reading and judging ------------------------------------------------------------------

    def _pump(self) -> None:
        """Begin with the next file that waits: the current one first."""
        if self._task is not None or not self._pending:
            return
        name = self.view.file if self.view.file in self._pending else next(iter(self._pending))
        assert name is not None  # noqa: S101 - it is a key
        why = self._pending.pop(name)
        exercise = self._names.exercise_of(name)
        assert exercise is not None  # noqa: S101 - only answers wait
        self._judging, self._since = name, asyncio.get_running_loop().time()
        self._task = asyncio.create_task(self._judge(name, exercise, why))

    async def _judge(self, name: str, exercise: LoadedExercise, why: Why) -> None:
        """Read a file and have it judged, until what is judged is what it holds."""
        path, loop = self._folder / name, asyncio.get_running_loop()
        late = loop.call_later(SHOWN_LATE, self.events.put_nowait, _Late())
        try:
            while True:
                done = await self._judged_or_fault(path, exercise, why)
                if done.report is None or loop.time() - self._since > STALE:
                    break
                now = await asyncio.to_thread(read_answer, path, exercise)
                if now is not None and now.is_same(done.answer):
                    break
        finally:
            late.cancel()
        await self.events.put(done)

    async def _judged_or_fault(self, path: Path, exercise: LoadedExercise, why: Why) -> _Done:
        try:
            return await self._judged(path, exercise, why)
        except Exception as error:  # noqa: BLE001 - a report is always made; it names the fault
            report = fault_report(exercise, error)
            return _Done(self._task, path.name, exercise, why, Answer(None), report)

    async def _judged(self, path: Path, exercise: LoadedExercise, why: Why) -> _Done:
        name, task = path.name, self._task
        answer = await settled(path, exercise)
        if answer is None or answer.is_same(self._known.get(name)):
            return _Done(task, name, exercise, why, answer, again=True)
        if answer.submission is None:
            assert answer.error is not None  # noqa: S101 - one of both is there
            report = unreadable_report(exercise, answer.error)
            return _Done(task, name, exercise, why, answer, report)
        text = answer.submission.source
        if await asyncio.to_thread(is_untouched, text, exercise):
            return _Done(task, name, exercise, why, answer)
        report = await self._judges.judge(exercise, name, answer.submission.raw)
        return _Done(task, name, exercise, why, answer, report)

    async def _break_off(self) -> None:
        """End the reading or judging that is going on, if any."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task, self._judging = None, ""

    async def _done(self, done: _Done) -> None:
        if self._task is None or self._task is not done.task:
            return  # it was broken off
        await self._task
        self._task, self._judging, self.view.judging = None, "", False
        if done.answer is None:
            self._gone(done)
        elif not done.again:
            await self._new(done, done.answer)
        self._pump()

    def _gone(self, done: _Done) -> None:
        if self._known.pop(done.name, None) is None and self.view.file != done.name:
            return
        if self.view.file == done.name:
            self.view.file = None
        self._note(phrase("{{file}} is gone. Save it again, and it is graded.", file=done.name))

    async def _new(self, done: _Done, answer: Answer) -> None:
        """Show what is new of a file: its verdict, or that nothing was written into it."""
        exercise, report = done.exercise, done.report
        verdict = None if report is None else Verdict(exercise, done.name, report)
        self._known[done.name] = answer
        self._last[exercise.model.id] = done.name
        view = self.view
        if exercise is self._wanted:
            self._begin(exercise)
            self._wanted = view.verdict = None
        current = exercise is view.current
        if report is None or verdict is None:
            if current:
                view.file, view.untouched, view.verdict = done.name, True, None
                self._screen.show(view, "begun")
            return
        if report.status in JUDGED and is_solved(report):
            self._solved.add(exercise.model.id)
        view.solved = len(self._solved)
        if not current:
            view.others.append(verdict)
            self._screen.show(view, "other")
        else:
            view.file, view.untouched, view.note = done.name, False, None
            view.verdict, view.hint = verdict, 0
            self._advance(done)
            self._screen.show(view, "verdict")
        await self._record(report, done.name)
        if view.current is not exercise and current:
            await self._judges.warm(view.current)

    def _waits(self, exercise: LoadedExercise) -> bool:
        """Return True if another file that was saved answers an exercise."""
        return any(self._names.exercise_of(name) is exercise for name in self._pending)

    def _advance(self, done: _Done) -> None:
        """After a pass go on to the next exercise; the verdict stays on the screen."""
        id_ = done.exercise.model.id
        if done.why != "saved" or id_ not in self._solved or done.report is None:
            return
        following_ = following(self._order, self._solved, id_)
        if is_solved(done.report) and following_ is not None:
            others = self.view.others
            self._begin(self._exercises[following_])
            self.view.others = others

    async def _record(self, report: Report, name: str) -> None:
        told = await asyncio.to_thread(record, self._folder, report, self._folder / name)
        if told is not None and str(told) not in self._noted:
            self._noted.add(str(told))  # said once, not at each save
            self._note(told)

    def _note(self, told: Phrase) -> None:
        self.view.note = told
        self._screen.show(self.view, "note")
