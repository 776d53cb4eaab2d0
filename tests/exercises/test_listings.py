"""What a listing says that it computes, it computes; so does backward of a reference."""

from types import SimpleNamespace

import numpy as np
import pytest

from grader.course.loading import Course
from grader.course.locate import builtin_root


def functions_of(exercise, **given):
    """Run a listing with its imports answered by ``given``; return its names."""
    source = Course(builtin_root()).exercise(exercise).listing("listing.py")
    return run(source, {"functions": SimpleNamespace(**given)})


def run(source, names):
    """Run a file of the course with its imports answered by ``names``; return all names."""
    names = {"np": np, **names}
    body = [line for line in source.splitlines() if not line.startswith("import ")]
    exec(compile("\n".join(body), "course", "exec"), names)  # noqa: S102 - a file of the course
    return names


def cross_entropy(params, x, d):
    z1 = np.maximum(0, x @ params["W1"] + params["b1"])
    y = 1 / (1 + np.exp(-(z1 @ params["W2"] + params["b2"])))
    return -np.mean(d * np.log(y) + (1 - d) * np.log(1 - y)), z1, y


def squared_error(params, x, d):
    z1 = np.maximum(0, x @ params["W1"] + params["b1"])
    y = z1 @ params["W2"] + params["b2"]
    return np.mean((d - y) ** 2) / 2, z1, y


def backward_of(exercise):
    """Return backward of a listing, or of a reference, with the functions that come with ex26."""
    course = Course(builtin_root())
    given = run(course.exercise("ex26").given_sources["functions.py"], {})
    if exercise == "ex27":
        return functions_of(exercise, **given)["backward"]
    source = course.exercise(exercise).reference_source
    return run(source, {"functions": SimpleNamespace(**given)})["backward"]


@pytest.mark.parametrize(
    ("exercise", "loss", "outputs"),
    [("ex26", cross_entropy, 1), ("ex27", cross_entropy, 1), ("ex28", squared_error, 2)],
)
@pytest.mark.parametrize("seed", range(3))
def test_gradients_are_those_of_the_loss(seed, exercise, loss, outputs):
    rng = np.random.default_rng(seed)
    shapes = {"W1": (3, 4), "b1": (4,), "W2": (4, outputs), "b2": (outputs,)}
    params = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    x, d = rng.normal(size=(6, 3)), rng.integers(0, 2, size=(6, outputs))
    _, z1, y = loss(params, x, d)
    grads = backward_of(exercise)(x, d, z1, y, params)
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
