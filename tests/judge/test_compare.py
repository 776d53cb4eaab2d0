"""assert_close and its relatives: the coarsest mistake is named first, and NaN never passes."""

import math

import numpy as np
import pytest

from grader.course.models import Tolerance
from grader.judge.checking.compare import CheckContext, assert_close, setting
from grader.judge.failures import AuthorError, CheckFailedError
from grader.wire.values import Callback, GeneratorItems, Tensor, Unsupported

NAN, INF = math.nan, math.inf
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


def findings(got, expected, **options):
    """What is wrong with a result; nothing when it is accepted."""
    try:
        assert_close(got, expected, **options)
    except CheckFailedError as error:
        return list(error.findings)
    return []


def ids(got, expected, **options):
    return [finding.id for finding in findings(got, expected, **options)]


def on(device, values, dtype="float32"):
    return Tensor(np.asarray(values, dtype=dtype), dtype, device)


# -- the order of judgement ---------------------------------------------------------------------


def test_the_kind_comes_before_everything():
    assert ids("nan", np.zeros(3)) == ["compare.type"]
    assert ids([NAN, NAN], np.zeros(3)) == ["compare.type"]
    assert ids(None, np.zeros(3)) == ["compare.none"]
    assert ids(Unsupported("Value"), np.zeros(3)) == ["compare.foreign"]


def test_the_shape_comes_before_device_finiteness_and_values():
    assert ids(on("cuda:0", [NAN, 7]), np.zeros(3)) == ["compare.shape"]


def test_the_device_comes_before_finiteness_and_values(under):
    under(device="cuda")
    assert ids(on("cpu", [NAN, 7, 0]), np.zeros(3)) == ["compare.device"]


def test_finiteness_comes_before_values():
    assert ids(np.array([7, NAN, 0]), np.zeros(3)) == ["compare.nan"]
    assert ids(np.array([7, INF, 0]), np.zeros(3)) == ["compare.inf"]


def test_values_come_last():
    assert ids(np.array([7.0, 0, 0]), np.zeros(3)) == ["compare.values"]


def test_what_is_right_has_no_findings():
    assert findings(VECTOR.copy(), VECTOR) == []


# -- kinds --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("got", "name"),
    [
        ("0.5", "str"),
        ([0.5], "list"),
        ((0.5,), "tuple"),
        ({"a": 0.5}, "dict"),
        (GeneratorItems([0.5]), "generator"),
        (np.array(["a"]), "numpy.ndarray"),
    ],
)
def test_a_foreign_kind_is_named(got, name):
    (finding,) = findings(got, np.array([0.5]))
    assert (finding.id, finding.args["got"]) == ("compare.type", name)


def test_a_type_that_cannot_cross_is_named():
    (finding,) = findings(Unsupported("Dataset"), VECTOR)
    assert finding.args == {"type": "Dataset"}


@pytest.mark.parametrize("got", [2.0, 2, np.float64(2), np.float32(2), np.int64(2), np.array(2.0)])
def test_a_scalar_is_accepted_as_number_numpy_scalar_or_array_without_axes(got):
    assert findings(got, 2.0) == []
    assert findings(got, np.array(2.0)) == []
    assert findings(Tensor(np.array(2.0), "float64", "cpu"), 2.0) == []


def test_a_scalar_is_not_an_array_of_one():
    (finding,) = findings(np.array([2.0]), 2.0)
    assert (finding.id, finding.args) == ("compare.shape", {"got": "(1,)", "expected": "()"})


def test_a_wrong_scalar_is_told_without_a_place():
    (finding,) = findings(2.5, 2.0)
    assert finding.id == "compare.value"
    assert finding.args["got"] == 2.5
    assert finding.args["expected"] == 2.0
    assert "where" not in finding.args


def test_a_broadcast_shape_is_still_wrong():
    (finding,) = findings(np.zeros((3, 1)), np.zeros(3))
    assert finding.args == {"got": "(3, 1)", "expected": "(3,)"}


def test_what_is_expected_must_be_comparable():
    for expected in [None, Unsupported("Value"), np.array(["a"]), np.array([None])]:
        with pytest.raises(AuthorError):
            assert_close(1.0, expected)


# -- finiteness ---------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [{}, {"rtol": 0.9}, {"atol": 1e9}, {"scale": 1e300}])
@pytest.mark.parametrize("bad", [NAN, INF, -INF])
def test_nan_and_infinity_never_pass_for_a_number(bad, options):
    got = VECTOR.copy()
    got[1] = bad
    assert ids(got, VECTOR, **options) == ["compare.nan" if math.isnan(bad) else "compare.inf"]
    assert ids(bad, 1.0, **options)
    assert ids(complex(0, bad), 1.0, **options)


