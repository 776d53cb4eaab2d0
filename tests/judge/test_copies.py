"""Copies of values: equal to the original, and nothing done to one reaches the other."""

import copy

import numpy as np
import pytest

from grader.judge.processes.copies import copied
from grader.wire.values import GeneratorItems, tensor

ROWS = np.arange(12.0).reshape(3, 4)


def leaves(value):
    """Yield the arrays in a value."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from leaves(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from leaves(item)
    elif hasattr(value, "__dict__"):
        yield from leaves(vars(value))


@pytest.mark.parametrize(
    "value",
    [
        ROWS,
        ROWS.T,
        ROWS[:, ::2],
        np.array([[1], "a"], dtype=object),
        np.float32(1.5),
        np.zeros(()),
        (ROWS, [ROWS.copy(), {"W": ROWS.T}], "text", None, 1 + 2j, b"b"),
        {(1, 2): [True, 3], None: ()},
        tensor([1.0, 2.0]),
        GeneratorItems([ROWS]),
        [[], {}, ((),)],
    ],
    ids=str,
)
def test_a_copy_is_equal_and_shares_nothing(value):
    made, expected = copied(value), copy.deepcopy(value)
    assert type(made) is type(value)
    assert repr(made) == repr(expected)
    for mine, theirs, original in zip(*map(leaves, (made, expected, value)), strict=True):
        assert mine.dtype == theirs.dtype
        assert mine.strides == theirs.strides
        assert not np.shares_memory(mine, original)


def test_containers_are_copied_to_the_bottom():
    inner = [1]
    value = {"a": (inner, [inner])}
    made = copied(value)
    made["a"][0].append(2)
    made["a"][1][0].append(3)
    assert inner == [1]


def test_subclasses_stay_what_they_are():
    masked = np.ma.masked_array([1.0, 2.0], mask=[True, False])
    assert type(copied([masked])[0]) is type(masked)
