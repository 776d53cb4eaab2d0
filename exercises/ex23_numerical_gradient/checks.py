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
)

# Rounding inside f leaves about 1e-11 in a difference divided by 2h; a forward difference is
# some 1e-5 off.
ATOL = 1e-9
LARGEST = 12  # components of a point


def log_sum(rng):
    """log of the sum of exp(a_i v_i): every component acts on the slope along every other one."""
    a = 1 + rng.permutation(np.arange(LARGEST)) / LARGEST + rng.uniform(0, 0.05, LARGEST)
    a = np.round(a, 3)

    def f(v):
        v = np.asarray(v, dtype=np.float64).ravel()
        return float(np.logaddexp.reduce(a[: v.size] * v))

    f.shown = f"lambda v: np.log(np.exp(np.array({a.tolist()})[:v.size] * v.ravel()).sum())"
    return f


def steep(rng):
    """log_sum, ten times as steep."""
    f = log_sum(rng)

    def ten_times(v):
        return 10 * f(v)

    ten_times.shown = f.shown.replace("lambda v: ", "lambda v: 10 * ")
    return ten_times


def waves(rng):
    """A product of waves, one a component."""
    phases = np.arange(LARGEST) + rng.uniform(0, 1, LARGEST)

    def f(v):
        v = np.asarray(v, dtype=np.float64).ravel()
        return float(np.prod(1 + np.sin(v + phases[: v.size]) / 3))

    return f


def point(rng, shape):
    """Draw multiples of 1/64: float32 holds them exactly."""
    return rng.integers(-64, 65, size=shape) / 64


def check_gradient(student, reference, rng, x, *h, function=log_sum):
    f = function(rng)
    got = student.numerical_gradient(f, x, *h)
    assert_close(got, reference.numerical_gradient(f, x, *h), atol=ATOL)


def test_vector(student, reference, rng):
    check_gradient(student, reference, rng, point(rng, 5))


def test_matrix(student, reference, rng):
    check_gradient(student, reference, rng, point(rng, (2, 3)))
    check_gradient(student, reference, rng, point(rng, (3, 3)))


def test_whole_x(student, rng):
    x, f = point(rng, (3, 4)), log_sum(rng)
    shapes = []

    def watched(v):
        shapes.append(np.shape(v))
        return f(v)

    student.numerical_gradient(watched, x)
    if not shapes:
        fail("f_not_called")
    for shape in shapes:
        if shape != x.shape:
            fail("f_gets_a_part", got=str(shape), expected=str(x.shape))


def test_x_unchanged(student, rng):
    drifts = [0.01, -0.01, 0.05, -0.05, 0.2, -0.2]  # from these, + h - 2h + h does not lead back
    points, f = [np.array([*drifts, *rng.normal(size=4)]) for _ in range(2)], log_sum(rng)
    outcomes = [student.numerical_gradient.outcome(f, x) for x in points]
    assert_unmodified(*outcomes)
    assert_computed(outcomes)


def test_step(student, reference, rng):
    check_gradient(student, reference, rng, point(rng, 5), 0.25)


def test_integers(student, reference, rng):
    # Slopes well above 1: what is cut off to whole numbers is not 0 throughout.
    check_gradient(student, reference, rng, rng.permutation([-1, 0, 1, 2]), function=steep)


def test_float32(student, reference, rng):
    x = (point(rng, 4) + 2).astype(np.float32)
    check_gradient(student, reference, rng, x)


def test_dtype(student, rng):
    x, other, f = point(rng, 4) + 2, point(rng, 4) + 3, log_sum(rng)
    arrays = [x, other, x.astype(np.float32), x.astype(np.int64)]
    outcomes = [student.numerical_gradient.outcome(f, array) for array in arrays]
    assert_computed(outcomes[:2])
    for outcome in outcomes:
        for got in returned(outcome):
            assert_dtype(got.value, "float64")


@hidden
def test_three_axes(student, reference, rng):
    check_gradient(student, reference, rng, point(rng, (2, 3, 2)))
    check_gradient(student, reference, rng, point(rng, (1, 2, 1)))


@hidden
def test_another_function(student, reference, rng):
    check_gradient(student, reference, rng, point(rng, (3, 2)), function=waves)
    check_gradient(student, reference, rng, point(rng, 4), function=waves)


# -- facts about wrong results --------------------------------------------------------------------


def slopes(got, right):
    """Return a wrong result as finite numbers in float64, None where it is anything else."""
    if not isinstance(got, np.ndarray) or got.shape != right.shape or got.dtype.kind not in "iuf":
        return None
    got = got.astype(np.float64)
    wrong = np.isfinite(got).all() and not np.allclose(got, right, rtol=1e-9, atol=1e-9)
    return got if wrong and got.size > 1 else None


@observation
def one_number(call, got, right):
    one = isinstance(got, int | float | np.generic) or (
        isinstance(got, np.ndarray) and got.size == 1
    )
    return one and np.size(right) > 1


@observation
def flattened(call, got, right):
    if not isinstance(got, np.ndarray) or got.shape == right.shape or got.size != right.size:
        return False
    return got.dtype.kind == "f" and np.allclose(got.ravel(), right.ravel(), rtol=1e-6, atol=1e-8)


@observation
def sign_differs(call, got, right):
    got = slopes(got, right)
    if got is None or not np.allclose(np.abs(got), np.abs(right), rtol=1e-6, atol=1e-8):
        return False
    return (right != 0).all()


@observation(first=True)
def few_digits(call, got, right):
    got = slopes(got, right)
    size = np.abs(right).max()
    if got is None or size == 0:
        return False
    error = np.abs(got - right).max() / size
    return 1e-9 < error < 2e-2 and {"digits": int(-np.log10(error))}


@observation
def accumulated(call, got, right):
    got = slopes(got, right)
    if got is None:
        return False
    near = np.isclose(got.ravel(), right.ravel(), rtol=1e-4, atol=1e-7)
    return bool(near[0]) and not near[1:].any()


@observation(first=True)
def huge(call, got, right):
    got = slopes(got, right)
    if got is None or np.abs(got).max() < 1000 * max(1, np.abs(right).max()):
        return False
    return {"value": got.flat[np.abs(got).argmax()]}


@observation(first=True)
def tiny(call, got, right):
    got = slopes(got, right)
    if got is None or np.abs(got).max() > 1e-3 * np.abs(right).max():
        return False
    return {"value": np.abs(got).max()}


@observation(first=True)
def some_are_right(call, got, right):
    got = slopes(got, right)
    if got is None:
        return False
    count = int(np.isclose(got, right, rtol=1e-5, atol=1e-7).sum())
    return 0 < count < got.size and {"right": count, "all": got.size}
