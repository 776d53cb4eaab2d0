"""Facts about arrays that come with the judge: each told where it is true, silent elsewhere."""

import math

import numpy as np
import pytest

from grader.judge.failures import Finding
from grader.judge.feedback.observations.general import observed
from grader.judge.feedback.observations.own import Wrong
from grader.judge.processes.sandboxed_program import FunctionCall
from grader.observations.registry import general_observations
from grader.wire.values import Tensor, Unsupported

SHAPES = [(4, 3), (4, 3), (7, 2), (5, 5)]
LENGTHS = [(5,), (6,), (8,), (9,)]


def call(*args):
    return FunctionCall("call", "f", args, {})


def numbers(shape):
    """Numbers of both signs and several sizes, the same in every run."""
    return np.random.default_rng([5, *shape]).normal(size=shape) * 3


def results(wrong, shapes=SHAPES, right=lambda batch: batch):
    """Results that are made of the right ones, for batches of these shapes."""
    found = []
    for place, shape in enumerate(shapes):
        batch = numbers(shape) + place / 8
        found.append(Wrong(call(np.array(batch)), wrong(right(batch)), right(batch)))
    return found


def finding(calls, **more):
    return observed({"test_a": calls, **more}).get("test_a", (None,))[0]


def named(calls, **more):
    told = finding(calls, **more)
    return told and told.id


def positive(batch):
    return np.abs(batch) + 0.5


def squared(batch):
    """Right values that are no argument of the call."""
    return batch * batch + batch


def upside(right):
    return np.concatenate([right[:1] + 1, right[1:]])


def last(right):
    return np.concatenate([right[:-1], right[-1:] * 2 + 1])


def behind_first(right):
    return np.concatenate([right[:1], right[1:] * 2 + 1])


TRANSFORMED = {
    "transform.sign": lambda right: -right,
    "transform.transposed": lambda right: right.T,
    "transform.factor_n": lambda right: right * len(right),
    "transform.over_n": lambda right: right / len(right),
    "observation.factor_k": lambda right: right * right.shape[-1],
    "observation.over_k": lambda right: right / right.shape[-1],
    "transform.log2": lambda right: right / math.log(2),
    "transform.log10": lambda right: right / math.log(10),
    "transform.constant": lambda right: 0.5 * right,
    "observation.added": lambda right: right + 0.25,
    "observation.proportional": lambda right: right / right.max(axis=-1, keepdims=True),
    "observation.zeros": np.zeros_like,
    "observation.same": lambda right: np.full_like(right, right.max()),
    "observation.truncated": np.trunc,
    "observation.rounded": lambda right: np.round(right, 2),
    "observation.float16": lambda right: right.astype(np.float16).astype(np.float64),
    "observation.absolute": np.abs,
    "observation.exp": np.exp,
    "observation.square": np.square,
    "observation.reciprocal": np.reciprocal,
    "observation.one_minus": lambda right: 1 - right,
    "observation.clipped_above": lambda right: np.minimum(right, 1.0),
    "observation.clipped_below": lambda right: np.maximum(right, 0.0),
    "observation.shape_only": lambda right: right.ravel(),
    "observation.reversed": lambda right: right[::-1],
    "observation.cumulative": lambda right: np.cumsum(right, axis=0),
    "observation.late": lambda right: np.roll(right, 1, axis=0),
    "observation.early": lambda right: np.concatenate([right[1:], right[:1] * 0]),
    "observation.rows_reordered": lambda right: right[[1, 0, *range(2, len(right))]],
    "observation.reordered": lambda right: np.sort(right, axis=None).reshape(right.shape),
    "observation.but_last": last,
    "observation.but_first": upside,
    "observation.first_only": behind_first,
}


@pytest.mark.parametrize("id_", TRANSFORMED)
def test_each_fact_is_told_of_what_it_is_about(id_):
    assert named(results(TRANSFORMED[id_], right=squared)) == id_


