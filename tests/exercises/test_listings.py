"""What a listing says that it computes, it computes."""

from types import SimpleNamespace

import numpy as np
import pytest

from grader.course.loading import Course
from grader.course.locate import builtin_root


def functions_of(exercise, **given):
    """Run a listing with its imports answered by ``given``; return its names."""
    source = Course(builtin_root()).exercise(exercise).listing("listing.py")
    names = {"functions": SimpleNamespace(**given), "np": np}
    body = [line for line in source.splitlines() if not line.startswith("import ")]
    exec(compile("\n".join(body), "listing.py", "exec"), names)  # noqa: S102 - a file of the course
    return names


def loss(params, x, d):
    z1 = np.maximum(0, x @ params["W1"] + params["b1"])
    y = 1 / (1 + np.exp(-(z1 @ params["W2"] + params["b2"])))
    return -np.mean(d * np.log(y) + (1 - d) * np.log(1 - y)), z1, y


@pytest.mark.parametrize("seed", range(3))
def test_the_gradients_of_ex27_are_those_of_its_loss(seed):
    rng = np.random.default_rng(seed)
    shapes = {"W1": (3, 4), "b1": (4,), "W2": (4, 1), "b2": (1,)}
    params = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    x, d = rng.normal(size=(6, 3)), rng.integers(0, 2, size=(6, 1))
    _, z1, y = loss(params, x, d)
    backward = functions_of(
        "ex27",
        d_sigmoid_with_loss=lambda d, y: (y - d) / len(y),
        d_relu=lambda u: np.where(u > 0, 1.0, 0.0),
    )["backward"]
    grads = backward(x, d, z1, y, params)
    assert grads.keys() == params.keys()
    for name, value in params.items():
        for place in np.ndindex(value.shape):
            kept, h = value[place], 1e-6
            value[place] = kept + h
            above = loss(params, x, d)[0]
            value[place] = kept - h
            below = loss(params, x, d)[0]
            value[place] = kept
            assert grads[name][place] == pytest.approx((above - below) / (2 * h), abs=1e-7)
