"""What known wrong answers do is asked once for each call, functions among the arguments or not."""

from pathlib import Path

import numpy as np
import pytest

from grader.course.loading import Course
from grader.course.models import ExerciseLimits
from grader.judge.processes import clock
from grader.judge.processes.open_factory import open_process_factory
from grader.judge.processes.outcomes import Returned, TimedOut
from grader.judge.processes.sandboxed_program import (
    REFERENCE,
    FunctionCall,
    ProgramSource,
    SandboxedProgram,
)
from grader.judge.processes.student_processes import SandboxOptions
from grader.judge.run import Judge

ROOT = Path(__file__).parents[2]
X = np.array([1.0, 2.0])


class Cubes:
    """A function that counts its calls, and says what it is."""

    def __init__(self, shown=None, factor=1):
        self.calls = 0
        self.factor = factor
        if shown is not None:
            self.shown = shown

    def __call__(self, v):
        self.calls += 1
        return float((self.factor * v**3).sum())


def call(f, x=X):
    return FunctionCall("call", "numerical_gradient", (f, x), {})


@pytest.fixture(scope="module")
def exercise_context():
    with Judge(Course(ROOT).exercise("ex23")) as judge:
        yield judge.exercise_context()


def slopes(exercise_context, *arguments):
    outcome = exercise_context.replay(REFERENCE, call(*arguments))
    assert isinstance(outcome, Returned)
    return outcome.value


def test_functions_that_are_shown_alike_are_asked_once(exercise_context):
    first, second = Cubes("lambda v: (v**3).sum()"), Cubes("lambda v: (v**3).sum()")
    assert np.array_equal(slopes(exercise_context, first), slopes(exercise_context, second))
    assert first.calls
    assert not second.calls


def test_another_expression_another_array_or_another_program_is_asked(exercise_context):
    first = Cubes("lambda v: (v**3).sum() ")
    slopes(exercise_context, first)
    ten_times = Cubes("lambda v: 10 * (v**3).sum() ", factor=10)
    assert np.allclose(slopes(exercise_context, ten_times), 30 * X**2)
    elsewhere = Cubes("lambda v: (v**3).sum() ")
    assert np.allclose(slopes(exercise_context, elsewhere, 2 * X), 12 * X**2)
    again = Cubes("lambda v: (v**3).sum() ")
    name = exercise_context.exercise.variants(exercise_context.model.misconceptions[0].id)[0]
    exercise_context.replay(name, call(again))
    assert again.calls


def test_a_function_that_does_not_say_what_it_is_is_like_no_other(exercise_context):
    first, second = Cubes(), Cubes(factor=10)
    assert np.allclose(slopes(exercise_context, second), 10 * slopes(exercise_context, first))


def test_what_identifies_a_call_tells_where_a_function_stands():
    f, g = Cubes("lambda v: v"), Cubes("lambda v: -v")
    calls = [
        FunctionCall("call", "h", args, kwargs)
        for args, kwargs in [
            ((f, g), {}),
            ((g, f), {}),
            ((f,), {"g": g}),
            ((g,), {"g": f}),
            ((f, "lambda v: -v"), {}),
            ((f,), {}),
        ]
    ]
    assert len({one.expressed for one in calls}) == len(calls)
    assert {one.digest for one in calls} == {None}
    assert FunctionCall("call", "h", (f, Cubes()), {}).expressed is None


# -- programs of the author on a busy machine, and for many submissions ---------------------------

COMPUTES = """
import time

def work(seconds):
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass
    return seconds
"""


@pytest.fixture
def started():
    """Return a program in a process, which is ended afterwards, as are those behind it."""
    factory, made = open_process_factory(SandboxOptions(("numpy",), ())), []

    def make(*, trusted, **limits):
        program = ProgramSource("work.py", COMPUTES, {"work": 1})
        made.append(SandboxedProgram(factory, program, ExerciseLimits(**limits), trusted=trusted))
        return made[-1]

    yield make
    for one in made:
        one.end()
    factory.close()


def work(seconds):
    return FunctionCall("call", "work", (seconds,), {})


@pytest.mark.parametrize("trusted", [False, True])
def test_the_wall_clock_ends_no_program_of_the_author_that_computes(started, monkeypatch, trusted):
    one = started(trusted=trusted, cpu_seconds=20)
    one.load()
    monkeypatch.setattr(clock, "WAITING_FACTOR", 0)  # as if nobody had been given a processor
    one.begin_check(0)
    expected = Returned if trusted else TimedOut
    assert isinstance(one.call(work(0.05)), expected)


def test_the_programs_of_the_author_are_held_to_their_cpu_time(started):
    outcome = started(trusted=True, cpu_seconds=0.2).call(work(60.0))
    assert isinstance(outcome, TimedOut)
    assert not outcome.waiting


@pytest.mark.parametrize("trusted", [False, True])
def test_a_program_of_the_author_has_a_fresh_process_before_the_kernel_ends_it(started, trusted):
    one = started(trusted=trusted, cpu_seconds=20, budget_seconds=0.2)
    processes = []
    for seconds in (0.01, 0.3, 0.01):
        one.begin_check(0)
        assert one.call(work(seconds)).value == seconds
        processes.append(one._conversation.handle.pid)
    first, second, third = processes
    assert first == second
    assert (third != second) is trusted  # what a submission keeps between checks is its own
    assert one.cpu_used() > 0.3
