from dataclasses import replace

import numpy as np

from grader import (
    assert_close,
    assert_computed,
    assert_dtype,
    assert_unmodified,
    fail,
    hidden,
    observation,
    returned,
    showing,
)

SHAPES = [(), (2, 3), (2, 1, 3)]


def draw(rng, shape):
    """Draw multiples of 1/16 on both sides of 0, and none that is 0."""
    sizes = rng.integers(1, 64, size=shape) / 16
    signs = np.ones(sizes.size)
    signs[: (sizes.size + 1) // 2] = -1
    return np.asarray(sizes * rng.permutation(signs).reshape(shape))


def check_all(called, wanted, arrays):
    """Compare the results for some arrays, all called before the first is judged."""
    results = [called(u) for u in arrays]
    for got, u in zip(results, arrays, strict=True):
        assert_close(got, wanted(u), scale=1)


def shapes(rng):
    """Draw arrays of other shapes than one axis; of those without an axis one of either sign."""
    single = float(np.abs(draw(rng, ())))
    return [np.array(single), np.array(-single), *(draw(rng, shape) for shape in SHAPES[1:])]


def check_unmodified(function, rng):
    outcomes = [function.outcome(draw(rng, size)) for size in (5, 6)]
    assert_unmodified(*outcomes)
    assert_computed([in_numbers(outcome) for outcome in outcomes])


def in_numbers(outcome):
    """Return an outcome with 0 and 1 for False and True, which a step may give as well."""
    truths = getattr(getattr(outcome, "value", None), "dtype", None) == np.bool_
    return replace(outcome, value=outcome.value.astype(np.int64)) if truths else outcome


# -- step -----------------------------------------------------------------------------------------


def test_step(student, reference, rng):
    check_all(student.step, reference.step, [draw(rng, 5), draw(rng, 8)])


def test_step_at_zero(student, reference, rng):
    for zeros in ([0.0, -0.0], [0.0, 0.0, 0.0]):
        u = rng.permutation([*draw(rng, 4), *zeros])
        assert_close(student.step(u), reference.step(u))


def test_step_shapes(student, reference, rng):
    check_all(student.step, reference.step, shapes(rng))


def test_step_unmodified(student, rng):
    check_unmodified(student.step, rng)


# -- sigmoid --------------------------------------------------------------------------------------


def test_sigmoid(student, reference, rng):
    check_all(student.sigmoid, reference.sigmoid, [draw(rng, 5), 5 * draw(rng, 8)])


def test_sigmoid_large(student, reference, rng):
    high, low = 1000 - np.abs(draw(rng, 4)), np.abs(draw(rng, 4)) - 1000
    mixed = rng.permutation([-1000, -710.5, -40, 0, 40, 710.5, 1000])
    check_all(student.sigmoid, reference.sigmoid, [high, low, mixed])


@showing("sigmoid_watched", result="value")
def watched(u):
    """Write a watched call as the call that it is."""
    array = f"np.array({np.asarray(u).tolist()}, dtype=np.{np.asarray(u).dtype})"
    return [f"sigmoid({array})"]


def check_quiet(student, reference, arrays):
    """Compare values of the sigmoid, and fail where NumPy warns on the way."""
    reports = [student.run("sigmoid_watched", u) for u in arrays]
    for report, u in zip(reports, arrays, strict=True):
        assert_close(report["value"], reference.sigmoid(u), scale=1)
    if any(report["warnings"] for report in reports):
        fail("sigmoid_warns")


def test_sigmoid_warnings(student, reference, rng):
    high = np.array([800, 1000]) - np.abs(draw(rng, 2))
    check_quiet(student, reference, [high, -high, draw(rng, 4)])


def test_sigmoid_float32(student, reference, rng):
    high = (np.array([100, 200]) + np.abs(draw(rng, 2))).astype(np.float32)
    check_quiet(student, reference, [high, -high, draw(rng, 4).astype(np.float32)])


def test_sigmoid_shapes(student, reference, rng):
    check_all(student.sigmoid, reference.sigmoid, shapes(rng))


def test_sigmoid_integers(student, reference, rng):
    u = rng.permutation(np.arange(-6, 7))
    check_all(student.sigmoid, reference.sigmoid, [u[:6], u[6:].reshape(1, 7)])


# -- relu and identity ----------------------------------------------------------------------------


def test_relu(student, reference, rng):
    with_zero = rng.permutation([*draw(rng, 6), 0])
    check_all(
        student.relu, reference.relu, [draw(rng, 5), with_zero, rng.permutation(range(-3, 5))]
    )


def test_relu_shapes(student, reference, rng):
    check_all(student.relu, reference.relu, shapes(rng))


def test_relu_unmodified(student, rng):
    check_unmodified(student.relu, rng)


def test_identity(student, reference, rng):
    check_all(student.identity, reference.identity, [draw(rng, 5), draw(rng, (3, 3))])


def test_dtype(student, rng):
    for function in (student.sigmoid, student.relu, student.identity):
        outcomes = [function.outcome(draw(rng, size).astype(np.float32)) for size in (4, 5)]
        for got in returned(*outcomes):
            assert_dtype(got.value, "float32")
        assert_computed(outcomes)


@hidden
def test_other_steps(student, reference, rng):
    check_all(student.step, reference.step, [draw(rng, 40), draw(rng, (3, 7)) / 64])


@hidden
def test_other_sigmoids(student, reference, rng):
    far = 250 * draw(rng, (4, 5))
    check_all(student.sigmoid, reference.sigmoid, [draw(rng, 40), draw(rng, (3, 7)) / 64, far])


@hidden
def test_other_relus(student, reference, rng):
    check_all(student.relu, reference.relu, [draw(rng, 40), 1000 * draw(rng, (3, 7))])


# -- facts about wrong results --------------------------------------------------------------------


def values(got, right):
    """Return a wrong result as numbers in float64, None where it is anything else."""
    if not isinstance(got, np.ndarray) or got.shape != right.shape or got.dtype.kind not in "biuf":
        return None
    got = got.astype(np.float64)
    return None if np.allclose(got, right, rtol=1e-5, atol=1e-12) else got


def rows(call, got, right):
    """Return the argument and a wrong, finite result of it, both flat; None without such."""
    if isinstance(got, dict):  # of a watched call
        got, right = got["value"], right["value"]
    got = np.asarray(got) if isinstance(got, float | np.generic) else got
    got = values(got, np.asarray(right))
    if got is None or not np.isfinite(got).all():
        return None
    return np.asarray(call.args[0], np.float64).ravel(), got.ravel()


@observation
def one_of_several(call, got, right):
    return isinstance(got, tuple) and any(
        isinstance(part, np.ndarray)
        and part.shape == np.shape(right)
        and np.allclose(part, right, rtol=1e-5)
        for part in got
    )


@observation
def list_of_right_values(call, got, right):
    return isinstance(got, list) and np.allclose(np.asarray(got, float), right, atol=1e-6)


@observation(first=True)
def dtype_lost(call, got, right):
    """Right values of another dtype than the one asked for."""
    if (
        not isinstance(got, np.ndarray)
        or got.shape != np.shape(right)
        or got.dtype.kind not in "iuf"
    ):
        return False
    if got.dtype == right.dtype or not np.allclose(got, right, rtol=1e-4, atol=1e-6):
        return False
    return {"got": str(got.dtype), "expected": str(right.dtype)}


@observation
def one_number(call, got, right):
    return isinstance(got, int | float | np.generic) and np.size(right) > 1


@observation
def at_zero(call, got, right):
    """A step that is wrong at 0 alone, by one number throughout."""
    both = rows(call, got, right)
    if call.name != "step" or both is None:
        return False
    u, got = both
    if not (u == 0).any() or not np.allclose(got[u != 0], u[u != 0] > 0):
        return False
    at_zero = got[u == 0]
    return np.allclose(at_zero, at_zero[0]) and {"value": float(at_zero[0])}


@observation(first=True)
def step_other_value(call, got, right):
    both = rows(call, got, right)
    if call.name != "step" or both is None:
        return False
    other = [one for one in both[1] if one not in (0, 1)]
    return bool(other) and {"value": other[0]}


@observation(first=True)
def step_wrong_side(call, got, right):
    """A step that is 0 or 1, and the wrong one of them for some number."""
    both = rows(call, got, right)
    if call.name != "step" or both is None or not np.isin(both[1], (0, 1)).all():
        return False
    wrong = both[1] != (both[0] > 0)
    if not wrong.any() or wrong.all():
        return False
    return {"u": float(both[0][wrong][0]), "value": int(both[1][wrong][0])}


@observation(first=True)
def sigmoid_not_finite(call, got, right):
    got = values(got, np.asarray(right))
    if call.name != "sigmoid" or got is None or np.isfinite(got).all():
        return False
    return {"u": float(np.asarray(call.args[0])[~np.isfinite(got)].flat[0])}


@observation
def tanh(call, got, right):
    both = rows(call, got, right)
    if not call.name.startswith("sigmoid") or both is None or both[0].size < 2:
        return False
    if not ((both[0] != 0) & (np.abs(both[0]) < 5)).any():
        return False  # far from 0 it is no other than a stretched sigmoid
    return np.allclose(both[1], np.tanh(both[0]), rtol=1e-6, atol=1e-9)


@observation
def sigmoid_stretched(call, got, right):
    """Values of the sigmoid that run from -1 to 1."""
    both = rows(call, got, right)
    if not call.name.startswith("sigmoid") or both is None:
        return False
    return np.allclose(both[1], np.tanh(both[0] / 2), rtol=1e-5, atol=1e-9)


@observation(first=True)
def sigmoid_right_near_zero(call, got, right):
    """Values that are right up to some distance from 0, and wrong beyond it."""
    both = rows(call, got, right)
    if not call.name.startswith("sigmoid") or both is None:
        return False
    u, got = both
    wrong = ~np.isclose(got, 0.5 + np.tanh(u / 2) / 2, rtol=1e-5, atol=1e-12)
    if wrong.all() or not wrong.any() or np.abs(u[wrong]).min() <= np.abs(u[~wrong]).max():
        return False
    return {"u": float(u[wrong][np.abs(u[wrong]).argmin()])}


@observation(first=True)
def sigmoid_stops_short(call, got, right):
    """Values between 0 and 1 that stay away from both, however far u lies from 0."""
    both = rows(call, got, right)
    if not call.name.startswith("sigmoid") or both is None:
        return False
    u, got = both
    far = np.abs(u) > 50
    if not far.any() or not ((got[far] > 1e-9) & (got[far] < 1 - 1e-9)).all():
        return False
    return {"u": float(u[far][0]), "value": got[far][0]}


@observation
def sigmoid_falls(call, got, right):
    """Values of the sigmoid that fall throughout where u rises."""
    both = rows(call, got, right)
    if not call.name.startswith("sigmoid") or both is None or np.unique(both[0]).size < 2:
        return False
    u, got = both
    ends = got[u.argmin()], got[u.argmax()]
    return ends[0] > ends[1] and (np.diff(got[np.argsort(u)]) <= 1e-12).all()


@observation(first=True)
def sigmoid_outside(call, got, right):
    both = rows(call, got, right)
    if not call.name.startswith("sigmoid") or both is None:
        return False
    outside = both[1][(both[1] < -1e-6) | (both[1] > 1 + 1e-6)]
    return outside.size > 0 and {"value": outside[0]}


@observation(first=True)
def relu_negative(call, got, right):
    both = rows(call, got, right)
    if call.name != "relu" or both is None:
        return False
    negative = both[1][both[1] < 0]
    return negative.size > 0 and {"value": negative[0]}
