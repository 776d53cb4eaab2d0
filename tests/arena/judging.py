"""Judges inside the arena, as commands do, kept warm from one attack to the next."""

import contextlib
import io
import os
import re
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from support.languages import LANGUAGES

from arena.mounts import PRIVATE
from grader.cli.context import Context
from grader.cli.grade_and_show import localised_for, print_report
from grader.course.loading import Course, LoadedExercise
from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.checking.bare_reports import fault_report, unreadable_report
from grader.judge.processes.student_processes import ProcessLimits, StudentProcessHandle
from grader.judge.reading.submission import read
from grader.judge.run import Judge, Options
from grader.report.models import Report
from grader.student.sandbox import levels
from grader.student.sandbox.probe import probe
from grader.student.sandbox.readable_paths import ReadablePaths
from grader.wire.levels import HIGHEST, Level

COURSES = {"usual": "course", "short": "short/course"}
MOST_SEATS = 4
STOLEN = 7
"""The place of stolen time among the numbers of processor time in /proc/stat."""
Key = tuple[str, str, Level, bool]
"""Exercise, limits, highest isolation level, and whether calls are sent ahead."""


class Court:
    """The judges at hand, by exercise, limits and highest isolation level."""

    def __init__(self) -> None:
        self._seats: dict[Key, Seat] = {}

    def hello(self, max_level: int = HIGHEST) -> dict[str, Any]:
        """Return the isolation level that is to be had, and the names of its layers."""
        found = probe(Level(max_level))
        made = levels._layers(found, ReadablePaths(), str(PRIVATE))
        layers = [type(layer).__name__.removesuffix("Layer") for layer in made]
        return {"level": found.level, "name": found.name, "layers": layers}

    def seat(
        self,
        exercise: str,
        limits: str = "usual",
        max_level: int = HIGHEST,
        seed: int | None = None,
        *,
        pipelined: bool = True,
    ) -> "Seat":
        """Return a warm judge."""
        key = (exercise, limits, Level(max_level), pipelined)
        if key not in self._seats or self._seats[key].faulty:
            self._drop(key)
            while len(self._seats) >= MOST_SEATS:
                self._drop(next(iter(self._seats)))
            course = Course(PRIVATE / COURSES[limits])
            options = Options(max_level=key[2], pipelined=pipelined)
            self._seats[key] = Seat(course.exercise(exercise), options)
        seat = self._seats[key] = self._seats.pop(key)
        seat.take(seed)
        return seat

    def _drop(self, key: Key) -> None:
        if key in self._seats:
            self._seats.pop(key).close()

    def own(self) -> tuple[set[int], set[str]]:
        """Return the numbers of the processes that the judges hold, and their folders."""
        handles = [handle for seat in self._seats.values() for handle in seat.live()]
        folders = {handle.scratch for handle in handles if handle.scratch is not None}
        looking = (seat.judge.exercise_context().looker.pid for seat in self._seats.values())
        known = {pid for pid in looking if pid is not None}
        return {handle.pid for handle in handles} | known, folders

    def close(self) -> None:
        """End every process."""
        for key in list(self._seats):
            self._drop(key)


class Seat:
    """One judge of one exercise, and every student process that it has started."""

    def __init__(self, exercise: LoadedExercise, options: Options) -> None:
        self.exercise = exercise
        self.faulty = False
        self.judge = Judge(exercise, options)
        self._handles: list[StudentProcessHandle] = []
        factory = self.judge.factory
        assert factory is not None
        start = factory.start

        def noting(limits: ProcessLimits) -> StudentProcessHandle:
            self._handles.append(start(limits))
            return self._handles[-1]

        factory.start = noting  # type: ignore[method-assign]

    @property
    def honest(self) -> str:
        """The file that has full marks."""
        name = self.exercise.model.id
        return "honest.py" if name == "ex11" else f"honest_{name}.py"

    def take(self, seed: int | None) -> None:
        """Be warm for a seed: others have just been judged, a right one and a wrong one."""
        options = replace(self.judge.options, seed=seed)
        if options != self.judge.options or not self._handles:
            self.judge.options = options
            for name in (self.honest, f"{self.exercise.model.id}_neighbour.py"):
                self.judged(PRIVATE / "desk" / name)

    def live(self) -> list[StudentProcessHandle]:
        """Return the student processes that have not been ended."""
        self._handles = [handle for handle in self._handles if handle.channel.fileno() >= 0]
        return self._handles

    def judged(self, path: Path) -> dict[str, Any]:
        """Judge a file as the command does; return its report, and what a student sees of it."""
        began, stalled = time.monotonic(), _stalled()
        report = self._report(path)
        seconds, ended = time.monotonic() - began, _stalled()
        self.faulty = self.faulty or report.status == "ungraded"
        shown = {lang: self._shown(report, lang) for lang in LANGUAGES}
        return {
            "report": self._shown(report, "en", as_json=True),
            "shown": shown,
            "faults": report.run.faults,
            "seconds": seconds,
            "stalled": None if stalled is None or ended is None else ended - stalled,
            "budget": self.exercise.code.limits.budget_seconds,
        }

    def _report(self, path: Path) -> Report:
        try:
            return self.judge.judge(read(path, self.exercise.model.kind))
        except UnreadableSubmissionError as error:
            return unreadable_report(self.exercise, error)
        except Exception as error:  # noqa: BLE001 - as the command does
            return fault_report(self.exercise, error)

    def _shown(self, report: Report, lang: str, *, as_json: bool = False) -> str:
        """Return what the command prints for a student."""
        context = Context(lang)
        context.json, context.plain = as_json, True
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            print_report(localised_for(report, self.exercise, context, "student"), context)
        return printed.getvalue()

    def close(self) -> None:
        """End every process."""
        self.judge.close()


def _stalled() -> float | None:
    """Return the seconds, ever, in which programs of the machine waited for a processor.

    Either for each other, or because the machine is a virtual one that was given none. None where
    the kernel does not count that.
    """
    try:
        pressure = Path("/proc/pressure/cpu").read_text(encoding="ascii")
    except OSError:
        return None
    waited = re.search(r"total=(\d+)", pressure)
    assert waited is not None
    _, *ticks = Path("/proc/stat").read_text(encoding="ascii").partition("\n")[0].split()
    return int(waited[1]) / 1e6 + int(ticks[STOLEN]) / os.sysconf("SC_CLK_TCK")
