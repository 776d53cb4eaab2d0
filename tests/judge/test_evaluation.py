"""One submission before the judge: processes, clocks, seeds, and whose fault it is."""

import time

import pytest
from support.text_blocks import block

from grader.judge.processes.hanging import TimeOuts
from grader.judge.processes.outcomes import Returned, TimedOut
from grader.judge.processes.sandboxed_program import FunctionCall
from grader.report.consistency import contradiction

DOUBLE = block("""
    def double(x):
        return 2 * x
""")
ENDLESS = block("""
    def double(x):
        while True:
            pass
""")
FIVE = block("""
    def double(x):
        return 5
""")
SQUARED = block("""
    def double(x):
        return x**2
""")


def statuses(results):
    return {name: check.status for name, check in results.items()}


def first(check):
    return check.feedback[0].id


# -- whose fault: the exercise's, the student's, or nobody's ------------------------------------

BROKEN = {
    "after a call": block("""
        def test_one(student):
            student.double(1.0)
            raise KeyError('x')
    """),
    "before a call": block("""
        def test_one(student):
            {}['x']
            student.double(1.0)
    """),
    "without a call": block("""
        def test_one():
            1 / 0
    """),
    "looking at the text": block("""
        def test_one(submission):
            submission.tree.nothing
    """),
    "calling what is not listed": block("""
        def test_one(student):
            student.triple(1.0)
    """),
    "running a drive that is not there": block("""
        def test_one(student):
            student.run('f')
    """),
    "asking for an unknown fixture": block("""
        def test_one(student, nothing):
            pass
    """),
    "skipping": block("""
        import pytest
        def test_one(student):
            pytest.skip('not today')
    """),
    "expecting to fail": block("""
        import pytest
        def test_one(student):
            pytest.xfail('not today')
    """),
    "failing as pytest does": block("""
        import pytest
        def test_one(student):
            pytest.fail('so')
    """),
    "leaving": block("""
        def test_one(student):
            raise SystemExit(0)
    """),
    "ending the session": block("""
        import pytest
        def test_one(student):
            pytest.exit('done', 0)
    """),
    "ending as a generator": block("""
        def test_one(student):
            raise GeneratorExit
    """),
    "comparing with nothing": block("""
        def test_one(student):
            assert_close(1.0, None)
    """),
    "lending what cannot cross": block("""
        def test_one(student):
            student.double([0] * 10**6)
    """),
    "an interpreter that ends": block("""
        def test_one(student):
            exit()
    """),
}


@pytest.mark.parametrize("checks", BROKEN.values(), ids=BROKEN)
def test_a_check_that_breaks_on_the_reference_too_is_never_a_zero(court, checks):
    court.exercise(checks)
    report = court.judge()
    assert report.status == "ungraded"
    assert not report.passed
    (check,) = report.checks
    assert (check.status, check.blame, check.reached) == ("error", "author", 0)
    assert report.headline.id == "headline.ungraded"
    assert check.feedback[0].text


RETURNING = {
    "its comparison": "    return student.double(1.0) == 2.0\n",
    "whether it is wrong": "    return not np.isclose(student.double(1.0), 2.0)\n",
    "a number under some condition": "    if student.double(1.0) == 3.0:\n        return 1\n",
}


@pytest.mark.parametrize(
    "source",
    [
        DOUBLE,
        block("""
            def double(x):
                return 3 * x
        """),
    ],
)
@pytest.mark.parametrize("body", RETURNING.values(), ids=RETURNING)
def test_a_check_that_returns_a_value_passes_nobody(court, body, source):
    court.exercise(f"def test_one(student):\n{body}")
    report = court.judge(source)
    (check,) = report.checks
    if check.status == "passed":  # the condition did not hold
        assert (source, "if " in body) == (DOUBLE, True)
        return
    assert (report.status, check.status, check.blame) == ("ungraded", "error", "author")
    assert report.run.faults == ["test_one: ReturnedValueError: test_one: returns a value"]


def test_a_check_that_yields_passes_nobody(court):
    court.exercise(
        block("""
            def test_one(student):
                yield student.double(1.0)
        """)
    )
    assert court.judge().status == "ungraded"


def test_a_check_that_is_a_coroutine_passes_nobody(court):
    court.exercise(
        block("""
            async def test_one(student):
                student.double(1.0)
        """),
        points={"test_one": 1},
    )
    assert court.judge().status == "ungraded"


