"""Calls that are sent ahead change no report: whatever a submission does, it is seen as without."""

import json
from types import SimpleNamespace

import pytest
from support.text_blocks import block

from grader.judge.checking.evaluation import Evaluation
from grader.judge.processes import pipelined_program
from grader.judge.reading.submission import read_bytes

RIGHT = block("""
    def double(x):
        return 2 * x
""")
CHECKS = block("""
    def test_numbers(student, reference):
        results = [student.double(x) for x in (1.0, 2.0)]
        for got, x in zip(results, (1.0, 2.0)):
            assert_close(got, reference.double(x))


    def test_one_by_one(student, reference):
        for x in (3.0, 4.0, 5.0):
            assert_close(student.double(x), reference.double(x))


    def test_array(student, reference, rng):
        x = rng.normal(size=3)
        assert_close(student.double(x), reference.double(x))


    @needs("test_array")
    def test_after_it(student, reference):
        assert_close(student.double(6.0), reference.double(6.0))


    def test_whatever_comes(student):
        outcomes = [student.double.outcome(x) for x in (7.0, 8.0)]
        if not all(hasattr(outcome, "value") for outcome in outcomes):
            outcomes = [student.double.outcome(9.0)]
        assert all(hasattr(outcome, "value") for outcome in outcomes)


    def test_of_its_own_result(student, reference):
        once = student.double(0.1)
        assert_close(student.double(once), reference.double(once))


    @hidden
    def test_hidden(student, reference):
        for x in (10.0, 11.0):
            assert_close(student.double(x), reference.double(x))


    @hidden
    def test_also_hidden(student, reference):
        assert_close(student.double(12.0), reference.double(12.0))
""")
ANSWERS = {
    "another right one": """
        def double(x):
            return x + x
    """,
    "right, with other last digits": """
        def double(x):
            return 2 * x * (1 + 1e-15)
    """,
    "raises": """
        def double(x):
            raise ValueError('not yet')
    """,
    "raises for arrays": """
        def double(x):
            return float(x) * 2
    """,
    "raises in the middle": """
        def double(x):
            if x == 4:
                raise ZeroDivisionError
            return 2 * x
    """,
    "wrong in the middle of a check": """
        def double(x):
            return 2 * x + (x == 4)
    """,
    "counts its calls": """
        calls = 0

        def double(x):
            global calls
            calls += 1
            return 2 * x if calls != 4 else calls
    """,
    "is right as long as it was not asked too often": """
        calls = []

        def double(x):
            calls.append(x)
            return 2 * x if len(calls) <= 6 else len(calls)
    """,
    "tells how often it was called": """
        calls = 0

        def double(x):
            global calls
            calls += 1
            return calls
    """,
    "prints": """
        print('hello')

        def double(x):
            print('got', x)
            return 2 * x
    """,
    "prints and is wrong": """
        def double(x):
            print('got', x)
            return x
    """,
    "prints to the descriptor": """
        import os

        def double(x):
            os.write(1, b'got it\\n')
            return 2 * x
    """,
    "prints without an end of line": """
        def double(x):
            print(x, end='')
            return x if x == 4 else 2 * x
    """,
    "floods": """
        def double(x):
            print('x' * 3_000_000)
            return 2 * x
    """,
    "closes its output": """
        import os

        def double(x):
            os.close(1)
            return 2 * x
    """,
    "exits": """
        import sys

        def double(x):
            sys.exit(3)
    """,
    "ends its process": """
        import os

        def double(x):
            if x == 5:
                os._exit(3)
            return 2 * x
    """,
    "never ends": """
        def double(x):
            while x == 5:
                pass
            return 2 * x
    """,
    "needs too much memory": """
        def double(x):
            return 2 * x if x != 4 else bytearray(1 << 34)
    """,
    "returns too much": """
        def double(x):
            return [0.0] * 10**7
    """,
    "random numbers": """
        import random

        def double(x):
            return 2 * x if random.random() < 0.9 else random.random()
    """,
    "changes what it was given": """
        def double(x):
            try:
                x[0] = 0
            except TypeError:
                pass
            return 2 * x
    """,
    "lacks the function": """
        def treble(x):
            return 3 * x
    """,
    "replies for itself": """
        import os, socket

        def double(x):
            for number in range(3, 30):
                try:
                    os.write(number, b'NNG1' + bytes(12))
                except OSError:
                    pass
            return 2 * x
    """,
}


