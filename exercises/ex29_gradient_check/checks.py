import numpy as np

from grader import (
    assert_close,
    assert_computed,
    assert_unmodified,
    fail,
    hidden,
    observation,
)

STEP = 1e-4
PASSED = 1e-6  # what a gradient gives that is right; the reference stays below 1e-7


# -- functions and their gradients ----------------------------------------------------------------


def point(rng, shape):
    """Draw multiples of 1/64: float32 holds them exactly."""
    return rng.integers(-64, 65, size=shape) / 64


def log_sum(rng):
    """k log of the sum of exp(a v), in which every component acts on every slope."""
    k, a = (round(float(rng.uniform(low, low + 1)), 3) for low in (2, 1))

    def f(v):
        return float(k * np.log(np.exp(a * np.asarray(v, np.float64)).sum()))

    def slopes(x):
        powers = np.exp(a * x)
        return k * a * powers / powers.sum()

    f.shown = f"lambda v: {k} * np.log(np.exp({a} * v).sum())"
    return f, slopes


def mean_loss(rng, samples, inputs):
    """The mean over all samples of log(1 + exp(-s)), s the sample times the weights."""
    table = np.round(rng.uniform(0.5, 1.5, (samples, inputs)), 2)

    def f(v):
        return float(np.mean(np.log1p(np.exp(-(table @ np.asarray(v, np.float64))))))

    def slopes(x):
        off = 1 / (1 + np.exp(table @ x))
        return -(table * off[:, None]).mean(axis=0)

    f.shown = f"lambda v: np.mean(np.log1p(np.exp(-(np.array({table.tolist()}) @ v))))"
    return f, slopes


def hinge(rng):
    """k times the sum of exp(relu(v)), with a kink in every component at 0."""
    k = round(float(rng.uniform(1, 2)), 3)

    def f(v):
        return float(k * np.exp(np.maximum(np.asarray(v, np.float64), 0)).sum())

    def slopes(x):
        return np.where(x > 0, k * np.exp(x), 0.0)

    f.shown = f"lambda v: {k} * np.exp(np.maximum(v, 0)).sum()"
    return f, slopes


# -- judging the judge ----------------------------------------------------------------------------


def is_number(value):
    return isinstance(value, int | float | np.number) and not isinstance(value, bool | np.bool_)


def accepts(student, reference, sentence, *cases):
    """Fail with the sentence where a right gradient gets more than a small error."""
    got = [student.gradient_check(*case) for case in cases]
    for error, case in zip(got, cases, strict=True):
        if is_number(error) and not abs(error) < PASSED:
            fail(sentence, value=float(error))
        assert_close(error, reference.gradient_check(*case), atol=PASSED)


def refuses(student, reference, sentence, *cases):
    """Fail with the sentence where a wrong gradient gets a small error."""
    got = [student.gradient_check(*case) for case in cases]
    for error, case in zip(got, cases, strict=True):
        if is_number(error) and abs(error) < PASSED:
            fail(sentence, value=float(error))
        assert_close(error, reference.gradient_check(*case))


def changed(grad, index, factor):
    """Return a gradient with one entry multiplied by a factor."""
    grad = grad.copy()
    grad.flat[index] *= factor
    return grad


def test_relative_error(student, reference, rng):
    a = rng.permutation([0.5, -3.0, 2.0, 0.25, -1.5, 4.0]) + point(rng, 6) / 8
    b = a * rng.permutation([2.0, 0.5, -1.0, 0.75, -0.25, 1.125])
    pairs = [(a, b), (b, a), (a.reshape(2, 3), b.reshape(2, 3))]
    got = [student.relative_error(*pair) for pair in pairs]
    for errors, pair in zip(got, pairs, strict=True):
        assert_close(errors, reference.relative_error(*pair))


def test_relative_error_zero(student, reference, rng):
    tiny = 2.0**-28  # below the floor of 1e-8
    a = np.array([0.0, 0.0, tiny, 2 * tiny, 0.0, 0.5]) * rng.integers(1, 3)
    b = np.array([0.0, 0.5, -tiny, 0.0, tiny, -0.25])
    pairs = [(a, b), (np.zeros(3), np.zeros(3))]
    got = [student.relative_error(*pair) for pair in pairs]
    for errors, pair in zip(got, pairs, strict=True):
        assert_close(errors, reference.relative_error(*pair))