REFERENCES = {
    "raises": block("""
        def double(x):
            raise ValueError('later')
    """),
    "does not load": "1 / 0\n",
    "is no Python": "def double(x:\n",
    "lacks the function": block("""
        def triple(x):
            return 3 * x
    """),
    "never ends": ENDLESS,
    "leaves": block("""
        import os


        def double(x):
            os._exit(0)
    """),
    "returns nothing": block("""
        def double(x):
            pass
    """),
    "returns what cannot cross": block("""
        def double(x):
            return object()
    """),
}


@pytest.mark.parametrize("reference", REFERENCES.values(), ids=REFERENCES)
def test_a_broken_reference_is_never_the_student_s_zero(court, reference):
    court.exercise(
        block("""
            def test_one(student, reference):
                assert_close(student.double(3.0), reference.double(3.0))
        """),
        reference=reference,
        limits={"cpu_seconds": 0.2},
    )
    report = court.judge()
    assert (report.status, report.checks[0].blame) == ("ungraded", "author")


def test_a_check_that_breaks_on_this_submission_alone_goes_to_a_teacher(court):
    court.exercise(
        block("""
            def test_one(student):
                assert_close(student.double(np.ones(2)).sum(), 4.0)
            def test_two(student):
                assert_close(student.double(1.0), 2.0)
        """)
    )
    unexpected = block("""
        def double(x):
            return [2.0, 2.0] if hasattr(x, 'sum') else 2 * x
    """)
    report = court.judge(unexpected)
    assert report.status == "needs_review"
    one, two = report.checks
    assert (one.status, one.reached, first(one)) == ("needs_review", 0, "check.unexpected_value")
    assert (two.status, two.reached) == ("passed", 1)
    assert not report.passed


def test_an_interrupted_check_interrupts_the_judge_and_leaves_nothing(court, scratch):
    court.exercise(
        block("""
            def test_one(student):
                student.double(1)
                raise KeyboardInterrupt
        """)
    )
    with pytest.raises(KeyboardInterrupt):
        court.judge()
    assert list(scratch.iterdir()) == []


def test_a_bare_assert_is_the_student_s(court):
    court.exercise(
        block("""
            def test_one(student):
                assert student.double(1.0) == 2.0
        """)
    )
    results = court.checks(FIVE)
    assert (results["test_one"].status, results["test_one"].blame) == ("failed", "student")
    assert court.checks()["test_one"].status == "passed"


def test_a_check_marked_to_be_skipped_earns_only_what_it_proves(court):
    court.exercise(
        block("""
            import pytest

            @pytest.mark.skip
            def test_one(student):
                assert_close(student.double(1.0), 2.0)
        """)
    )
    assert court.checks(FIVE)["test_one"].status != "passed"


def test_every_parameter_of_a_check_must_pass(court):
    court.exercise(
        block("""
            import pytest

            @pytest.mark.parametrize('n', [1, 2, 3])
            def test_one(student, n):
                assert_close(student.double(n), 2 * n)
        """),
        wrong={"squared": SQUARED},
    )
    assert court.checks()["test_one"].status == "passed"
    for wrong in (1, 2, 3):
        source = block(f"""
            def double(x):
                return 0 if x == {wrong} else 2 * x
        """)
        assert court.checks(source)["test_one"].status == "failed", wrong


def test_a_mistake_is_recognised_whichever_parameter_shows_it(court):
    court.exercise(
        block("""
            import pytest

            @pytest.mark.parametrize('n', [3, 2])
            def test_one(student, n):
                assert_close(student.double(n), 2 * n)
        """),
        wrong={"squared": SQUARED},
    )
    check = court.checks(
        block("""
            def double(x):
                return x * x
        """)
    )["test_one"]
    assert (check.status, check.misconception) == ("failed", "squared")


# -- the rules of not_run -----------------------------------------------------------------------


