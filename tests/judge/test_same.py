"""When two outcomes are the same, strictly or by their values alone."""

import math

import numpy as np
import pytest

from grader.judge.outcomes import Crashed, Raised, Returned, TimedOut
from grader.judge.same import same_outcome, same_value
from grader.wire.values import Drained, Foreign, Tensor

NAN = math.nan


def both(one, other):
    """Whether two values are the same by value, and strictly; the order must not matter."""
    loose, strict = (same_value(one, other, strict=strict) for strict in (False, True))
    assert (loose, strict) == tuple(same_value(other, one, strict=s) for s in (False, True))
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
        Drained([1.0, 2.0]),
        Foreign("Value"),
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
        (Foreign("Value"), Foreign("Node")),
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
    assert both(Drained([1.0, 2.0]), [1.0, 2.0]) == (True, True)


def test_rounding_does_not_make_a_difference():
    rng = np.random.default_rng(3)
    one = rng.normal(size=100)
    assert same_value(one.astype("float32"), one, strict=False)
    assert same_value(one + 1e-13, one, strict=True)
    assert not same_value(one * 1.001, one, strict=False)


def test_a_small_entry_is_compared_at_the_scale_of_its_array():
    assert same_value(np.array([1000.0, 1e-14]), np.array([1000.0, 0.0]), strict=True)
    assert not same_value(np.array([1000.0, 1e-6]), np.array([1000.0, 0.0]), strict=False)


@pytest.mark.parametrize("strict", [True, False])
def test_exceptions_are_the_same_by_type(strict):
    one = Raised("ValueError", "one message", 3)
    assert same_outcome(one, Raised("ValueError", "another", 7), strict=strict)
    assert not same_outcome(one, Raised("TypeError", "one message", 3), strict=strict)
    assert not same_outcome(one, Returned(None), strict=strict)


def test_modified_arguments_count_only_strictly():
    untouched = Returned(1.0)
    modified = Returned(1.0, {0: np.zeros(2)})
    assert same_outcome(untouched, modified, strict=False)
    assert not same_outcome(untouched, modified, strict=True)
    assert not same_outcome(Returned(1.0, {1: np.zeros(2)}), modified, strict=True)
    assert not same_outcome(Returned(1.0, {0: np.ones(2)}), modified, strict=True)
    assert same_outcome(Returned(1.0, {0: np.zeros(2)}), modified, strict=True)


def test_other_ends_are_the_same_by_kind():
    assert same_outcome(TimedOut(2, waiting=False), TimedOut(2, waiting=True), strict=True)
    assert not same_outcome(TimedOut(2, waiting=False), Crashed(None), strict=True)