def test_right_gradient(student, reference, rng):
    cases = []
    for shape in (5, (3, 4), (3, 3)):
        (f, slopes), x = log_sum(rng), point(rng, shape)
        cases.append((f, slopes(x), x))
    accepts(student, reference, "right_refused", *cases)


def test_dead_entries(student, reference, rng):
    f, slopes = hinge(rng)
    x = np.abs(point(rng, 6)) / 2 + 0.125
    x[rng.permutation(6)[:3]] *= -1
    accepts(student, reference, "dead_refused", (f, slopes(x), x))


def test_kink_near(student, reference, rng):
    f, slopes = hinge(rng)
    x = rng.permutation([0.75, -0.5, 1 / 64, -1 / 64, 0.25])
    accepts(student, reference, "kink_refused", (f, slopes(x), x))


def test_kink_within(student, reference, rng):
    f, slopes = hinge(rng)
    kink = float(rng.uniform(1e-5, 4e-5))
    x = rng.permutation([0.75, -0.5, kink, 0.25, 0.625, -0.125, 0.375, 0.875])
    assert_close(*(one.gradient_check(f, slopes(x), x) for one in (student, reference)))


def test_wrong_sign(student, reference, rng):
    (f, slopes), x = log_sum(rng), point(rng, 5)
    one = changed(slopes(x), int(rng.integers(5)), -1)
    refuses(student, reference, "sign_accepted", (f, -slopes(x), x), (f, one, x))


def test_factor(student, reference, rng):
    samples = 8
    (f, slopes), x = mean_loss(rng, samples, 3), point(rng, 3)
    refuses(student, reference, "factor_accepted", (f, samples * slopes(x), x))


def test_one_entry(student, reference, rng):
    cases = []
    for shape, index in ((6, 0), (6, -1), ((5, 10), int(rng.integers(1, 49)))):
        (f, slopes), x = log_sum(rng), point(rng, shape)
        cases.append((f, changed(slopes(x), index, 1.01), x))
    refuses(student, reference, "entry_accepted", *cases)


def test_small_entry(student, reference, rng):
    f, slopes = log_sum(rng)
    x = rng.permutation([1.0, 0.75, 0.5, 0.25, -3.0])
    grad = changed(slopes(x), int(np.argmin(x)), 1.5)
    refuses(student, reference, "small_entry_accepted", (f, grad, x))


def test_nan(student, reference, rng):
    (f, slopes), x = log_sum(rng), point(rng, (2, 3))
    grads = [changed(slopes(x), index, np.nan) for index in (0, int(rng.integers(1, 5)), 5)]
    got = [student.gradient_check(f, grad, x) for grad in grads]
    for error, grad in zip(got, grads, strict=True):
        if is_number(error) and np.isfinite(error):
            fail("nan_accepted", value=float(error))
        if not is_number(error):
            assert_close(error, reference.gradient_check(f, grad, x))


def test_whole_x(student, rng):
    (f, slopes), x = log_sum(rng), point(rng, (3, 4))
    shapes = []

    def watched(v):
        shapes.append(np.shape(v))
        return f(v)

    watched.shown = f.shown
    student.gradient_check(watched, slopes(x), x)
    if not shapes:
        fail("f_not_called")
    for shape in shapes:
        if shape != x.shape:
            fail("f_gets_a_part", got=str(shape), expected=str(x.shape))


def test_unchanged(student, rng):
    drifts = [0.01, -0.01, 0.05, -0.05, 0.2, -0.2]  # from these, + h - 2h + h does not lead back
    (f, slopes), outcomes = log_sum(rng), []
    for factor in (1.5, 2.5):
        x = np.array([*drifts, *rng.normal(size=4)])
        outcomes.append(student.gradient_check.outcome(f, factor * slopes(x), x))
    assert_unmodified(*outcomes)
    assert_computed(outcomes)


@hidden
def test_three_axes(student, reference, rng):
    cases = []
    for shape in ((2, 3, 2), (1, 2, 1)):
        (f, slopes), x = log_sum(rng), point(rng, shape)
        cases += [(f, slopes(x), x), (f, changed(slopes(x), -1, 0.9), x)]
    got = [student.gradient_check(*case) for case in cases]
    for error, case in zip(got, cases, strict=True):
        assert_close(error, reference.gradient_check(*case), atol=PASSED)


@hidden
def test_other_gradients(student, reference, rng):
    (f, slopes), x = log_sum(rng), point(rng, (3, 3)) + np.arange(9).reshape(3, 3) / 16
    grad = slopes(x)
    wrong = [np.zeros((3, 3)), grad.T, 0.97 * grad, grad + 0.125]
    refuses(student, reference, "other_accepted", *((f, one, x) for one in wrong))


