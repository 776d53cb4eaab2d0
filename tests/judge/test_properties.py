"""What is asked of results besides their values; each check asks for its own thing alone."""

import numpy as np
import pytest

from grader.judge.checking.properties import (
    assert_computed,
    assert_dtype,
    assert_unmodified,
    returned,
)
from grader.judge.failures import CallFailedError, CheckFailedError
from grader.judge.processes.outcomes import Raised, Returned
from grader.wire.values import Tensor, Unsupported

RAISED = Raised("ValueError", "x", 1, function="softmax")


def on(device, values, dtype="float64"):
    """A tensor as it comes back from the student process."""
    return Tensor(np.asarray(values, dtype), dtype, device)


@pytest.mark.parametrize(
    "got", [np.zeros(2, "float32"), np.float32(0), on("cpu", [0, 0], "float32")]
)
def test_the_dtype_of_arrays_scalars_and_tensors(got):
    assert_dtype(got, "float32")
    with pytest.raises(CheckFailedError) as caught:
        assert_dtype(got, "float64")
    (finding,) = caught.value.findings
    assert finding.id == "compare.dtype"
    assert finding.args == {"got": "float32", "expected": "float64"}


def test_the_dtype_of_a_tensor_is_torch_s_even_where_numpy_has_none():
    assert_dtype(Tensor(np.zeros(2, "float32"), "bfloat16", "cpu"), "bfloat16")


@pytest.mark.parametrize("got", [None, "x", [1.0], Unsupported("Value")])
def test_what_is_no_array_has_no_dtype(got):
    with pytest.raises(CheckFailedError) as caught:
        assert_dtype(got, "float64")
    assert caught.value.findings[0].id in {"compare.none", "compare.type", "compare.foreign"}


def test_a_modified_argument_is_named_by_its_number():
    with pytest.raises(CheckFailedError) as caught:
        assert_unmodified(Returned(1.0, {2: np.zeros(1), 1: np.zeros(1)}))
    (finding,) = caught.value.findings
    assert (finding.id, finding.args) == ("compare.modified", {"argument": 2})


def test_unmodified_arguments_are_right():
    assert_unmodified(Returned(1.0))


def test_a_call_that_raised_left_nothing_to_judge():
    outcome = Raised("ValueError", "x", 1, function="softmax")
    with pytest.raises(CallFailedError) as caught:
        assert_unmodified(outcome)
    assert (caught.value.function, caught.value.outcome) == ("softmax", outcome)


def test_a_form_that_raises_is_for_another_check():
    assert_unmodified(RAISED, Returned(1.0), RAISED)
    assert [one.value for one in returned(RAISED, Returned(2.0))] == [2.0]
    with pytest.raises(CheckFailedError):
        assert_unmodified(RAISED, Returned(1.0, {0: np.zeros(1)}))
    with pytest.raises(CallFailedError):
        assert_unmodified(RAISED, RAISED)


def test_results_that_follow_their_arguments_are_computed():
    assert_computed([Returned(1.0), Returned(2.0)])
    assert_computed([RAISED, Returned(2.0)], [Returned(np.ones(2)), Returned(np.zeros(2))])
    assert_computed([Returned(0.0), Returned(0.0)], [Returned([1]), Returned([2])])


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0.0, "compare.constant"),
        (np.nan, "compare.constant"),
        (np.zeros(3), "compare.constant"),
        ({"W": on("cpu", [0, 0])}, "compare.constant"),
        (None, "compare.none"),
        (Unsupported("function"), "compare.foreign"),
    ],
)
def test_a_result_that_never_changes_is_computed_from_nothing(value, told):
    with pytest.raises(CheckFailedError) as caught:
        assert_computed([RAISED, Returned(7.0)], [Returned(value), Returned(value)])
    assert [finding.id for finding in caught.value.findings] == [told]


def test_the_same_numbers_in_another_dtype_are_the_same():
    zeros = [Returned(np.zeros(3, dtype)) for dtype in ("float32", "float64")]
    with pytest.raises(CheckFailedError):
        assert_computed(zeros)


def test_without_a_pair_that_returned_there_is_nothing_to_see():
    with pytest.raises(CallFailedError) as caught:
        assert_computed([RAISED, Returned(7.0)], [RAISED, RAISED])
    assert caught.value.outcome == RAISED
