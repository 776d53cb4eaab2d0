"""The certificate of an exercise: its comparisons reject what is wrong, and it says where not."""

import math

import numpy as np
import pytest

from grader.course.models import Tolerance
from grader.judge.checking.compare import CheckContext, RecordedComparison, assert_close, setting
from grader.judge.validation.mutation_test import CORRUPTIONS, undetected_corruptions

NAN = math.nan
VECTOR = np.array([0.25, -1.5, 3.0])


@pytest.fixture
def under():
    """Compare under a tolerance and a device, as within a check of an exercise."""
    tokens = []

    def enter(device="cpu", **tolerance):
        here = CheckContext(Tolerance(**tolerance), device)
        tokens.append(setting.set(here))
        return here

    yield enter
    for token in reversed(tokens):
        setting.reset(token)


def compared(under, *expected, **tolerance):
    here = under(**tolerance)
    for one in expected:
        assert_close(one, one)
    return here.seen


def test_every_comparison_is_noted(under):
    here = under()
    assert_close({"a": VECTOR, "b": [1.0]}, {"a": VECTOR, "b": [1.0]})
    assert [type(one) for one in here.seen] == [RecordedComparison, RecordedComparison]
    assert [one.expected.shape for one in here.seen] == [(3,), ()]


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_every_corruption_of_a_vector_is_rejected(under, name):
    (comparison,) = compared(under, VECTOR)
    assert comparison.findings(CORRUPTIONS[name](VECTOR))


def test_a_sound_exercise_has_no_accepted_corruption(under):
    assert undetected_corruptions(compared(under, VECTOR), "cpu") == ([], 0)


@pytest.mark.parametrize(
    ("expected", "tolerance", "name"),
    [
        (np.array([1.0, 1.0 + 1e-9]), {}, "ones"),
        (np.array([0.5, 0.5 + 1e-9]), {}, "the mean everywhere"),
        (VECTOR, {"rtol": 0.02}, "1 % too large"),
        (np.array([1e-20, 1.0]), {"rtol": 0.99, "c": 1e16}, "zeros"),
        (np.array([1e-20, 1.0]), {"rtol": 0.99, "c": 1e16}, "the sign flipped"),
    ],
)
def test_a_corruption_that_nothing_rejects_is_found(under, expected, tolerance, name):
    accepted, _ = undetected_corruptions(compared(under, expected, **tolerance), "cpu")
    assert name in accepted


@pytest.mark.parametrize(
    ("expected", "name"),
    [(np.zeros(3), "zeros"), (np.ones(3), "ones"), (np.full(3, NAN), "NaN"), (np.full(3, 0.5), "")],
)
def test_a_corruption_that_is_the_right_value_is_skipped_and_counted(under, expected, name):
    accepted, skipped = undetected_corruptions(compared(under, expected), "cpu")
    assert name not in accepted
    assert skipped > 0


def test_one_comparison_that_rejects_is_enough(under):
    comparisons = compared(under, np.array([1.0, 1.0 + 1e-9]), VECTOR)
    assert undetected_corruptions(comparisons, "cpu")[0] == []


def test_the_certificate_leaves_the_setting_of_a_check_alone(under):
    here = under(device="cuda")
    undetected_corruptions([], "cpu")
    assert setting.get() is here