# -- facts about wrong results --------------------------------------------------------------------


def measured(f, x):
    """Return the values of f a step ahead and a step behind, for each component."""
    x = np.array(x, np.float64)
    ahead, behind = np.zeros(x.shape), np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        for values, step in ((ahead, STEP), (behind, -STEP)):
            moved = x.copy()
            moved[i] += step
            values[i] = f(moved)
    return ahead, behind


def central(f, x):
    ahead, behind = measured(f, x)
    return (ahead - behind) / (2 * STEP)


def sizes(a, b):
    return np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8)


def errors(a, b):
    return np.abs(a - b) / sizes(a, b)


def checked(call, got, right):
    """Return the gradient and the measured one, where a wrong number came of a wrong gradient."""
    if call.name != "gradient_check" or not is_number(got) or not np.isfinite(got):
        return None
    if not np.isfinite(right) or right < 1e-3 or np.isclose(got, right, rtol=1e-5, atol=0):
        return None
    f, grad, x = call.args
    return np.asarray(grad, np.float64), central(f, x)


def near(got, value):
    return np.isclose(got, value, rtol=1e-4, atol=1e-9)


@observation
def verdict(call, got, right):
    return call.name == "gradient_check" and isinstance(got, bool | np.bool_ | str)


@observation
def nothing_returned(call, got, right):
    return got is None and {"name": call.name}


@observation
def list_of_errors(call, got, right):
    if call.name != "relative_error" or not isinstance(got, list):
        return False
    flat = np.ravel(np.array(got, np.float64)) if all(map(is_number, got)) else np.zeros(0)
    return flat.size == np.size(right) and np.allclose(flat, np.ravel(right), rtol=1e-5)


@observation
def one_error(call, got, right):
    return call.name == "relative_error" and is_number(got) and np.size(right) > 1


@observation
def wrong_below_floor(call, got, right):
    """Errors that are wrong where both numbers are below the floor, and nowhere else."""
    if call.name != "relative_error" or not isinstance(got, np.ndarray):
        return False
    if got.shape != right.shape or got.dtype.kind != "f":
        return False
    wrong = ~np.isclose(got, right, rtol=1e-5, atol=0)
    small = np.maximum(*(np.abs(np.asarray(one)) for one in call.args)) < 1e-8
    return bool(wrong.any() and small[wrong].all())


def comes_of(measure, call, got, right):
    """Tell whether a wrong result is what a measure of two arrays gives, of a gradient the largest.

    Where the measure gives what is right, it is no reason for anything.
    """
    if call.name == "relative_error":
        values = measure(*(np.asarray(one, np.float64) for one in call.args))
        fits = isinstance(got, np.ndarray) and got.dtype.kind == "f" and got.shape == values.shape
    else:
        f, grad, x = call.args
        values = measure(np.asarray(grad, np.float64), central(f, x)).max()
        fits = is_number(got)
    near_enough = {"rtol": 1e-6, "atol": 1e-9}
    return bool(
        fits
        and np.allclose(got, values, **near_enough)
        and not np.allclose(values, right, **near_enough)
    )


@observation
def root_in_denominator(call, got, right):
    def measure(a, b):
        return np.abs(a - b) / np.maximum(np.hypot(a, b), 1e-8)

    return comes_of(measure, call, got, right)


@observation
def floor_on_top(call, got, right):
    """1e-8 added above the line; a single 1 may come of many a formula for 0 and 0."""

    def measure(a, b):
        return (np.abs(a - b) + 1e-8) / sizes(a, b)

    lonely = is_number(got) and np.isclose(got, 1)
    return not lonely and comes_of(measure, call, got, right)


@observation(first=True)
def errors_of_all(call, got, right):
    """All errors in place of the largest, or a list of them."""
    if call.name != "gradient_check" or not isinstance(got, np.ndarray | list):
        return False
    if isinstance(got, list) and not all(map(is_number, got)):
        return False
    return np.size(got) > 1 and {"count": int(np.size(got))}


@observation(first=True)
def below_zero(call, got, right):
    if isinstance(got, np.ndarray) and got.dtype.kind in "if" and got.size:
        lowest = float(got.min())
    elif is_number(got):
        lowest = float(got)
    else:
        return False
    return lowest < -1e-3 and {"value": lowest}


