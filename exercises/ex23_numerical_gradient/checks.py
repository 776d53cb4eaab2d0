import numpy as np

from grader import (
    assert_close,
    assert_computed,
    assert_dtype,
    assert_unmodified,
    fail,
    hidden,
    returned,
)

# Rounding inside f leaves about 1e-11 in a difference divided by 2h; a forward difference is
# some 1e-5 off.
ATOL = 1e-9
LARGEST = 12  # components of a point


def log_sum(rng):
    """log of the sum of exp(a_i v_i): every component acts on the slope along every other one."""
    a = 1 + rng.permutation(np.arange(LARGEST)) / LARGEST + rng.uniform(0, 0.05, LARGEST)

    def f(v):
        v = np.asarray(v, dtype=np.float64).ravel()
        return float(np.logaddexp.reduce(a[: v.size] * v))

    return f


def steep(rng):
    """log_sum, ten times as steep."""
    f = log_sum(rng)
    return lambda v: 10 * f(v)


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