def judged(court, sources, **options):
    """Return the reports of submissions to one judge, without what may differ between two runs."""
    with court.open(**options) as judge:
        submissions = [read_bytes(source.encode(), "ex01.py", "code") for source in sources]
        reports = [one.report for one in judge.judge_all(submissions)]
        plan = judge.exercise_context().plan
    return [json.loads(report.model_dump_json(exclude={"run"})) for report in reports], plan


@pytest.fixture
def starts_over(monkeypatch):
    """The submissions for which a process had to start over, in order."""
    noted = []
    original = pipelined_program.PipelinedProgram._start_over

    def noting(self):
        noted.append(self.program.source)
        original(self)

    monkeypatch.setattr(pipelined_program.PipelinedProgram, "_start_over", noting)
    return noted


def test_reports_are_the_same_with_calls_sent_ahead(court, starts_over):
    limits = {"cpu_seconds": 1.0, "budget_seconds": 6.0}
    court.exercise(CHECKS, limits=limits)
    sources = [RIGHT, *(block(source) for source in ANSWERS.values()), RIGHT]
    without, _ = judged(court, sources)
    assert not starts_over
    with_, plan = judged(court, sources, pipelined=True)
    names = ["the first", *ANSWERS, "the last"]
    assert {
        name: report
        for name, report, other in zip(names, with_, without, strict=True)
        if report != other
    } == {}
    assert any(plan.calls(seed, 0) for seed in plan._known)


def test_an_answer_that_is_right_never_starts_over(court, starts_over):
    court.exercise(CHECKS)
    reports, _ = judged(court, [RIGHT] * 4, pipelined=True)
    assert all(report["status"] == "graded" for report in reports)
    assert not starts_over


def test_checks_that_call_with_own_results_are_sent_ahead_no_more(court, starts_over):
    court.exercise(CHECKS)
    other = block(ANSWERS["right, with other last digits"])
    _, plan = judged(court, [RIGHT, other, other, other], pipelined=True)
    assert len(starts_over) == 1
    (seed,) = plan._known
    assert plan.calls(seed, 5) is None
    assert plan.calls(seed, 4)


def test_calls_of_another_seed_are_other_calls(court):
    court.exercise(CHECKS)
    with court.open(pipelined=True) as judge:
        reports = []
        for seed in (1, 2, 1, 2, 3, 4, 5, 1):
            one = read_bytes(RIGHT.encode(), "ex01.py", "code")
            object.__setattr__(one, "seed", seed)
            reports.append(judge.judge(one))
    assert all(report.passed for report in reports)


def test_slow_checks_are_not_sent_ahead(court):
    checks = block("""
        def test_slow(student):
            student.double(1.0)


        def test_quick(student):
            student.double(1.0)
    """)
    slow = block("""
        import time

        calls = 0

        def double(x):
            global calls
            calls += 1
            until = time.process_time() + 0.3 * (calls == 1)
            while time.process_time() < until:
                pass
            return 2 * x
    """)
    court.exercise(checks)
    _, plan = judged(court, [slow, RIGHT], pipelined=True)
    (seed,) = plan._known
    assert plan.calls(seed, 0) is None
    assert plan.calls(seed, 1)


def test_an_endless_loop_costs_hardly_more(court):
    court.exercise(CHECKS, limits={"cpu_seconds": 1.0, "budget_seconds": 6.0})
    endless = block(ANSWERS["never ends"])

    def seconds(**options):
        with court.open(**options) as judge:
            submissions = [read_bytes(one.encode(), "ex01.py", "code") for one in (RIGHT, endless)]
            report = judge.judge_all(submissions)[1].report
        return sum(report.run.cpu_seconds.values())

    assert seconds(pipelined=True) <= seconds() + 0.3


def test_calls_with_functions_are_made_one_by_one(court, starts_over):
    checks = block("""
        def test_before(student):
            student.double(1.0)


        def test_function(student):
            student.double(2.0)
            assert student.double.outcome(lambda v: v) is not None


        def test_behind(student):
            student.double(3.0)
    """)
    court.exercise(checks)
    takes_both = block("""
        def double(x):
            return 2 * (x(1.0) if callable(x) else x)
    """)
    reports, plan = judged(court, [takes_both] * 3, pipelined=True)
    assert all(report["reached"] == 3 for report in reports)
    (seed,) = plan._known
    assert [bool(plan.calls(seed, place)) for place in range(3)] == [True, False, True]
    assert not starts_over


def test_nothing_is_sent_ahead_to_a_graphics_card():
    pipelined = [
        Evaluation(SimpleNamespace(device=device), None, pipelined=True).pipelined
        for device in ("cpu", "sim", "cuda")
    ]
    assert pipelined == [True, True, False]