@pytest.mark.parametrize(
    ("id_", "wrong", "right"),
    [
        ("observation.log", np.log, positive),
        ("observation.root", np.sqrt, positive),
        ("observation.whole", np.round, squared),
        ("observation.argument", lambda right: right, None),
        ("observation.where_positive", None, None),
        ("observation.where_negative", None, None),
        ("observation.mean_missing", None, None),
        ("observation.sum_missing", None, None),
        ("observation.mean_of_all", np.mean, squared),
        ("observation.sum_of_all", np.sum, squared),
        ("observation.other_axis", None, None),
    ],
)
def test_facts_on_what_was_given_or_should_be_one_number(id_, wrong, right):
    if right is not None:
        assert named(results(wrong, right=right)) == id_
        return
    made = {
        "observation.argument": lambda x: (x, 2 * x + 1),
        "observation.where_positive": lambda x: (np.where(x > 0, x, x + 1), x / 1.0),
        "observation.where_negative": lambda x: (np.where(x < 0, x * x, 3 * x), x * x),
        "observation.mean_missing": lambda x: (x[:, 0], x[:, 0].mean()),
        "observation.sum_missing": lambda x: (x[:, 0], x[:, 0].sum()),
        "observation.other_axis": lambda x: (x.sum(axis=1), x.sum(axis=0)),
    }[id_]
    batches = [numbers(shape) for shape in SHAPES]
    assert named([Wrong(call(x), *made(x)) for x in batches]) == id_


def test_every_fact_is_among_these_tests():
    tested = {*TRANSFORMED, "observation.log", "observation.root", "observation.whole"}
    tested |= {"observation.argument", "observation.where_positive", "observation.where_negative"}
    tested |= {"observation.mean_missing", "observation.sum_missing", "observation.other_axis"}
    tested |= {"observation.mean_of_all", "observation.sum_of_all"}
    assert {fact.id for fact in general_observations()} == tested


def test_arguments_are_told():
    assert finding(results(lambda right: right * 2)).args == {"c": 2.0}
    assert finding(results(lambda right: right / 3)).args == {"c": 0.3333}
    assert finding(results(lambda right: np.round(right, 3))).args == {"n": 3}
    assert finding(results(lambda right: np.maximum(right, 0))).args == {"c": 0.0}
    assert finding(results(lambda right: right - 0.5)).args == {"c": -0.5}


def test_float32_is_no_obstacle():
    assert named(results(lambda right: (-right).astype("float32"))) == "transform.sign"


def test_right_results_and_those_right_but_for_rounding_are_not_explained():
    assert named(results(lambda right: right)) is None
    assert named(results(lambda right: right + 1e-9)) is None
    assert named([]) is None


@pytest.mark.parametrize("count", [1, 2])
def test_a_constant_needs_three_results(count):
    assert named(results(lambda right: 0.7 * right, [(7,), (8,)][:count])) != "transform.constant"


def test_a_constant_needs_results_of_two_sizes():
    assert named(results(lambda right: 3.5 * right, [(4,)] * 5)) != "transform.constant"
    told = named(results(lambda right: 3.5 * right, [(4,)] * 2 + [(5,)]))
    assert told == "transform.constant"


def test_one_number_that_fits_proves_nothing():
    wrong = [Wrong(call(3.0), -0.25, 0.25)]
    assert named(wrong) is None
    assert named(wrong, test_b=[Wrong(call(2.0), -0.5, 0.5)]) is None


def test_what_speaks_for_a_fact_is_counted_over_all_checks_of_which_it_is_true():
    wrong = {f"test_{i}": [Wrong(call(float(i)), -i / 8, i / 8)] for i in range(1, 5)}
    assert {told.id for (told,) in observed(wrong).values()} == {"transform.sign"}
    assert len(observed(wrong)) == 4


def test_each_check_is_told_what_is_true_of_its_own_results():
    told = observed(
        {"test_a": results(lambda right: -right), "test_b": results(np.square, [(9,), (8,)])}
    )
    assert told["test_a"][0].id == "transform.sign"
    assert told["test_b"][0].id == "observation.square"


def test_the_fact_that_is_true_of_more_checks_is_told_of_all():
    below = results(np.abs, right=lambda batch: -positive(batch))
    assert named(below) == "transform.sign"
    assert named(below, test_b=results(np.abs)) == "observation.absolute"


