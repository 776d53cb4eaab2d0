"""Results of every kind that crosses the wire: each is right or wrong, none breaks a check."""

import hypothesis.extra.numpy as st_numpy
import hypothesis.strategies as st
import numpy as np
from hypothesis import given

from grader.judge.checking.compare import assert_close
from grader.judge.checking.properties import assert_dtype, assert_unmodified
from grader.judge.checking.report_parts import messages
from grader.judge.failures import CheckFailedError
from grader.judge.feedback.loading import conclude_load, has_callable_function
from grader.judge.feedback.observations.general import observed
from grader.judge.feedback.observations.own import Wrong
from grader.judge.feedback.outcome_equality import Measure, same_outcome, same_value
from grader.judge.feedback.precision import coarsest_epsilon
from grader.judge.processes.copies import copied
from grader.judge.processes.outcomes import Returned
from grader.judge.processes.sandboxed_program import FunctionCall
from grader.judge.reading.submission import read_bytes
from grader.wire import values

arrays = st_numpy.arrays(
    dtype=st.sampled_from(list(values.DTYPES.values())),
    shape=st_numpy.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3),
)
number = st_numpy.arrays(st.sampled_from(list(values.DTYPES.values())), ()).map(lambda one: one[()])
whole = st.integers() | st.integers(-(10**400), 10**400)
tensors = st.builds(
    values.Tensor,
    arrays,
    st.sampled_from(["float32", "bfloat16", "bool", "\x1b[2J"]),
    st.sampled_from(["", "cpu", "cuda:0", ":"]),
)
named = st.text(max_size=5)
keys = st.none() | st.booleans() | whole | st.floats() | named | number | st.tuples(whole, named)
leaves = (
    *(st.none(), st.booleans(), whole, st.floats(), named, arrays, number, tensors),
    *(st.builds(values.Unsupported, named), st.builds(values.SeededRng, st.integers(0, 9))),
)
results = st.recursive(
    st.one_of(leaves),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(keys, inner, max_size=3)
        | st.builds(values.GeneratorItems, st.lists(inner, max_size=3), st.booleans())
    ),
    max_leaves=6,
)
EXPECTED = [
    *(1.0, 3, True, np.float32(2), np.array(1 + 2j), np.zeros(3), np.zeros((0, 3))),
    *(np.array([[1, 2], [3, 4.0]]), np.array([1e300, -1e-300]), np.array([np.nan, np.inf, 1])),
    *(values.tensor([1.0, 2.0]), [1.0, np.zeros(2)], (1, 2), values.GeneratorItems([1.0])),
    {"a": 1.0, 2: np.zeros((2, 2))},
]
CALL = FunctionCall("call", "double", (np.zeros((2, 2)),), {})


class Exercise:
    """As much of an exercise as loading looks at."""

    functions = {"double": ["x"]}  # noqa: RUF012


SUBMISSION = read_bytes(b"x = 1\n", "ex01.py", "code")
NOTE = {
    "type": "ValueError",
    "detail": "",
    "line": 1,
    "why": "raised",
    "module": None,
    "first": 1,
    "names": [],
    "beside": None,
}


def found(function, *args, **options):
    """Return what a check fails with, as a report holds it; nothing if it passes."""
    findings = ()
    try:
        function(*args, **options)
    except CheckFailedError as error:
        findings = error.findings
    return [message.model_dump_json() for message in messages(findings)]


@given(results)
def test_every_result_is_right_or_wrong(result):
    for expected in EXPECTED:
        strict = found(assert_close, result, expected, rtol=0.0)
        assert strict or not found(assert_close, result, expected, rtol=0.5, atol=1e-3)
    found(assert_dtype, result, "float32")
    assert found(assert_unmodified, Returned(None, {10**300: result}))
    assert coarsest_epsilon(result) >= 0


@given(results, results)
def test_any_two_results_are_the_same_or_not(one, other):
    for measure in (Measure(strict=True), Measure(strict=False)):
        assert same_value(one, one, measure) in {True, False}
        assert same_value(one, other, measure) in {True, False}
        assert same_outcome(Returned(one, {0: other}), Returned(other), measure) in {
            True,
            False,
        }
    for expected in EXPECTED:
        observed({"test_a": [Wrong(CALL, one, expected), Wrong(CALL, other, expected)]})
    copied(one)


@given(results, results)
def test_any_description_of_a_file_is_one_of_a_file_that_loads_or_not(one, other):
    for functions in (
        one,
        {"double": one},
        {"double": {"callable": one, "fits": other}},
        {"double": {"callable": True, "fits": one, "signature": other}},
        {"double": {"callable": False, "type": other}},
    ):
        notes = [one, {"first": other, "names": [one], "beside": None}, NOTE | {"names": [other]}]
        loaded = Returned({"functions": functions, "names": other, "notes": notes, "noted": one})
        conclusion = conclude_load(loaded, Exercise, SUBMISSION)
        messages(conclusion.findings)
        assert (conclusion.status == "passed") <= has_callable_function(loaded, Exercise)
