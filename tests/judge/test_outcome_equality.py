"""When two outcomes are the same, strictly or by their values alone."""

import math

import numpy as np
import pytest

from grader.course.models import Tolerance
from grader.judge.feedback.outcome_equality import Measure, same_outcome, same_value
from grader.judge.processes.outcomes import Crashed, Raised, Returned, TimedOut
from grader.wire.values import GeneratorItems, Tensor, Unsupported

NAN = math.nan


def both(one, other):
    """Whether two values are the same by value, and strictly; the order must not matter."""
    loose, strict = (same_value(one, other, Measure(strict=strict)) for strict in (False, True))
    assert (loose, strict) == tuple(
        same_value(other, one, Measure(strict=s)) for s in (False, True)
    )
    return loose, strict


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        3,
        2**80,
        0.1,
        NAN,
        math.inf,
        "text",
        [1.0, "a", None],
        (1, [2.0]),
        {"W": np.ones((2, 2)), 3: None},
        np.arange(3.0),
        np.array([NAN, math.inf, -math.inf]),
        np.array([True, False]),
        np.array([1 + 2j]),
        np.zeros((0, 3)),
        np.float32(0.5),
        Tensor(np.ones(2, "float32"), "float32", "cpu"),
        GeneratorItems([1.0, 2.0]),
        Unsupported("Value"),
    ],
)
def test_a_value_is_the_same_as_itself(value):
    assert both(value, value) == (True, True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1.0, 2.0),
        (0.0, 1e-9),
        (1.0, NAN),
        (math.inf, -math.inf),
        (True, False),
        ("a", "b"),
        (None, 0.0),
        ("1", 1.0),
        (1.0, np.array([1.0])),
        (np.zeros(3), np.zeros((1, 3))),
        (np.ones(3), np.array([1.0, 1.0, 1.1])),
        (np.array([1.0, NAN]), np.array([1.0, 0.0])),
        (np.array([1.0, math.inf]), np.array([1.0, -math.inf])),
        (np.array([True, False]), np.array([True, True])),
        ([1.0], [1.0, 1.0]),
        ({"a": 1.0}, {"b": 1.0}),
        ({"a": 1.0}, {"a": 1.0, "b": 1.0}),
        (Unsupported("Value"), Unsupported("Node")),
    ],
)
def test_different_values_are_never_the_same(one, other):
    assert both(one, other) == (False, False)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([1.0, 2.0], (1.0, 2.0)),
        (np.ones(2, "float32"), np.ones(2)),
        (np.ones(2, "int64"), np.ones(2)),
        (np.float64(1), np.array(1.0)),
        (1, 1.0),
        (1.0, np.float64(1)),
        (Tensor(np.ones(2), "float64", "cpu"), np.ones(2)),
        (Tensor(np.ones(2, "float32"), "bfloat16", "cpu"), Tensor(np.ones(2), "float64", "cpu")),
    ],
)
def test_kinds_and_dtypes_count_only_strictly(one, other):
    assert both(one, other) == (True, False)


def test_what_a_generator_yielded_is_a_list():
    assert both(GeneratorItems([1.0, 2.0]), [1.0, 2.0]) == (True, True)


def test_rounding_does_not_make_a_difference():
    rng = np.random.default_rng(3)
    one = rng.normal(size=100)
    assert same_value(one.astype("float32"), one, Measure(strict=False))
    assert same_value(one + 1e-13, one, Measure(strict=True))
    assert not same_value(one * 1.001, one, Measure(strict=False))


def test_a_small_entry_is_compared_at_the_scale_of_its_array():
    assert same_value(np.array([1000.0, 1e-14]), np.array([1000.0, 0.0]), Measure(strict=True))
    assert not same_value(np.array([1000.0, 1e-6]), np.array([1000.0, 0.0]), Measure(strict=False))


COARSE = [np.float16(1.5), Tensor(np.array([1.5], "float32"), "bfloat16", "cpu")]


@pytest.mark.parametrize("value", COARSE, ids=["float16", "bfloat16"])
def test_a_coarse_result_resembles_nothing_but_itself(value):
    near = value * 1.001 if isinstance(value, np.float16) else np.array([1.501])
    measure = Measure(Tolerance(rtol=1e-6))
    assert same_value(value, value, measure)
    assert not same_value(value, np.asarray(near, "float64"), measure)


def test_coarse_arguments_excuse_a_coarse_result():
    measure = Measure(coarsest=float(np.finfo("float16").eps))
    assert same_value(np.float16(1.5), np.float64(1.501), measure)


def test_the_tolerance_is_that_of_the_exercise():
    assert not same_value(1.0, 1.0001, Measure())
    assert same_value(1.0, 1.0001, Measure(Tolerance(rtol=1e-3)))


@pytest.mark.parametrize("strict", [True, False])
def test_exceptions_are_the_same_by_type_and_message(strict):
    measure = Measure(strict=strict)
    one = Raised("ValueError", "shapes (3,) (5,4)", 3)
    assert same_outcome(one, Raised("ValueError", "shapes (12,) (7,1)", 7), measure)
    assert not same_outcome(one, Raised("ValueError", "shapes (3,) (5,)", 3), measure)
    assert not same_outcome(one, Raised("ValueError", None, 3), measure)
    assert not same_outcome(one, Raised("TypeError", "shapes (3,) (5,4)", 3), measure)
    assert not same_outcome(one, Returned(None), measure)


def test_addresses_in_a_message_count_for_nothing():
    one, other = (Raised("KeyError", f"<f at 0x7f{n}a>", 3) for n in (12, 99))
    assert same_outcome(one, other, Measure())


def test_modified_arguments_count_only_strictly():
    untouched = Returned(1.0)
    modified = Returned(1.0, {0: np.zeros(2)})
    assert same_outcome(untouched, modified, Measure(strict=False))
    assert not same_outcome(untouched, modified, Measure(strict=True))
    assert not same_outcome(Returned(1.0, {1: np.zeros(2)}), modified, Measure(strict=True))
    assert not same_outcome(Returned(1.0, {0: np.ones(2)}), modified, Measure(strict=True))
    assert same_outcome(Returned(1.0, {0: np.zeros(2)}), modified, Measure(strict=True))


def test_other_ends_are_the_same_by_kind():
    assert same_outcome(TimedOut(2, waiting=False), TimedOut(2, waiting=True), Measure(strict=True))
    assert not same_outcome(TimedOut(2, waiting=False), Crashed(None), Measure(strict=True))
