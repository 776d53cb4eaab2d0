"""What goes to a submission and comes back: plain data, functions, generators, nothing shared."""

import textwrap

import pytest
from support.text_blocks import block


def passes(court, check, source, **fields):
    """Judge one check that needs no reference."""
    body = textwrap.indent(check, "    ")
    court.exercise(f"def test_one(student, rng):\n{body}", **fields)
    result = court.checks(source)["test_one"]
    return result.status == "passed" or [message.model_dump() for message in result.feedback]


def test_what_a_generator_yields_is_drained(court):
    source = block("""
        def double(x):
            yield x
            yield 2 * x
    """)
    assert passes(court, "assert_close(student.double(3.0), [3.0, 6.0])\n", source) is True


def test_an_endless_generator_is_cut_at_the_limit(court):
    source = block("""
        def double(x):
            while True:
                yield x
    """)
    check = block("""
        got = student.double(3.0)
        assert got.endless
        assert_close(got, [3.0] * 50)
    """)
    assert passes(court, check, source, limits={"items": 50}) is True


def test_a_generator_that_breaks_has_raised(court):
    court.exercise(
        block("""
            def test_one(student):
                student.double(3.0)
        """)
    )
    check = court.checks(
        block("""
            def double(x):
                yield x
                raise LookupError('later')
        """)
    )["test_one"]
    assert (check.status, check.feedback[0].args["type"]) == ("error", "LookupError")


def test_a_seed_becomes_a_generator_of_random_numbers(court):
    source = block("""
        def double(rng):
            return rng.normal(size=3)
    """)
    check = block("""
        got = student.double(seeded(5))
        assert_close(got, np.random.default_rng(5).normal(size=3))
    """)
    assert passes(court, check, source) is True


def test_a_function_argument_is_answered_by_the_judge_who_sees_every_call(court):
    source = block("""
        def double(f):
            return f(1.0) + f(2.0)
    """)
    check = block("""
        seen = []
        def square(x):
            seen.append(x)
            return x * x
        assert_close(student.double(square), 5.0)
        assert seen == [1.0, 2.0]
    """)
    assert passes(court, check, source) is True


def test_a_function_argument_that_cannot_be_evaluated_is_the_student_s_mistake(court):
    court.exercise(
        block("""
            def test_one(student):
                student.double(lambda x: x * 1.0)
        """)
    )
    check = court.checks(
        block("""
            def double(f):
                return f('text', 3)
        """)
    )["test_one"]
    assert (check.status, check.blame) == ("error", "student")


def test_arguments_of_the_check_are_never_modified(court):
    source = block("""
        def double(x):
            x *= 2
            return x
    """)
    check = block("""
        x = rng.normal(size=3)
        before = x.copy()
        outcome = student.double.outcome(x)
        assert_close(x, before, rtol=0)
        assert_close(outcome.value, 2 * before)
        assert_close(outcome.changed[0], 2 * before)
    """)
    assert passes(court, check, source) is True


def test_nested_arguments_are_copied_as_well(court):
    source = block("""
        def double(x):
            x['W'][0] = 9.0
            x['new'] = 1
            return 0.0
    """)
    check = block("""
        x = {'W': np.zeros(2), 'b': [1.0]}
        student.double(x)
        assert list(x) == ['W', 'b']
        assert_close(x['W'], np.zeros(2))
    """)
    assert passes(court, check, source) is True


def test_the_result_is_the_check_s_own_to_change(court):
    source = block("""
        held = None


        def double(x):
            return 2 * x
    """)
    check = block("""
        x = np.ones(2)
        got = student.double(x)
        got += 1
        assert_close(student.double(x), np.full(2, 2.0))
    """)
    assert passes(court, check, source) is True


def test_plain_data_of_every_kind_crosses_unchanged(court):
    check = block("""
        for value in [None, True, 3, 2**70, 0.1, 'é', [1, (2.0, 'x')], {'a': [None], 3: 4}]:
            got = student.double(value)
            assert got == value and type(got) is type(value), value
        for value in [np.arange(3), np.float32(1.5), np.ones((2, 0)), np.array([1 + 2j])]:
            got = student.double(value)
            assert type(got) is type(value) and got.dtype == value.dtype
            assert got.shape == value.shape
    """)
    unchanged = block("""
        def double(x):
            return x
    """)
    assert passes(court, check, unchanged) is True


def test_the_reference_computes_in_float64_and_its_results_cannot_be_spoilt(court):
    court.exercise(
        block("""
            def test_one(student, reference):
                x = np.ones(2, 'float32')
                first = reference.double(x)
                assert first.dtype == 'float64'
                first += 1
                assert_close(student.double(x), reference.double(x))
        """)
    )
    assert court.checks()["test_one"].status == "passed"


COARSE = {
    "forged": (
        block("""
            from grader.wire.values import Tensor


            def double(x):
                return Tensor(2.1 * x, 'bfloat16', '')
        """)
    ),
    "honest": block("""
        def double(x):
            return (2.02 * x).astype('float16')
    """),
}


@pytest.mark.parametrize("source", COARSE.values(), ids=COARSE)
def test_a_coarse_dtype_buys_no_tolerance(court, source):
    court.exercise(
        block("""
            def test_one(student, reference, rng):
                x = rng.normal(size=3)
                assert_close(student.double(x), reference.double(x))
        """)
    )
    assert court.checks(source)["test_one"].status == "failed"
