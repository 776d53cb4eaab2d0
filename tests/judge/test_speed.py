"""assert_as_fast: the median of ratios, in turn, of results that are right."""

import itertools

import numpy as np
import pytest
from support.text_blocks import block

from grader.judge.checking.speed import REPEATS, WARM_UP, Stopwatch, Timed, assert_as_fast
from grader.judge.failures import CheckFailedError
from grader.judge.processes.outcomes import Returned


class Runner:
    """A function that says how long it took."""

    def __init__(self, seconds, log, value=lambda x: x + 1.0):
        self.seconds = itertools.chain(seconds, itertools.repeat(1.0))
        self.log = log
        self.value = value

    def __call__(self, x):
        return self.value(x)

    def timed(self, x):
        self.log.append((self, float(x[0])))
        return Timed(Returned(self.value(x), {}), next(self.seconds))


def race(mine, others=(), *, at_most=2.0, value=lambda x: x + 1.0):
    log = []
    runners = Runner(mine, log, value), Runner(others, log)
    numbers = itertools.count()
    draw = lambda: (np.full(3, float(next(numbers))),)  # noqa: E731
    assert_as_fast(*runners, draw, at_most=at_most)
    return runners, log


def test_both_compute_the_same_new_inputs_in_turn():
    (mine, reference), log = race([])
    turns = [log[i : i + 2] for i in range(0, len(log), 2)]
    assert len(turns) == WARM_UP + REPEATS
    assert len({x for _, x in log}) == len(turns)
    for one, other in turns:
        assert one[1] == other[1]
        assert {one[0], other[0]} == {mine, reference}
    first = [one[0] for one, _ in turns]
    assert first[:4] == [reference, mine, reference, mine]


def test_the_median_counts():
    slow_now_and_then = [1.0] * WARM_UP + [50.0 if i % 2 else 1.0 for i in range(REPEATS)]
    race(slow_now_and_then)
    with pytest.raises(CheckFailedError, match=r"speed.slower.*3\.0"):
        race([1.0] * WARM_UP + [3.0] * REPEATS)


def test_the_first_calls_do_not_count():
    race([100.0] * WARM_UP)


def test_what_is_timed_must_be_right():
    def wrong_later(x):
        return x + (1.0 if x[0] < WARM_UP + 3 else 2.0)

    with pytest.raises(CheckFailedError, match="compare"):
        race([0.001] * (WARM_UP + REPEATS), value=wrong_later)


def test_who_never_starts_the_clock_is_not_fast():
    clock = Stopwatch()
    assert clock.seconds() == float("inf")
    clock.stop()
    assert clock.seconds() == float("inf")


def test_the_clock_runs_until_it_is_stopped_last():
    clock = Stopwatch()
    clock.start()
    clock.stop()
    first = clock.seconds()
    clock.start()
    clock.stop()
    assert clock.seconds() >= first


CHECK = """
def test_race(student, reference, rng):
    seconds = []
    for f in (student.double, reference.double):
        x = rng.normal(size=4).astype(np.float32)
        timed = f.timed(x)
        assert_dtype(timed.value, "float32")
        assert_close(timed.value, 2 * x.astype(np.float64))
        if not 0 < timed.seconds < 60:
            fail("x")
"""


def test_a_call_is_timed_in_the_dtype_of_its_arguments(court):
    court.exercise(CHECK)
    report = court.judge(
        block("""
            def double(x):
                return 2 * x
        """)
    )
    assert [check.status for check in report.checks] == ["passed"]


def test_a_call_that_raises_while_it_is_timed_ends_the_check(court):
    court.exercise(CHECK)
    report = court.judge(
        block("""
            def double(x):
                raise ValueError('no')
        """)
    )
    assert [check.status for check in report.checks] == ["error"]
