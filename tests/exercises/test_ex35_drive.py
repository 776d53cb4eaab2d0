"""The drive of ex35 measures slopes without the chain rule, beside a kink of relu too."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
RIGHT = sorted((ROOT / "tests" / "solutions" / "ex35").glob("*.py"))


def loaded(path):
    """A file as a module."""
    spec = importlib.util.spec_from_file_location(f"of_ex35_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def drive():
    """The drive as a module."""
    return loaded(ROOT / "exercises" / "ex35_train" / "drive.py")


def network(rng):
    params = {"W1": (2, 5), "b1": (5,), "W2": (5, 3), "b2": (3,)}
    params = {key: rng.normal(size=shape) for key, shape in params.items()}
    return params, rng.normal(size=(7, 2)), rng.normal(size=(7, 3))


@pytest.mark.parametrize("activation", ["relu", "sigmoid"])
def test_slopes_are_central_differences(drive, activation):
    params, x, d = network(np.random.default_rng(3))
    found = drive.slopes(None, params, x, d, activation)
    for key, value in params.items():
        for i in np.ndindex(value.shape):
            ends = []
            for step in (1e-6, -1e-6):
                moved = {name: array.copy() for name, array in params.items()}
                moved[key][i] += step
                ends.append(drive.loss(moved, x, d, activation))
            assert found[key][i] == pytest.approx((ends[0] - ends[1]) / 2e-6, rel=1e-6, abs=1e-8)


def test_a_factor_is_one_number_or_none(drive):
    right = [np.array([1.0, -2.0]), np.array([0.5])]
    assert drive.factor([2 * one for one in right], right) == (2.0, 1)
    number, same = drive.factor([np.array([1.0, -2.0]), np.array([0.6])], right)
    assert np.isnan(number)
    assert not same
    assert drive.factor([0 * one for one in right], right) == (0.0, 1)


@pytest.mark.parametrize("activation", ["relu", "sigmoid"])
@pytest.mark.parametrize("path", RIGHT, ids=lambda path: path.stem)
def test_no_rule_but_gradient_descent_is_found_in_what_is_right(drive, path, activation):
    answer = loaded(path)
    assert [drive.rule(answer, activation, seed) for seed in (1, 2, 3)] == ["", "", ""]


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("weight_decay", "weights_decay"),
        ("clipped", "gradient_clipped"),
        ("batches", "part_of_the_samples"),
        ("momentum", "momentum_kept"),
        ("slope_at_z", ""),
        ("no_slope", ""),
        ("w2_first", ""),
    ],
)
def test_a_rule_is_found_under_any_seed(drive, name, rule):
    answer = loaded(ROOT / "tests" / "wrong" / "ex35" / f"{name}.py")
    assert {drive.rule(answer, "sigmoid", seed) for seed in range(20)} == {rule}