def test_numbers_from_batches_of_two_sizes_are_enough():
    found = [Wrong(call(np.zeros((n, 2))), -0.5 * n * n, -0.5 * n) for n in (3, 4, 5, 8)]
    assert named(found) == "transform.factor_n"


def test_of_batches_of_one_size_nobody_knows_whether_it_is_n():
    found = results(lambda right: right * 4, [(4, 3), (4, 2), (4, 5)])
    assert named(found) == "transform.constant"


def test_of_square_batches_nobody_knows_whether_it_is_rows_or_columns():
    assert named(results(lambda right: right * len(right), [(3, 3), (4, 4), (5, 5)])) not in {
        "transform.factor_n",
        "observation.factor_k",
    }


@pytest.mark.parametrize(
    "veto",
    [
        lambda right: right + 1,
        lambda right: 2 * right,
        lambda right: right[:1],
        lambda right: 0 * right,
    ],
)
def test_one_wrong_result_that_does_not_fit_vetoes(veto):
    wrong = results(lambda right: -right)
    assert named([*wrong, *results(veto, [(6, 3)])]) is None


@pytest.mark.parametrize(
    "veto", [math.nan, None, "text", Unsupported("Value"), [1.0], True, 10**400]
)
def test_a_wrong_result_that_is_no_finite_number_vetoes_as_well(veto):
    wrong = results(lambda right: -right)
    assert named([*wrong, Wrong(call(np.zeros((3, 2))), veto, -0.75)]) is None
    array = np.array([veto if isinstance(veto, float) else math.inf, 1.0])
    assert named([*wrong, Wrong(call(np.zeros((3, 2))), array, np.ones(2))]) is None


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan, 1.7e308])
def test_results_beyond_all_numbers_raise_nothing(value):
    assert named(results(lambda right: np.full(right.shape, value))) in {None, "observation.same"}
    told = named(results(lambda right: np.where(right > 0, value, right)))
    assert told in {None, "observation.where_negative"}


def test_parts_that_are_wrong_are_named_where_others_are_right():
    right = {"W1": numbers((2, 3)), "W2": numbers((3, 2)), "b1": numbers((3,))}
    wrong = {name: -value for name, value in right.items()}
    assert observed({"t": [Wrong(call(), wrong, right)]})["t"] == (Finding("transform.sign"),)
    partly = Wrong(call(), {**wrong, "b1": right["b1"]}, right)
    assert observed({"t": [partly]})["t"] == (
        Finding("transform.sign"),
        Finding("observation.parts", {"names": "W1, W2"}),
    )
    other = Wrong(call(), {**wrong, "W1": right["W1"]}, right)
    assert observed({"t": [partly, other]}) == {}


def test_a_part_without_a_name_that_is_right_must_not_speak_against_it():
    right = [numbers((2, 3)), (numbers((3,)), 0.5)]
    wrong = [-right[0], (-right[1][0], -0.5)]
    assert named([Wrong(call(), wrong, right)]) == "transform.sign"
    assert named([Wrong(call(), [right[0], wrong[1]], right)]) is None


def test_a_factor_next_to_one_is_rounding():
    assert named(results(lambda right: right * 1.0003)) != "transform.constant"
    assert named(results(lambda right: right.astype("float16"), [(3,), (4,), (5,)])) is None


def test_tensors_are_read_as_their_values():
    found = []
    for shape in SHAPES:
        right = numbers(shape).astype("float32")
        found.append(
            Wrong(call(), Tensor(-right, "float32", "cpu"), Tensor(right, "float32", "cpu"))
        )
    assert named(found) == "transform.sign"


def test_small_values_beside_large_ones_support_nothing():
    right = np.array([1.0, 1e-9, 2e-9, 3e-9, 4e-9])
    assert named([Wrong(call(), -right, right)]) is None
    ones = [Wrong(call(), np.exp(numbers((n,)) * 1e-9), numbers((n,)) * 1e-9) for n in (5, 6, 7)]
    assert named(ones) not in {"observation.exp", "observation.one_minus", "observation.added"}


def test_a_result_that_is_too_large_to_look_at_is_told_nothing():
    right = np.arange(1.0, 30_000.0)
    assert named([Wrong(call(), -right, right)]) is None
