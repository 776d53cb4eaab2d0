"""Judges inside the arena, as commands do, kept warm from one attack to the next."""

import contextlib
import io
import re
import time
from dataclasses import replace
from pathlib import Path

from support.languages import LANGUAGES

from arena.mounts import PRIVATE
from grader.cli.context import Context
from grader.cli.grade_and_show import localised_for, print_report
from grader.course.loading import Course
from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.checking.bare_reports import fault_report, unreadable_report
from grader.judge.reading.submission import read
from grader.judge.run import Judge, Options
from grader.student.sandbox import levels
from grader.student.sandbox.probe import probe
from grader.student.sandbox.readable_paths import ReadablePaths
from grader.wire.levels import HIGHEST

COURSES = {"usual": "course", "short": "short/course"}
MOST_SEATS = 4


class Court:
    """The judges at hand, by exercise, limits and highest isolation level."""

    def __init__(self):
        self._seats = {}

    def hello(self, max_level=HIGHEST):
        """Return the isolation level that is to be had, and the names of its layers."""
        found = probe(max_level)
        made = levels._layers(found, ReadablePaths(), str(PRIVATE))
        layers = [type(layer).__name__.removesuffix("Layer") for layer in made]
        return {"level": found.level, "name": found.name, "layers": layers}

    def seat(self, exercise, limits="usual", max_level=HIGHEST, seed=None):
        """Return a warm judge."""
        key = (exercise, limits, max_level)
        if key not in self._seats or self._seats[key].faulty:
            self._drop(key)
            while len(self._seats) >= MOST_SEATS:
                self._drop(next(iter(self._seats)))
            course = Course(PRIVATE / COURSES[limits])
            self._seats[key] = Seat(course.exercise(exercise), Options(max_level=max_level))
        seat = self._seats[key] = self._seats.pop(key)
        seat.take(seed)
        return seat

    def _drop(self, key):
        if key in self._seats:
            self._seats.pop(key).close()

    def own(self):
        """Return the numbers of the processes that the judges hold, and their folders."""
        handles = [handle for seat in self._seats.values() for handle in seat.live()]
        folders = {handle.scratch for handle in handles if handle.scratch is not None}
        looking = {seat.judge.exercise_context().looker.pid for seat in self._seats.values()}
        return {handle.pid for handle in handles} | looking - {None}, folders

    def close(self):
        """End every process."""
        for key in list(self._seats):
            self._drop(key)


class Seat:
    """One judge of one exercise, and every student process that it has started."""

    def __init__(self, exercise, options):
        self.exercise = exercise
        self.faulty = False
        self.judge = Judge(exercise, options)
        self._handles = []
        start = self.judge.factory.start

        def noting(room):
            self._handles.append(start(room))
            return self._handles[-1]

        self.judge.factory.start = noting

    @property
    def honest(self):
        """The file that has full marks."""
        name = self.exercise.model.id
        return "honest.py" if name == "ex11" else f"honest_{name}.py"

    def take(self, seed):
        """Be warm for a seed: another student's submission has just been judged, and was wrong."""
        options = replace(self.judge.options, seed=seed)
        if options != self.judge.options or not self._handles:
            self.judge.options = options
            self.judged(PRIVATE / "desk" / f"{self.exercise.model.id}_neighbour.py")

    def live(self):
        """Return the student processes that have not been ended."""
        self._handles = [handle for handle in self._handles if handle.channel.fileno() >= 0]
        return self._handles

    def judged(self, path):
        """Judge a file as the command does; return its report, and what a student sees of it."""
        began, stalled = time.monotonic(), _stalled()
        report = self._report(path)
        seconds, stalled = time.monotonic() - began, _stalled() - stalled
        self.faulty = self.faulty or report.status == "ungraded"
        shown = {lang: self._shown(report, lang) for lang in LANGUAGES}
        return {
            "report": self._shown(report, "en", as_json=True),
            "shown": shown,
            "faults": report.run.faults,
            "seconds": seconds,
            "stalled": stalled,
            "budget": self.exercise.model.limits.budget_seconds,
        }

    def _report(self, path):
        try:
            return self.judge.judge(read(path, self.exercise.model.kind))
        except UnreadableSubmissionError as error:
            return unreadable_report(self.exercise, error)
        except Exception as error:  # noqa: BLE001 - as the command does
            return fault_report(self.exercise, error)

    def _shown(self, report, lang, *, as_json=False):
        """Return what the command prints for a student."""
        context = Context(lang)
        context.json, context.plain = as_json, True
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            print_report(localised_for(report, self.exercise, context, "student"), context)
        return printed.getvalue()

    def close(self):
        """End every process."""
        self.judge.close()


def _stalled():
    """Return the seconds, ever, in which some program of the machine waited for a processor."""
    with contextlib.suppress(OSError):
        said = Path("/proc/pressure/cpu").read_text(encoding="ascii")
        return int(re.search(r"total=(\d+)", said)[1]) / 1e6
    return 0.0
