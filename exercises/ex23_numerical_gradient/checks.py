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

    watched.shown = f.shown
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


def shifted(call):
    """Return f, a copy of x in float64 and h as they were given."""
    f, x, *h = call.args
    return f, np.array(x, dtype=np.float64), h[0] if h else 1e-4


def along(f, x, *steps):
    """Return the values of f with each component moved by each step: one array a step."""
    found = [np.zeros(x.shape) for _ in steps]
    for values, step in zip(found, steps, strict=True):
        for i in np.ndindex(x.shape):
            moved = x.copy()
            moved[i] += step
            values[i] = f(moved)
    return found


def is_rather(got, other, right):
    """Tell whether a wrong result is another array, as surely as the two differ."""
    apart = np.abs(other - right).max()
    return apart > 1e-7 and np.abs(got - other).max() < 1e-3 * apart


@observation
def one_of_several(call, got, right):
    return isinstance(got, tuple) and any(
        isinstance(part, np.ndarray)
        and part.shape == right.shape
        and np.allclose(part, right, rtol=1e-6, atol=1e-8)
        for part in got
    )


@observation
def list_of_right_values(call, got, right):
    if not isinstance(got, list):
        return False
    flat = np.asarray(got, np.float64).ravel()
    return flat.size == right.size and np.allclose(flat, right.ravel(), rtol=1e-6, atol=1e-8)


@observation(first=True)
def dtype_of_x(call, got, right):
    """Slopes that are right as far as their dtype, which is that of x, can hold them."""
    if not isinstance(got, np.ndarray) or got.shape != right.shape or got.dtype == np.float64:
        return False
    dtype = np.asarray(call.args[1]).dtype
    return got.dtype == dtype and {"dtype": str(dtype)}


@observation(first=True)
def dtype_lost(call, got, right):
    """Right slopes in a dtype that is neither float64 nor that of x."""
    if not isinstance(got, np.ndarray) or got.shape != right.shape or got.dtype == np.float64:
        return False
    close = got.dtype.kind == "f" and np.allclose(got, right, rtol=1e-5, atol=1e-6)
    return close and {"dtype": str(got.dtype)}


@observation
def no_difference(call, got, right):
    """Slopes that are 0 throughout."""
    if not isinstance(got, np.ndarray) or got.shape != right.shape or got.dtype.kind not in "iuf":
        return False
    return got.size > 1 and not got.any()


@observation
def divided_by_size(call, got, right):
    got = slopes(got, right)
    return got is not None and np.allclose(got * got.size, right, rtol=1e-5, atol=1e-8)


@observation
def not_put_back(call, got, right):
    """Each component stays where it was last moved to, while the next ones are moved."""
    got = slopes(got, right)
    if got is None:
        return False
    f, x, h = shifted(call)
    found = np.zeros(x.shape)
    for ends in ((h, -h), (-h, h), (h, 0.0)):
        moved = x.copy()
        for i in np.ndindex(x.shape):
            values = []
            for step in ends:
                moved[i] = x[i] + step
                values.append(f(moved))
            if 0.0 in ends:
                moved[i] = x[i] + h
            found[i] = (values[0] - values[1]) / (ends[0] - ends[1])
        if is_rather(got, found, right):
            return True
    return False


@observation
def others_at_zero(call, got, right):
    """All other components are 0 while one is moved."""
    got = slopes(got, right)
    if got is None:
        return False
    f, x, h = shifted(call)
    found = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        ahead, behind = np.zeros(x.shape), np.zeros(x.shape)
        ahead[i], behind[i] = x[i] + h, x[i] - h
        found[i] = (f(ahead) - f(behind)) / (2 * h)
    return is_rather(got, found, right)


@observation
def step_times_x(call, got, right):
    """Each component is multiplied by 1 + h and by 1 - h."""
    got = slopes(got, right)
    if got is None:
        return False
    f, x, h = shifted(call)
    found = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        ahead, behind = x.copy(), x.copy()
        ahead[i] *= 1 + h
        behind[i] *= 1 - h
        found[i] = (f(ahead) - f(behind)) / (2 * h)
    return is_rather(got, found, right)


