"""What the batch benchmark is made of: recorded calls, a plain test file, a profile."""

from __future__ import annotations

import functools
import itertools
import os
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classes import EXERCISES, exercise

from grader.batch.atomic_files import write_atomic
from grader.judge import run
from grader.judge.processes import sandboxed_program
from grader.judge.processes.fork_server_client import ForkServerClient
from grader.judge.processes.pipelined_program import PipelinedProgram
from grader.judge.processes.sandboxed_program import SandboxedProgram
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge, Options
from grader.report import localise
from grader.report.audience import for_audience

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.course.loading import Course
    from grader.report.models import Report

CALLS = "calls.pickle"
PLAIN = """
import importlib.util, pickle, sys
from pathlib import Path
import numpy as np
import pytest
sys.path.insert(0, {folder!r})
from batch_floor import built, module
from grader.student.marshal import rebuilder, replacer

EXERCISE = pickle.loads(Path({calls!r}).read_bytes())[{exercise!r}]
DRIVE = module(EXERCISE["drive"]) if EXERCISE["drive"] else None
REFERENCE = module(EXERCISE["reference"])
build = rebuilder("cpu", lambda *_: None)

def make(program, operation, name, args, kwargs):
    own = [built(arg, build) for arg in args]
    if operation == "run":
        return getattr(DRIVE, name)(program, *own, **kwargs)
    return getattr(program, name)(*own, **kwargs)

@pytest.fixture(scope="module")
def student():
    spec = importlib.util.spec_from_file_location("student", {file!r})
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made

@pytest.mark.parametrize("check", EXERCISE["checks"])
def test_check(student, check):
    for call in EXERCISE["checks"][check]:
        got, expected = make(student, *call), make(REFERENCE, *call)
        if hasattr(expected, "shape"):
            np.testing.assert_allclose(got, expected, rtol=1e-4)
"""


def record_calls(path: Path) -> None:
    """Let the reference of each exercise be judged, and write down the calls of its checks."""
    recorded = {}
    for name in EXERCISES:
        loaded = exercise(name)
        checks: dict[str, list[Any]] = {}

        def report_of(judge: Judge, evaluation: Any, *rest: Any, checks: Any = checks) -> Report:
            for record in evaluation.records.values():
                calls = [seen.call for seen in record.calls]
                checks[record.id] = [(c.operation, c.name, c.args, dict(c.kwargs)) for c in calls]
            return ORIGINAL(judge, evaluation, *rest)

        Judge.report_of = report_of  # type: ignore[method-assign]
        try:
            with Judge(loaded, Options()) as judge:
                judge.judge(read_bytes(loaded.reference_source.encode(), "a.py", "code"))
        finally:
            Judge.report_of = ORIGINAL  # type: ignore[method-assign]
        recorded[name] = {
            "calls": [call for calls in checks.values() for call in calls],
            "checks": checks,
            "drive": loaded.drive_source,
            "reference": loaded.reference_source,
        }
    path.write_bytes(pickle.dumps(recorded))


ORIGINAL = Judge.report_of


class Plain:
    """Grades one submission as a plain loop would: a pytest process of its own."""

    def __init__(self, calls: Path) -> None:
        self.calls = calls

    def run(self, file: Path) -> None:
        """Run pytest on one submission."""
        with tempfile.TemporaryDirectory() as name:
            folder = str(Path(__file__).parent)
            text = PLAIN.format(
                folder=folder, calls=str(self.calls), exercise=file.stem[:4], file=str(file)
            )
            test = Path(name) / "test_plain.py"
            test.write_text(text, encoding="utf-8")
            command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(test)]
            environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
            subprocess.run(command, capture_output=True, check=False, env=environment, cwd=name)


class Profile:
    """Exclusive wall time by part: what one part calls of another counts there."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._open: list[float] = []

    def part(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, timed as a part."""

        @functools.wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            began = time.perf_counter()
            self._open.append(0.0)
            try:
                return function(*args, **kwargs)
            finally:
                took = time.perf_counter() - began
                self.seconds[name] += took - self._open.pop()
                if self._open:
                    self._open[-1] += took

        return timed


def where_time_goes(files: list[Path]) -> dict[str, dict[str, float]]:
    """Return milliseconds of one submission by part, by exercise: one worker, nothing beside it."""
    return {name: _profiled(name, [f for f in files if f.stem == name]) for name in EXERCISES}


def _profiled(name: str, files: list[Path]) -> dict[str, float]:
    loaded = exercise(name)
    profile = Profile()
    places: list[tuple[Any, str, str]] = [
        (ForkServerClient, "start", "fork and set-up (waiting for it)"),
        (SandboxedProgram, "_load_into", "set-up and import of the submission"),
        (PipelinedProgram, "call", "calls"),
        (ForkServerClient, "settle", "ending the process"),
        (sandboxed_program.Conversation, "close", "ending the process"),
        (run, "check_results", "diagnosis and results"),
    ]
    kept = [(owner, attribute, getattr(owner, attribute)) for owner, attribute, _ in places]
    submissions = [read_bytes(f.read_bytes(), f.name, "code") for f in files]
    took: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        tell = profile.part("report", _told)
        write = profile.part("disk", _write)

        def deliver(judged: Any) -> None:
            texts = tell(judged.report, loaded.course)
            write(texts, Path(folder) / str(len(took)))
            took.append(time.perf_counter())

        for owner, attribute, part in places:
            setattr(owner, attribute, profile.part(part, getattr(owner, attribute)))
        try:
            with Judge(loaded, Options(ahead=True, pipelined=True)) as judge:
                judge.judge_each(submissions[:5], deliver)
                profile.seconds.clear()
                took.clear()
                began = time.perf_counter()
                judge.judge_each(submissions, deliver)
        finally:
            for owner, attribute, function in kept:
                setattr(owner, attribute, function)
    whole = took[-1] - began
    parts = dict(profile.seconds)
    parts["checks, comparisons, pytest"] = whole - sum(parts.values())
    shown = {part: round(seconds / len(files) * 1000, 2) for part, seconds in parts.items()}
    gaps = [later - earlier for earlier, later in itertools.pairwise(took)]
    return {
        "submission": round(whole / len(files) * 1000, 2),
        "median": round(statistics.median(gaps) * 1000, 2),
        **dict(sorted(shown.items(), key=lambda item: -item[1])),
    }


def _told(report: Report, course: Course) -> list[bytes]:
    english = localise.localise(report, course, "en")
    told = localise.localise(english, course, "en")
    student = for_audience(told, "student", course.index.seed)
    return [each.model_dump_json().encode() for each in (english, told, student)]


def _write(texts: list[bytes], folder: Path) -> None:
    for number, text in enumerate(texts):
        write_atomic(folder / f"{number}.json", text, sync=number == 0)