def test_a_check_that_needs_another_is_run_only_after_its_pass(court):
    court.exercise(
        block("""
            def test_one(student):
                assert_close(student.double(1.0), 2.0)


            @needs('test_one')
            def test_two(student):
                assert_close(student.double(3.0), 6.0)


            @needs('test_two')
            def test_three(student):
                assert_close(student.double(3.0), 6.0)
        """)
    )
    assert set(statuses(court.checks()).values()) == {"passed"}
    results = court.checks(
        block("""
            def double(x):
                return 6.0
        """)
    )
    assert statuses(results) == {
        "test_one": "failed",
        "test_two": "not_run",
        "test_three": "not_run",
    }
    for name in ("test_two", "test_three"):
        assert (results[name].reason, results[name].reached) == ("needs", 0)
        assert first(results[name]) == "not_run.needs"


def test_a_missing_function_costs_only_the_checks_that_call_it(court):
    court.exercise(
        block("""
            def test_double(student):
                assert_close(student.double(1.0), 2.0)


            def test_half(student):
                assert_close(student.half(1.0), 0.5)


            def test_both(student):
                assert_close(student.half(student.double(1.0)), 1.0)
        """),
        functions={"double": ["x"], "half": ["x"]},
        reference=DOUBLE
        + block("""


            def half(x):
                return x / 2
        """),
    )
    report = court.judge(DOUBLE)
    assert report.status == "graded"
    assert [message.id for message in report.load.feedback] == ["load.missing"]
    results = {check.id: check for check in report.checks}
    assert statuses(results) == {
        "test_double": "passed",
        "test_half": "not_run",
        "test_both": "not_run",
    }
    assert {results[name].reason for name in ("test_half", "test_both")} == {"load"}
    assert report.reached == 1


def test_a_check_for_another_device_leaves_its_points_out(court):
    court.exercise(
        block("""
            def test_one(student):
                assert_close(student.double(1.0), 2.0)


            def test_gpu(student):
                assert_close(student.double(1.0), 2.0)
        """),
        points={"test_one": 1, "test_gpu": {"points": 4, "devices": ["cuda"]}},
    )
    report = court.judge()
    assert (report.status, report.reached, report.reachable) == ("incomplete", 1, 1)
    assert report.maximum == 5
    assert (report.checks[1].status, report.checks[1].reason) == ("not_run", "device")
    assert report.passed
    assert report.headline.id == "headline.incomplete"
    assert report.headline.args == {"reached": 1, "reachable": 1, "elsewhere": 4}


def test_where_nothing_can_be_shown_nothing_is_wrong(court):
    court.exercise(
        block("""
            def test_gpu(student):
                assert_close(student.double(1.0), 2.0)
        """),
        points={"test_gpu": {"points": 4, "devices": ["cuda"]}},
    )
    for source in (
        DOUBLE,
        block("""
            def double(x):
                return x
        """),
    ):
        report = court.judge(source)
        assert (report.status, report.reached, report.reachable) == ("incomplete", 0, 0)
        assert report.headline.id == "headline.elsewhere"
        assert not report.passed
        assert contradiction(report) is None


def test_beyond_the_budget_nothing_is_run_and_nothing_earned(court):
    court.exercise(
        block("""
            def test_one(student):
                assert_close(student.double(1.0), 2.0)


            @needs()
            def test_two(student):
                assert_close(student.double(1.0), 2.0)


            @hidden
            def test_three(student):
                assert_close(student.double(1.0), 2.0)
        """),
        limits={"cpu_seconds": 5, "budget_seconds": 0.3},
    )
    slow = block("""
        import time


        def double(x):
            end = time.process_time() + 0.35
            while time.process_time() < end:
                pass
            return 2 * x
    """)
    results = court.checks(slow)
    assert statuses(results) == {
        "test_one": "passed",
        "test_two": "not_run",
        "test_three": "not_run",
    }
    assert {results[name].reason for name in ("test_two", "test_three")} == {"budget"}
    assert results["test_two"].feedback[0].args == {"seconds": 0.3}


def test_sleeping_counts_against_the_budget_as_well(court):
    court.exercise(
        block("""
            def test_one(student):
                assert_close(student.double(1.0), 2.0)


            def test_two(student):
                assert_close(student.double(1.0), 2.0)
        """),
        limits={"cpu_seconds": 5, "budget_seconds": 0.1},
    )
    slow = block("""
        import time


        def double(x):
            time.sleep(0.8)
            return 2 * x
    """)
    results = court.checks(slow)
    assert statuses(results) == {"test_one": "passed", "test_two": "not_run"}
    assert results["test_two"].reason == "budget"
    assert results["test_two"].feedback[0].id == "not_run.budget_waiting"