@observation
def one_slope_a_row(call, got, right):
    return isinstance(got, np.ndarray) and right.ndim > 1 and got.shape == right.shape[:1]


@observation
def one_sided(call, got, right):
    got = slopes(got, right)
    if got is None:
        return False
    f, x, h = shifted(call)
    ahead, behind = along(f, x, h, -h)
    return is_rather(got, (ahead - f(x)) / h, right) or is_rather(got, (f(x) - behind) / h, right)


@observation
def half_the_distance(call, got, right):
    """The points lie h apart, and 2h is what is divided by."""
    got = slopes(got, right)
    if got is None:
        return False
    f, x, h = shifted(call)
    ahead, behind, half_ahead, half_behind = along(f, x, h, -h, h / 2, -h / 2)
    distances = (ahead - f(x), f(x) - behind, half_ahead - half_behind)
    return any(is_rather(got, distance / (2 * h), right) for distance in distances)


@observation
def values_of_f(call, got, right):
    got = slopes(got, right)
    if got is None:
        return False
    f, x, h = shifted(call)
    return any(is_rather(got, values, right) for values in along(f, x, 0, h, -h))


@observation
def second_derivative(call, got, right):
    got = slopes(got, right)
    if got is None:
        return False
    f, x, h = shifted(call)
    ahead, behind = along(f, x, h, -h)
    curvature = (ahead - 2 * f(x) + behind) / h**2
    apart = np.abs(curvature - right).max()
    return np.abs(got - curvature).max() < 1e-2 * apart and apart > 1e-2


@observation
def times_x(call, got, right):
    got = slopes(got, right)
    return got is not None and is_rather(got, right * np.asarray(call.args[1]), right)


@observation
def x_moved_along(call, got, right):
    """A step of gradient descent in place of the gradient."""
    got, x = slopes(got, right), np.asarray(call.args[1], np.float64)
    if got is None:
        return False
    steps = [sign * 10.0**-n for n in range(4) for sign in (1, -1)]
    return any(np.allclose((x - got) / step, right, rtol=1e-4, atol=1e-6) for step in steps)


@observation
def other_step(call, got, right):
    """Central differences with another step than h."""
    got = slopes(got, right)
    if got is None:
        return False
    f, x, h = shifted(call)
    for step in (1.0, h / 2, 2 * h, h / 10, 10 * h, *(10.0**-n for n in range(1, 6))):
        ahead, behind = along(f, x, step, -step)
        if step != h and is_rather(got, (ahead - behind) / (2 * step), right):
            return {"h": float(h)}
    return False


@observation
def step_in_float32(call, got, right):
    """Central differences between points that are rounded to float32."""
    got = slopes(got, right)
    if got is None or np.asarray(call.args[1]).dtype != np.float32:
        return False
    f, x, h = shifted(call)
    ahead, behind = along(f, x.astype(np.float32), np.float32(h), -np.float32(h))
    return is_rather(got, (ahead - behind) / (2 * h), right)


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
    return (got * right < 0).any()


@observation(first=True)
def few_digits(call, got, right):
    got = slopes(got, right)
    size = np.abs(right).max()
    if got is None or size == 0:
        return False
    if any((np.round(right, n) == got).all() for n in range(1, 7)):
        return False  # rounded, which is told by itself
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
    if got is None or not got.any() or np.abs(got).max() > 1e-3 * np.abs(right).max():
        return False
    return {"value": np.abs(got).max()}


@observation(first=True)
def some_are_right(call, got, right):
    got = slopes(got, right)
    if got is None:
        return False
    count = int(np.isclose(got, right, rtol=1e-5, atol=1e-7).sum())
    return 0 < count < got.size and {"right": count, "all": got.size}