def test_how_many_are_not_finite_and_where_the_first_stands():
    got = np.zeros((2, 3))
    got[0, 2] = got[1, 1] = NAN
    (finding,) = findings(got, np.ones((2, 3)))
    assert finding.args == {"count": 2, "where": "[0, 2]"}


@pytest.mark.parametrize("expected", [NAN, INF, -INF])
@pytest.mark.parametrize("got", [NAN, INF, -INF, 0.0, 1e308, -1e308])
def test_what_is_expected_not_to_be_finite_is_met_exactly_or_wrong(expected, got):
    right = (math.isnan(got) and math.isnan(expected)) or got == expected
    assert (findings(np.array([1.0, got]), np.array([1.0, expected])) == []) == right
    assert (findings(got, expected) == []) == right


def test_an_expected_infinity_does_not_widen_the_tolerance_of_its_neighbours():
    assert ids(np.array([INF, 1.1]), np.array([INF, 1.0])) == ["compare.values"]


def test_tiny_and_huge_values_are_compared_without_overflow():
    assert findings(np.array([1e308, 1e-308]), np.array([1e308, 1e-308])) == []
    assert ids(np.array([-1e308]), np.array([1e308])) == ["compare.values"]


# -- values -------------------------------------------------------------------------------------


def test_the_relative_tolerance_is_that_of_the_exercise(under):
    assert findings(1 + 2e-6, 1.0)
    under(rtol=1e-5)
    assert findings(1 + 2e-6, 1.0) == []


def test_a_check_can_set_a_relative_tolerance_of_its_own():
    assert findings(1.05, 1.0, rtol=0.1) == []
    assert findings(1.05, 1.0, rtol=0.01)


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_the_floor_is_c_times_the_epsilon_of_the_dtype_that_came(under, dtype):
    under(rtol=0, c=32)
    epsilon = float(np.finfo(dtype).eps)
    expected = np.array([1.0, 0.0])
    within = np.array([1, 31 * epsilon], dtype)
    beyond = np.array([1, 40 * epsilon], dtype)
    assert findings(within, expected) == []
    assert ids(beyond, expected) == ["compare.values"]
    assert findings(Tensor(within, dtype, "cpu"), expected) == []
    assert ids(Tensor(beyond, dtype, "cpu"), expected) == ["compare.values"]


def test_integers_have_the_floor_of_float64(under):
    under(rtol=0, c=32)
    assert findings(np.array([1, 0]), np.array([1.0, 1e-15])) == []
    assert findings(np.array([1, 0]), np.array([1.0, 1e-13]))


def test_the_scale_is_the_largest_magnitude_unless_given(under):
    under(rtol=0, c=32)
    expected = np.array([-1000.0, 0.0])
    got = np.array([-1000.0, 20 * 1000 * 2.0**-52])
    assert findings(got, expected) == []
    assert findings(got, expected, scale=1.0)


def test_an_absolute_tolerance_is_added(under):
    under(rtol=0, c=0)
    assert findings(0.5, 0.0, atol=0.5) == []
    assert findings(0.51, 0.0, atol=0.5)


def test_the_worst_element_is_named_not_the_first():
    expected = np.ones((2, 2))
    got = np.array([[1.0, 1.1], [1.0, 3.0]])
    (finding,) = findings(got, expected)
    assert finding.id == "compare.values"
    assert finding.args["where"] == "[1, 1]"
    assert (finding.args["got"], finding.args["expected"]) == (3.0, 1.0)
    assert finding.args["error"] == 2.0
    assert 0 < finding.args["allowed"] < 1e-5


def test_the_worst_element_is_the_one_furthest_beyond_what_is_allowed():
    expected = np.array([1e6, 1.0])
    got = np.array([1e6 + 0.9, 1.5])
    (finding,) = findings(got, expected)
    assert finding.args["where"] == "[1]"


def test_complex_results_are_compared_in_both_parts():
    assert findings(np.array([1 + 2j]), np.array([1 + 2j])) == []
    assert findings(np.array([1 + 2j]), np.array([1 - 2j]))
    assert findings(np.array([1 + 1j]), np.array([1.0]))


def test_truth_values_are_compared():
    assert findings(np.array([True, False]), np.array([True, False])) == []
    assert findings(np.array([True, True]), np.array([True, False]))


def test_an_empty_result_is_right_only_where_one_is_expected():
    assert findings(np.zeros((0, 3)), np.zeros((0, 3))) == []
    assert ids(np.zeros((3, 0)), np.zeros((0, 3))) == ["compare.shape"]


# -- rows ---------------------------------------------------------------------------------------


def test_rows_are_judged_by_their_relative_length(under):
    expected = np.ones((2, 100))
    got = expected.copy()
    got[1] += 5e-4
    under(rtol=1e-3)
    assert findings(got, expected) == []
    under(rtol=1e-3, row_l2=1e-4)
    (finding,) = findings(got, expected)
    assert (finding.id, finding.args["row"]) == ("compare.row", 1)
    assert finding.args["error"] == pytest.approx(5e-3)
    assert finding.args["allowed"] == pytest.approx(1e-3)


