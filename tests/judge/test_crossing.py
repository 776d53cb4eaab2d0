"""What goes to a submission and comes back: plain data, functions, generators, nothing shared."""

import pytest


def passes(court, check, source, **fields):
    """Judge one check that needs no reference."""
    court.exercise(f"def test_one(student, rng):\n{check}", **fields)
    result = court.checks(source)["test_one"]
    return result.status == "passed" or [message.model_dump() for message in result.feedback]


def test_what_a_generator_yields_is_drained(court):
    source = "def double(x):\n    yield x\n    yield 2 * x\n"
    assert passes(court, "    assert_close(student.double(3.0), [3.0, 6.0])\n", source) is True


def test_an_endless_generator_is_cut_at_the_limit(court):
    source = "def double(x):\n    while True:\n        yield x\n"
    check = (
        "    got = student.double(3.0)\n    assert got.endless\n    assert_close(got, [3.0] * 50)\n"
    )
    assert passes(court, check, source, limits={"items": 50}) is True


def test_a_generator_that_breaks_has_raised(court):
    court.exercise("def test_one(student):\n    student.double(3.0)\n")
    check = court.checks("def double(x):\n    yield x\n    raise LookupError('later')\n")[
        "test_one"
    ]
    assert (check.status, check.feedback[0].args["type"]) == ("error", "LookupError")


def test_a_seed_becomes_a_generator_of_random_numbers(court):
    source = "def double(rng):\n    return rng.normal(size=3)\n"
    check = (
        "    got = student.double(seeded(5))\n"
        "    assert_close(got, np.random.default_rng(5).normal(size=3))\n"
    )
    assert passes(court, check, source) is True


def test_a_function_argument_is_answered_by_the_judge_who_sees_every_call(court):
    source = "def double(f):\n    return f(1.0) + f(2.0)\n"
    check = (
        "    seen = []\n    def square(x):\n        seen.append(x)\n        return x * x\n"
        "    assert_close(student.double(square), 5.0)\n    assert seen == [1.0, 2.0]\n"
    )
    assert passes(court, check, source) is True


def test_a_function_argument_that_cannot_be_evaluated_is_the_student_s_mistake(court):
    court.exercise("def test_one(student):\n    student.double(lambda x: x * 1.0)\n")
    check = court.checks("def double(f):\n    return f('text', 3)\n")["test_one"]
    assert (check.status, check.blame) == ("error", "student")


def test_arguments_of_the_check_are_never_modified(court):
    source = "def double(x):\n    x *= 2\n    return x\n"
    check = (
        "    x = rng.normal(size=3)\n    before = x.copy()\n"
        "    outcome = student.double.outcome(x)\n    assert_close(x, before, rtol=0)\n"
        "    assert_close(outcome.value, 2 * before)\n"
        "    assert_close(outcome.changed[0], 2 * before)\n"
    )
    assert passes(court, check, source) is True


def test_nested_arguments_are_copied_as_well(court):
    source = "def double(x):\n    x['W'][0] = 9.0\n    x['new'] = 1\n    return 0.0\n"
    check = (
        "    x = {'W': np.zeros(2), 'b': [1.0]}\n    student.double(x)\n"
        "    assert list(x) == ['W', 'b']\n    assert_close(x['W'], np.zeros(2))\n"
    )
    assert passes(court, check, source) is True


def test_the_result_is_the_check_s_own_to_change(court):
    source = "held = None\n\n\ndef double(x):\n    return 2 * x\n"
    check = (
        "    x = np.ones(2)\n    got = student.double(x)\n    got += 1\n"
        "    assert_close(student.double(x), np.full(2, 2.0))\n"
    )
    assert passes(court, check, source) is True


def test_plain_data_of_every_kind_crosses_unchanged(court):
    check = (
        "    for value in [None, True, 3, 2**70, 0.1, 'é', [1, (2.0, 'x')], {'a': [None], 3: 4}]:\n"
        "        got = student.double(value)\n"
        "        assert got == value and type(got) is type(value), value\n"
        "    for value in [np.arange(3), np.float32(1.5), np.ones((2, 0)), np.array([1 + 2j])]:\n"
        "        got = student.double(value)\n"
        "        assert type(got) is type(value) and got.dtype == value.dtype\n"
        "        assert got.shape == value.shape\n"
    )
    assert passes(court, check, "def double(x):\n    return x\n") is True


def test_the_reference_computes_in_float64_and_its_results_cannot_be_spoilt(court):
    court.exercise(
        "def test_one(student, reference):\n    x = np.ones(2, 'float32')\n"
        "    first = reference.double(x)\n    assert first.dtype == 'float64'\n    first += 1\n"
        "    assert_close(student.double(x), reference.double(x))\n"
    )
    assert court.checks()["test_one"].status == "passed"


COARSE = {
    "forged": (
        "from grader.wire.values import Tensor\n\n\ndef double(x):\n"
        "    return Tensor(2.1 * x, 'bfloat16', '')\n"
    ),
    "honest": "def double(x):\n    return (2.02 * x).astype('float16')\n",
}


@pytest.mark.parametrize("source", COARSE.values(), ids=COARSE)
def test_a_coarse_dtype_buys_no_tolerance(court, source):
    court.exercise(
        "def test_one(student, reference, rng):\n    x = rng.normal(size=3)\n"
        "    assert_close(student.double(x), reference.double(x))\n"
    )
    assert court.checks(source)["test_one"].status == "failed"
