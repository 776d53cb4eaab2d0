"""Simple transformations are recognised where one of them explains every wrong result."""

import math

import numpy as np
import pytest

from grader.judge.candidate import Call
from grader.judge.transformations import explain, pairs
from grader.wire.values import Foreign, Tensor

RNG = np.random.default_rng(5)
SHAPES = [(4, 3), (4, 3), (7, 2), (5, 5)]


def call(*args):
    return Call("call", "f", args, {})


def results(wrong, shapes=SHAPES):
    """Results of ``wrong`` on batches of these shapes, beside the right ones."""
    found = []
    for shape in shapes:
        batch = RNG.normal(size=shape)
        found += pairs(call(batch), wrong(batch), batch)
    return found


def named(found):
    finding = explain(found)
    return finding and finding.id


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("transform.sign", lambda right: -right),
        ("transform.transposed", lambda right: right.T),
        ("transform.factor_n", lambda right: right * len(right)),
        ("transform.over_n", lambda right: right / len(right)),
        ("transform.log2", lambda right: right / math.log(2)),
        ("transform.log10", lambda right: right / math.log(10)),
        ("transform.constant", lambda right: 0.5 * right),
    ],
)
def test_each_transformation_is_named(name, wrong):
    assert named(results(wrong)) == name


def test_the_constant_is_told():
    assert explain(results(lambda right: right * 2)).args == {"c": 2.0}
    assert explain(results(lambda right: right / 3)).args == {"c": 0.3333}


def test_float32_is_no_obstacle():
    assert named(results(lambda right: (-right).astype("float32"))) == "transform.sign"


def test_right_results_are_not_explained():
    assert explain(results(lambda right: right)) is None
    assert explain(results(lambda right: right + 1e-9)) is None
    assert explain([]) is None


@pytest.mark.parametrize("count", [0, 1, 2])
def test_fewer_than_three_wrong_results_prove_nothing(count):
    assert explain(results(lambda right: -right, [(2, 3), (4, 3)][:count])) is None


def test_results_of_one_size_prove_nothing():
    assert explain(results(lambda right: -right, [(4, 3)] * 5)) is None
    assert explain(results(lambda right: -right, [(4, 3)] * 2 + [(5, 3)])) is not None


def test_numbers_from_batches_of_two_sizes_are_enough():
    found = []
    for samples in (3, 5, 8):
        found += pairs(call(np.zeros((samples, 2))), -0.75 * samples, -0.75)
    assert named(found) == "transform.factor_n"


def test_right_results_among_the_wrong_ones_make_the_sentence_false():
    right = results(lambda right: right)
    for transformed in (lambda right: -right, lambda right: 3.5 * right):
        assert explain([*right, *results(transformed)]) is None


def test_right_results_that_the_transformation_leaves_alone_do_not_hinder():
    zeros = list(pairs(call(np.ones(3)), np.zeros(3), np.zeros(3)))
    for transformed in (lambda right: -right, lambda right: 3.5 * right):
        assert explain([*zeros, *results(transformed)]) is not None


@pytest.mark.parametrize(
    "veto",
    [
        lambda right: right + 1,
        lambda right: 2 * right,
        lambda right: right[:1],
        lambda right: 0 * right,
    ],
)
def test_one_wrong_result_that_is_not_explained_vetoes(veto):
    wrong = results(lambda right: -right)
    assert named([*wrong, *results(veto, [(6, 3)])]) is None


@pytest.mark.parametrize("veto", [math.nan, None, "text", Foreign("Value"), [1.0], True])
def test_a_wrong_result_that_is_no_finite_number_vetoes_as_well(veto):
    wrong = results(lambda right: -right)
    assert named([*wrong, *pairs(call(np.zeros((3, 2))), veto, -0.75)]) is None
    array = np.array([veto if isinstance(veto, float) else math.inf, 1.0])
    assert named([*wrong, *pairs(call(np.zeros((3, 2))), array, np.ones(2))]) is None


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan, 1.7e308])
def test_results_beyond_all_numbers_are_no_transformation(value):
    assert explain(results(lambda right: np.full(right.shape, value))) is None
    assert explain(results(lambda right: np.where(right > 0, value, right))) is None


def test_all_zeros_are_no_transformation():
    assert explain(results(np.zeros_like)) is None


def test_a_vector_or_a_square_symmetric_matrix_is_not_called_transposed():
    assert named(results(lambda right: right + 1, [(4,), (5,), (6,)])) is None


def test_a_batch_of_one_sample_says_nothing_about_n():
    assert explain(results(lambda right: right, [(1, 3), (1, 4), (1, 5)])) is None


def test_the_more_telling_name_wins_over_a_constant():
    found = results(lambda right: right * 4, [(4, 3), (4, 2), (4, 5)])
    assert named(found) == "transform.factor_n"


def test_entries_of_nested_results_count_one_by_one():
    right = {"dW": np.ones((2, 3)), "db": [np.ones(3), (0.5, 2.0)]}
    wrong = {"dW": -np.ones((2, 3)), "db": [-np.ones(3), (-0.5, -2.0)]}
    assert named(list(pairs(call(), wrong, right))) == "transform.sign"


def test_tensors_are_read_as_their_values():
    found = []
    for shape in SHAPES:
        right = RNG.normal(size=shape).astype("float32")
        found += pairs(call(), Tensor(-right, "float32", "cpu"), Tensor(right, "float32", "cpu"))
    assert named(found) == "transform.sign"