@observation(first=True)
def ratio_of_norms_told(call, got, right):
    found = checked(call, got, right)
    if found is None or any(near(got, measure).any() for measure in measures(*found)):
        return False
    grad, slopes = found
    norm = np.linalg.norm
    apart, one, other = norm(grad - slopes), norm(grad), norm(slopes)
    return any(
        near(got, apart / size) for size in (one + other, max(one, other), one, other) if size
    )


def measures(grad, slopes):
    """Return the errors of all entries, with each of the usual denominators."""
    one, other = np.abs(grad), np.abs(slopes)
    sizes = (np.maximum(one, other), one + other, one, other)
    return [np.abs(grad - slopes) / np.maximum(size, 1e-8) for size in sizes]


@observation(first=True)
def mean_told(call, got, right):
    """The mean of the errors, or of those with another denominator."""
    found = checked(call, got, right)
    told = found is not None and any(
        near(got, each.mean()) and not near(each, each.mean()).any() for each in measures(*found)
    )
    return told and {"value": float(got), "expected": float(right), "count": int(found[0].size)}


@observation(first=True)
def sum_told(call, got, right):
    """The sum of the errors, which several entries have."""
    found = checked(call, got, right)
    if found is None:
        return False
    total = errors(*found).sum()
    return bool(total > 1.01 * right and near(got, total)) and {
        "value": float(got),
        "expected": float(right),
    }


@observation(first=True)
def wrong_entry_overlooked(call, got, right):
    """A small error in spite of a wrong entry, where other entries are right."""
    if call.name != "gradient_check" or not is_number(got) or not abs(got) < PASSED:
        return False
    f, grad, x = call.args
    if not right > 1e-3:
        return False
    single = errors(np.asarray(grad, np.float64), central(f, x))
    wrong = int((single > PASSED).sum())
    return wrong < single.size and {"wrong": wrong, "count": single.size, "value": float(got)}


@observation(first=True)
def error_of_another(call, got, right):
    """The error of a single entry that is not the largest."""
    found = checked(call, got, right)
    if found is None:
        return False
    single = errors(*found)
    others = single[(single > 1e-3) & (single < 0.999 * right)]
    return bool(near(got, others).any())


def refused(call, got, right):
    """Return f, the gradient and x where a right gradient got a large error."""
    if call.name != "gradient_check" or not is_number(got) or not right < PASSED < got:
        return None
    f, grad, x = call.args
    return f, np.asarray(grad, np.float64), np.array(x, np.float64)


def is_error(got, grad, slopes):
    """Tell whether the largest error beside such slopes is what was returned, or half of it."""
    error = errors(grad, slopes).max()
    return bool(error > PASSED and np.isclose(got, [error, error / 2], rtol=1e-3).any())


@observation
def error_is_one(call, got, right):
    """An error of 1 beside a gradient without zeros: a measured slope is 0."""
    found = refused(call, got, right)
    return found is not None and bool(found[1].all() and abs(got - 1) < 1e-9)


@observation
def one_sided(call, got, right):
    """The error that a difference to one side finds in a right gradient."""
    found = refused(call, got, right)
    if found is None:
        return False
    f, grad, x = found
    ahead, behind = measured(f, x)
    sides = ((ahead - f(x)) / STEP, (f(x) - behind) / STEP)
    return any(is_error(got, grad, side) for side in sides)


@observation
def not_put_back(call, got, right):
    """Each component stays where it was last moved to, while the next ones are moved."""
    found = refused(call, got, right)
    if found is None:
        return False
    f, grad, x = found
    for ends in ((STEP, -STEP), (-STEP, STEP)):
        moved, slopes = x.copy(), np.zeros(x.shape)
        for i in np.ndindex(x.shape):
            values = []
            for step in ends:
                moved[i] = x[i] + step
                values.append(f(moved))
            slopes[i] = (values[0] - values[1]) / (ends[0] - ends[1])
        if is_error(got, grad, slopes):
            return True
    return False


@observation
def step_times_x(call, got, right):
    """Each component is multiplied by 1 + h and by 1 - h."""
    found = refused(call, got, right)
    if found is None:
        return False
    f, grad, x = found
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        values = []
        for step in (STEP, -STEP):
            moved = x.copy()
            moved[i] *= 1 + step
            values.append(f(moved))
        slopes[i] = (values[0] - values[1]) / (2 * STEP)
    return is_error(got, grad, slopes)


@observation
def about_half(call, got, right):
    return checked(call, got, right) is not None and bool(0.495 < got / right < 0.505)