LOOPING = """
def test_one(student):
    student.double(1.0)


def test_two(student):
    student.double(2.0)


def test_three(student):
    assert_close(student.double(3.0), 6.0)


@hidden
def test_four(student):
    assert_close(student.double(4.0), 8.0)


@hidden
def test_five(student):
    assert_close(student.double(5.0), 10.0)
"""


def test_a_function_that_never_comes_back_is_tried_twice_and_once_more_where_it_is_hidden(court):
    court.exercise(LOOPING, limits={"cpu_seconds": 0.3, "budget_seconds": 20})
    results = court.checks(ENDLESS)
    assert statuses(results) == {
        "test_one": "timeout",
        "test_two": "timeout",
        "test_three": "not_run",
        "test_four": "timeout",
        "test_five": "not_run",
    }
    message = results["test_three"].feedback[0]
    assert (results["test_three"].reason, message.id) == ("budget", "not_run.same_timeout")
    assert message.args == {"function": "double"}


def test_what_came_back_once_is_called_to_the_end(court):
    court.exercise(LOOPING, limits={"cpu_seconds": 0.3, "budget_seconds": 20})
    source = block("""
        def double(x):
            while 1 < x < {}:
                pass
            return 2 * x
    """)
    results = court.checks(source.format(3))
    assert results["test_two"].status == "timeout"
    assert {results[name].status for name in results} == {"passed", "timeout"}
    results = court.checks(source.format(5))
    hidden = {"test_four": "timeout", "test_five": "passed"}
    assert statuses(results) == {
        "test_one": "passed",
        "test_two": "timeout",
        "test_three": "timeout",
        **hidden,
    }


def test_two_kinds_of_time_outs_are_not_the_same():
    counted = TimeOuts()
    call = FunctionCall("call", "double", (1.0,), {})
    counted.note(call, TimedOut(2.0, waiting=True))
    counted.note(call, TimedOut(2.0, waiting=False))
    assert not counted.hopeless(call)
    counted.note(call, TimedOut(2.0, waiting=True))
    assert counted.hopeless(call)
    assert not counted.hopeless(FunctionCall("call", "half", (1.0,), {}))
    counted.note(call, Returned(2.0))
    assert not counted.hopeless(call)


# -- processes ----------------------------------------------------------------------------------


def test_a_timeout_costs_one_check_and_the_next_gets_a_fresh_process(court):
    court.exercise(
        block("""
            def test_slow(student):
                student.double(np.ones(2))


            def test_crash(student):
                assert_close(student.double([1.0]), 2.0)


            def test_one(student):
                assert_close(student.double(1.0), 2.0)
        """),
        limits={"cpu_seconds": 0.2},
    )
    source = block("""
        import os

        state = []


        def double(x):
            if isinstance(x, list):
                os._exit(0)
            while hasattr(x, 'sum') and x.ndim:
                state.append(1)
            return 2 * x + len(state)
    """)
    results = court.checks(source)
    assert statuses(results) == {
        "test_slow": "timeout",
        "test_crash": "crash",
        "test_one": "passed",
    }
    assert results["test_slow"].feedback[0].args["seconds"] == 0.2


def test_waiting_is_tried_once_more_since_the_machine_may_have_been_busy(court):
    court.exercise(
        block("""
            def test_one(student, rng, remark):
                remark('seen')
                x = float(rng.normal())
                assert_close(student.double(x), 2 * x)
        """),
        limits={"cpu_seconds": 0.5},
    )
    source = block(f"""
        import time


        def double(x):
            if time.time() < {time.time() + 2.4}:
                time.sleep(60)
            return 2 * x
    """)
    check = court.checks(source)["test_one"]
    assert check.status == "passed", check.feedback
    assert [remark.id for remark in check.remarks] == ["exercise.seen"]


def test_waiting_twice_is_a_timeout(court):
    court.exercise(
        block("""
            def test_one(student):
                assert_close(student.double(1.0), 2.0)
        """),
        limits={"cpu_seconds": 0.1},
    )
    results = court.checks(
        block("""
            import time


            def double(x):
                time.sleep(60)
        """)
    )
    assert (results["test_one"].status, first(results["test_one"])) == ("timeout", "call.waiting")