def test_a_vector_is_one_row(under):
    under(rtol=1e-3, row_l2=1e-4)
    assert findings(np.ones(50) * (1 + 5e-5), np.ones(50)) == []
    assert ids(np.ones(50) * (1 + 5e-4), np.ones(50)) == ["compare.row"]


def test_a_row_of_zeros_has_the_floor_of_its_elements(under):
    under(rtol=0, row_l2=1e-9, c=32)
    expected = np.array([[0.0, 0.0], [1.0, 1.0]])
    assert findings(expected + 2.0**-50, expected) == []


# -- nested results -----------------------------------------------------------------------------


def test_dictionaries_are_compared_key_by_key():
    expected = {"W": np.ones((2, 2)), "b": np.zeros(2)}
    assert findings({"b": np.zeros(2), "W": np.ones((2, 2)), "more": 1}, expected) == []
    (finding,) = findings({"W": np.ones((2, 2))}, expected)
    assert (finding.id, finding.args) == ("compare.keys", {"missing": "b"})
    assert ids([1], expected) == ["compare.type"]
    assert ids(None, expected) == ["compare.none"]


def test_the_place_in_a_nested_result_is_named():
    expected = {"layers": [(1.0, np.zeros(2)), (2.0, np.ones(2))]}
    got = {"layers": [(1.0, np.zeros(2)), (2.0, np.array([1.0, 5.0]))]}
    (finding,) = findings(got, expected)
    assert (finding.id, finding.args["where"]) == ("compare.values", "[1]")
    assert finding.args["entry"] == "layers[1][1]"


@pytest.mark.parametrize("bad", [None, "x", np.zeros(3), np.array([NAN, 0])])
def test_every_finding_inside_a_result_names_its_place(bad):
    (finding,) = findings([np.zeros(2), bad], [np.zeros(2), np.zeros(2)])
    assert finding.args["entry"] == "[1]"


def test_lists_and_tuples_are_compared_item_by_item():
    assert findings((1.0, 2.0), [1.0, 2.0]) == []
    assert findings([1.0, 2.0], (1.0, 2.0)) == []
    (finding,) = findings([1.0], [1.0, 2.0])
    assert (finding.id, finding.args) == ("compare.length", {"got": 1, "expected": 2})


def test_what_a_generator_yielded_is_compared_item_by_item():
    assert findings(GeneratorItems([1.0, 2.0]), [1.0, 2.0]) == []
    assert findings([1.0, 2.0], GeneratorItems([1.0, 2.0])) == []
    assert ids(GeneratorItems([1.0, 2.0], endless=True), [1.0]) == ["compare.length"]


# -- tensors and devices ------------------------------------------------------------------------


def test_a_tensor_is_compared_by_its_values():
    assert findings(on("cpu", [1, 2]), np.array([1.0, 2.0])) == []
    assert findings(np.array([1.0, 2.0]), on("cpu", [1, 2])) == []
    assert ids(on("cpu", [1, 3]), np.array([1.0, 2.0])) == ["compare.values"]


def test_the_number_of_a_device_does_not_matter(under):
    under(device="cuda")
    assert findings(on("cuda:0", [1]), np.ones(1)) == []


def test_a_wrong_device_is_named(under):
    under(device="cuda")
    (finding,) = findings(on("cpu", [1]), np.ones(1))
    assert finding.args == {"got": "cpu", "expected": "cuda"}


# -- precision ----------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_a_result_that_is_right_but_for_its_rounding_is_told_so(under, dtype):
    under().coarsest = lambda: 0.0  # of float64 arguments
    values = VECTOR * 1.001
    got = (
        Tensor((values.astype("float32").view("uint32") & 0xFFFF0000).view("float32"), dtype, "cpu")
        if dtype == "bfloat16"
        else values.astype(dtype)
    )
    (finding,) = findings(got, values)
    assert (finding.id, finding.args) == ("compare.precision", {"dtype": dtype})


def test_a_coarse_result_that_is_wrong_is_told_its_value(under):
    under().coarsest = lambda: 0.0
    (finding,) = findings((VECTOR * 1.02).astype("float16"), VECTOR)
    assert finding.id == "compare.values"


def test_extended_precision_is_compared_as_any_other(under):
    under()
    assert findings(VECTOR.astype(np.longdouble), VECTOR) == []
    assert findings(VECTOR.astype(np.longdouble) * 1.01, VECTOR)


def test_the_names_of_stand_ins_are_nobody_s_business(under):
    under()
    (finding,) = findings(Callback(3), VECTOR)
    assert finding.args["got"] == "object"
