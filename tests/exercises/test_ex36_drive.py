"""The drive of ex36 watches a training, and accuses no right scaling."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
RIGHT = sorted((ROOT / "tests" / "solutions" / "ex36").glob("*.py"))
STYLES = sorted((ROOT / "answers" / "ex36_mismatched_pair" / "styles").glob("*.py"))


def loaded(path):
    """A file as a module."""
    spec = importlib.util.spec_from_file_location(f"of_ex36_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def drive():
    """The drive as a module."""
    return loaded(ROOT / "exercises" / "ex36_mismatched_pair" / "drive.py")


def data(rng, n):
    x = rng.uniform(0, 100, (n, 2))
    return x, np.stack([3 * x[:, 0] + 2 * x[:, 1], x[:, 0]], axis=1) / 100


@pytest.mark.parametrize("path", [*RIGHT, *STYLES], ids=lambda path: path.stem)
def test_a_right_scaling_is_not_accused(drive, path):
    rng = np.random.default_rng(5)
    x, d = data(rng, 40)
    answer = loaded(path)
    function = answer.gradients
    found = drive.fitted(answer, x, d, 3, data(rng, 9)[0])
    assert found["scaling"] == ""
    assert found["losses"].size == answer.STEPS
    assert found["losses"][-1] < 0.05 * found["losses"][0]
    assert answer.gradients is function


def test_the_losses_are_those_before_each_step(drive):
    answer = loaded(ROOT / "answers" / "ex36_mismatched_pair" / "reference.py")
    answer.STEPS = 1
    x, d = data(np.random.default_rng(5), 40)
    (first,) = drive.fitted(answer, x, d, 3, x)["losses"]
    answer.STEPS = 0
    (before,) = drive.fitted(answer, x, d, 3, x)["outputs"]
    assert first == pytest.approx(0.5 * np.mean((before - d) ** 2))


def test_a_training_of_another_kind_leaves_no_losses(drive):
    answer = loaded(ROOT / "answers" / "ex36_mismatched_pair" / "reference.py")
    answer.fit = lambda x, *_: {
        "params": {"W1": x.T @ x, "b1": np.zeros(2), "W2": np.eye(2), "b2": np.zeros(2)},
        "mean": 0,
        "spread": 1,
    }
    x, d = data(np.random.default_rng(5), 40)
    found = drive.fitted(answer, x, d, 3, x)
    assert found["losses"].size == 0
    assert found["scaling"] == ""