COUNTER = block("""
    calls = []


    def double(x):
        calls.append(x)
        return len(calls)
""")


def test_state_lives_on_between_shown_checks_and_never_reaches_hidden_ones(court):
    court.exercise(
        block("""
            @hidden
            def test_hidden(student):
                assert_close(student.double(0), 1)


            @held_back
            def test_held_back(student):
                assert_close(student.double(0), 2)


            def test_one(student):
                assert_close(student.double(0), 1)


            def test_two(student):
                assert_close(student.double(0), 2)
        """)
    )
    report = court.judge(COUNTER)
    assert {check.status for check in report.checks} == {"passed"}
    assert [check.visibility for check in report.checks] == [
        "hidden",
        "held_back",
        "shown",
        "shown",
    ]


def test_hidden_prints_are_dropped_for_everybody(court):
    court.exercise(
        block("""
            def test_one(student):
                student.double(1.5)


            @hidden
            def test_two(student):
                student.double(98765.5)
        """)
    )
    source = block("""
        import os, sys
        print('loaded')


        def double(x):
            print('got', x)
            print('err', x, file=sys.stderr)
            os.write(1, f'raw {x}'.encode())
            return x
    """)
    report = court.judge(source)
    assert "got 1.5" in report.output.text
    assert "err 1.5" in report.output.text
    assert "raw 1.5" in report.output.text
    assert "98765" not in report.model_dump_json()
    assert report.output.text.count("loaded") == 1


def test_nothing_passes_from_shown_to_hidden_through_files(court):
    court.exercise(
        block("""
            def test_one(student):
                assert_close(student.double(7), 0)


            @hidden
            def test_two(student):
                assert_close(student.double(8), 0)
        """)
    )
    source = block("""
        import pathlib


        def double(x):
            found = list(pathlib.Path().iterdir())
            pathlib.Path(f'note{x}').write_text('x')
            return len(found)
    """)
    assert {check.status for check in court.judge(source).checks} == {"passed"}


# -- seeds --------------------------------------------------------------------------------------

DRAWS = block("""
    import random

    import numpy as np


    def double(x):
        return [random.random(), np.random.rand()]
""")
SEEN = "    fail('seen', a=student.double(1)[0], b=student.double(1)[1], c=float(rng.normal()))\n"


def drawn(court, checks, **options):
    court.exercise(checks)
    return {name: check.feedback[0].args for name, check in court.checks(DRAWS, **options).items()}


def test_random_functions_are_seeded_for_each_check_by_itself(court):
    one = f"def test_one(student, rng):\n{SEEN}"
    two = f"def test_two(student, rng):\n{SEEN}"
    both = drawn(court, f"{one}\n\n{two}")
    assert both["test_one"] == drawn(court, one)["test_one"]
    assert both["test_two"] == drawn(court, two)["test_two"]
    for name in "abc":
        assert both["test_one"][name] != both["test_two"][name]


def test_another_seed_draws_other_inputs_and_the_course_s_is_the_default(court):
    one = f"def test_one(student, rng):\n{SEEN}"
    public = drawn(court, one)
    assert drawn(court, one, seed=7) == public
    other = drawn(court, one, seed=8)
    assert other["test_one"]["c"] != public["test_one"]["c"]


def test_the_seed_in_the_student_process_tells_nothing_of_the_secret_one(court):
    one = f"def test_one(student, rng):\n{SEEN}"
    public, other = drawn(court, one)["test_one"], drawn(court, one, seed=8)["test_one"]
    assert (public["a"], public["b"]) == (other["a"], other["b"])


def test_two_runs_are_equal_but_for_what_stands_in_run(court):
    court.exercise(
        block("""
            def test_one(student, reference, rng):
                x = rng.normal(size=4)
                assert_close(student.double(x), reference.double(x))


            def test_two(student, rng):
                student.double(rng.normal(size=2))


            @hidden
            def test_three(student, rng):
                x = rng.normal()
                assert_close(student.double(x), 2 * x)
        """)
    )
    for source in [
        DOUBLE,
        DRAWS,
        block("""
            def double(x):
                print(set('abcdefgh'), hash('x'))
                return x.tolist()
        """),
        block("""
            def double(x):
                raise ValueError(x)
        """),
    ]:
        one, two = (court.judge(source).model_dump(exclude={"run"}) for _ in range(2))
        assert one == two
