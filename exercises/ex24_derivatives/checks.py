import numpy as np

from grader import (
    assert_close,
    assert_computed,
    assert_dtype,
    assert_unmodified,
    hidden,
    observation,
    returned,
)

PARTS = 1024  # outputs are multiples of 1/1024, which float32 holds exactly
H = 1e-4


def inputs(rng, shape):
    """Draw multiples of 1/16 on both sides of 0, and none that is 0."""
    sizes = rng.integers(1, 64, size=shape) / 16
    signs = np.ones(sizes.size)
    signs[: (sizes.size + 1) // 2] = -1
    return np.asarray(sizes * rng.permutation(signs).reshape(shape))


def in_any_shape(rng):
    """Draw inputs of other shapes than one axis; of those without an axis one of either sign."""
    single = float(np.abs(inputs(rng, ())))
    return [np.array(single), np.array(-single), inputs(rng, (2, 3)), inputs(rng, (2, 1, 3))]


def quantities(rng, shape):
    """Draw labels and outputs; no two errors have the same size, and half of them each sign."""
    count = int(np.prod(shape))
    sizes = 20 + rng.permutation(12 * count)[:count]
    signs = rng.permutation(2 * (np.arange(count) % 2) - 1)
    d = np.round(64 * rng.normal(size=shape)) / 64
    return d, d + (signs * sizes / 64).reshape(shape)


def two_classes(rng, shape):
    """Draw labels 0 and 1, both of them, and probabilities of which no two are equal."""
    count = int(np.prod(shape))
    d = rng.permutation(np.arange(count) % 2)
    y = (64 + rng.permutation(PARTS - 128)[:count]) / PARTS
    return d.reshape(shape), y.reshape(shape)


def probabilities(rng, n, classes):
    """Draw rows of probabilities above 0 that sum to 1; in a row no two are equal."""
    weights = rng.permuted(np.tile(np.arange(1, classes + 1), (n, 1)), axis=1)
    weights = weights + rng.uniform(0, 0.4, size=(n, classes))
    parts = np.round(weights / weights.sum(axis=1, keepdims=True) * PARTS)
    parts[np.arange(n), parts.argmax(axis=1)] += PARTS - parts.sum(axis=1)
    return parts / PARTS


def indexed(rng, n, classes):
    """Draw class indices, two different ones at least where there are two rows, and outputs."""
    d = rng.permutation(np.arange(n) % classes)
    return rng.permutation(classes)[d], probabilities(rng, n, classes)


def one_hot(rng, n, classes):
    d, y = indexed(rng, n, classes)
    return np.eye(classes)[d], y


def compare(function, right, *calls, **tolerance):
    """Compare the results for some calls, all made before the first is judged."""
    results = [function(*args) for args in calls]
    for got, args in zip(results, calls, strict=True):
        assert_close(got, right(*args), **tolerance)


def compare_inputs(function, right, arrays):
    """Compare derivatives of an activation, whose natural size is 1."""
    compare(function, right, *((u,) for u in arrays), scale=1)


def slopes(loss, u):
    """Return the central differences of a loss along each entry of u."""
    found = np.zeros(u.shape)
    for place in np.ndindex(u.shape):
        step = np.zeros(u.shape)
        step[place] = H
        found[place] = (loss(u + step) - loss(u - step)) / (2 * H)
    return found


def compare_slopes(function, loss, before, *pairs):
    """Compare gradients with the slopes of the loss along what `before` finds for y."""
    results = [function(d, y) for d, y in pairs]
    for got, (d, y) in zip(results, pairs, strict=True):
        assert_close(got, slopes(lambda u, d=d: loss(d, u), before(y)), rtol=1e-5, atol=1e-9)


# -- ReLU -----------------------------------------------------------------------------------------


def test_relu(student, reference, rng):
    whole = rng.permutation([-3, -2, -1, 1, 2, 4])
    compare_inputs(student.d_relu, reference.d_relu, [inputs(rng, 5), inputs(rng, 8), whole])


def test_relu_at_zero(student, reference, rng):
    arrays = [rng.permutation([*inputs(rng, 4), *zeros]) for zeros in ([0.0], [0.0, 0.0, -0.0])]
    compare_inputs(student.d_relu, reference.d_relu, arrays)


def test_relu_shapes(student, reference, rng):
    compare_inputs(student.d_relu, reference.d_relu, in_any_shape(rng))


# -- the sigmoid ----------------------------------------------------------------------------------


def test_sigmoid(student, reference, rng):
    with_zero = rng.permutation([*inputs(rng, 6), 0])
    compare_inputs(student.d_sigmoid, reference.d_sigmoid, [inputs(rng, 5), with_zero])


def test_sigmoid_large(student, reference, rng):
    high = 1000 - np.abs(inputs(rng, 4))
    mixed = rng.permutation([-1000, -710.5, -8, 0.5, 8, 710.5, 1000])
    compare_inputs(student.d_sigmoid, reference.d_sigmoid, [high, -high, mixed])


def test_sigmoid_shapes(student, reference, rng):
    compare_inputs(student.d_sigmoid, reference.d_sigmoid, in_any_shape(rng))


def test_sigmoid_integers(student, reference, rng):
    u = rng.permutation(np.arange(-6, 7))
    compare_inputs(student.d_sigmoid, reference.d_sigmoid, [u[:6], u[6:].reshape(1, 7)])


# -- the mean squared error -----------------------------------------------------------------------


def squared_error(d, y):
    return np.mean((d - y) ** 2) / 2


def test_error(student, reference, rng):
    pairs = [quantities(rng, (4, 3)), quantities(rng, (3, 5))]
    compare(student.d_mean_squared_error, reference.d_mean_squared_error, *pairs)


def test_error_shapes(student, reference, rng):
    pairs = [quantities(rng, shape) for shape in (5, (7, 1), (2, 3, 4))]
    compare(student.d_mean_squared_error, reference.d_mean_squared_error, *pairs)


def test_error_integers(student, reference, rng):
    d = rng.integers(-5, 6, size=(2, 3))
    signs = rng.permutation([1, 1, 1, -1, -1, -1]).reshape(2, 3)
    y = d + signs * rng.permutation([1, 2, 3, 4, 5, 7]).reshape(2, 3)
    pairs = [(d, y), (d, y + 0.25)]
    compare(student.d_mean_squared_error, reference.d_mean_squared_error, *pairs)


def test_error_slope(student, rng):
    pairs = [quantities(rng, (3, 2)), quantities(rng, 5)]
    compare_slopes(student.d_mean_squared_error, squared_error, np.copy, *pairs)


# -- the sigmoid with its loss --------------------------------------------------------------------


def binary_cross_entropy(d, u):
    return np.mean(np.logaddexp(0, u) - d * u)


def before_sigmoid(y):
    return np.log(y) - np.log1p(-y)


def test_sigmoid_loss(student, reference, rng):
    pairs = [two_classes(rng, (n, 1)) for n in (5, 8)]
    compare(student.d_sigmoid_with_loss, reference.d_sigmoid_with_loss, *pairs)


def test_sigmoid_loss_one_axis(student, reference, rng):
    pairs = [two_classes(rng, n) for n in (4, 7)]
    compare(student.d_sigmoid_with_loss, reference.d_sigmoid_with_loss, *pairs)


def test_sigmoid_loss_saturated(student, reference, rng):
    """Outputs that have become exactly 0 and 1, on the right side and on the wrong one."""
    order = rng.permutation(6)
    d, y = two_classes(rng, (6, 1))
    pair = np.array([0, 0, 1, 1, 0, 1.0])[order].reshape(6, 1), np.array([0, 1, 0, 1, 0.25, 0.5])
    pairs = [(pair[0], pair[1][order].reshape(6, 1)), (d, np.where(y > y.mean(), 1.0, y))]
    compare(student.d_sigmoid_with_loss, reference.d_sigmoid_with_loss, *pairs)


def test_sigmoid_loss_slope(student, rng):
    pairs = [two_classes(rng, (6, 1)), two_classes(rng, 3)]
    compare_slopes(student.d_sigmoid_with_loss, binary_cross_entropy, before_sigmoid, *pairs)


# -- softmax with its loss ------------------------------------------------------------------------


def cross_entropy(d, u):
    rows = np.arange(len(u)), d
    return np.mean(np.log(np.exp(u).sum(axis=1)) - (u[rows] if d.ndim == 1 else (d * u).sum(1)))


def test_softmax_indices(student, reference, rng):
    pairs = [indexed(rng, 4, 3), indexed(rng, 2, 5)]
    compare(student.d_softmax_with_loss, reference.d_softmax_with_loss, *pairs)


def test_softmax_one_hot(student, reference, rng):
    pairs = [one_hot(rng, 4, 3), one_hot(rng, 2, 5)]
    compare(student.d_softmax_with_loss, reference.d_softmax_with_loss, *pairs)


def test_softmax_square(student, reference, rng):
    """As many rows as classes: what broadcasts wrongly raises nothing."""
    pairs = [indexed(rng, 3, 3), one_hot(rng, 3, 3), indexed(rng, 4, 4)]
    compare(student.d_softmax_with_loss, reference.d_softmax_with_loss, *pairs)


def test_softmax_one_row(student, reference, rng):
    pairs = [indexed(rng, 1, 4), one_hot(rng, 1, 3), indexed(rng, 1, 2)]
    compare(student.d_softmax_with_loss, reference.d_softmax_with_loss, *pairs)


def test_softmax_saturated(student, reference, rng):
    """Outputs that have become exactly 0 and 1, and labels on either."""
    certain = np.eye(3)[[0, 1, 2, 0, 1]][rng.permutation(5)]
    labels = rng.permutation([0, 1, 2, 2, 1])
    pairs = [(labels, certain), (np.eye(3)[labels], certain), indexed(rng, 5, 3)]
    compare(student.d_softmax_with_loss, reference.d_softmax_with_loss, *pairs)


def test_softmax_slope(student, rng):
    pairs = [indexed(rng, 3, 4), one_hot(rng, 4, 2)]
    compare_slopes(student.d_softmax_with_loss, cross_entropy, np.log, *pairs)


# -- dtypes and arguments -------------------------------------------------------------------------


def test_dtype(student, rng):
    """Everything that goes in is float32, one-hot labels too."""
    calls = [
        (student.d_sigmoid, [(inputs(rng, n),) for n in (4, 5)]),
        (student.d_mean_squared_error, [quantities(rng, (n, 2)) for n in (3, 4)]),
        (student.d_sigmoid_with_loss, [two_classes(rng, (n, 1)) for n in (4, 6)]),
        (student.d_softmax_with_loss, [one_hot(rng, n, 3) for n in (4, 5)]),
    ]
    for function, arguments in calls:
        outcomes = [function.outcome(*(a.astype(np.float32) for a in args)) for args in arguments]
        for got in returned(*outcomes):
            assert_dtype(got.value, "float32")
        assert_computed(outcomes)


def check_unmodified(function, *groups):
    outcomes = [[function.outcome(*args) for args in calls] for calls in groups]
    assert_unmodified(*(outcome for group in outcomes for outcome in group))
    assert_computed(*outcomes)


def test_activations_unmodified(student, rng):
    check_unmodified(student.d_sigmoid, [(inputs(rng, n),) for n in (5, 6)])
    outcomes = [student.d_relu.outcome(u) for u in (inputs(rng, 5), inputs(rng, 6))]
    assert_unmodified(*outcomes)


def test_losses_unmodified(student, rng):
    pairs = [quantities(rng, (n, 2)) for n in (3, 4)]
    check_unmodified(student.d_mean_squared_error, pairs)
    labelled = [(d.astype(float), y) for d, y in (two_classes(rng, (n, 1)) for n in (5, 6))]
    check_unmodified(student.d_sigmoid_with_loss, labelled)


def test_softmax_unmodified(student, rng):
    groups = [[draw(rng, n, 3) for n in (4, 5)] for draw in (indexed, one_hot)]
    check_unmodified(student.d_softmax_with_loss, *groups)


@hidden
def test_other_relus(student, reference, rng):
    arrays = [inputs(rng, 40), 1000 * inputs(rng, (3, 7)), inputs(rng, (4, 4)) / 64]
    compare_inputs(student.d_relu, reference.d_relu, arrays)


@hidden
def test_other_sigmoids(student, reference, rng):
    arrays = [inputs(rng, 40), inputs(rng, (3, 7)) / 64, 250 * inputs(rng, (4, 5))]
    compare_inputs(student.d_sigmoid, reference.d_sigmoid, arrays)


@hidden
def test_other_errors(student, reference, rng):
    pairs = [quantities(rng, shape) for shape in (1, (6, 4), (5, 5), (1, 7))]
    compare(student.d_mean_squared_error, reference.d_mean_squared_error, *pairs)


@hidden
def test_other_sigmoid_losses(student, reference, rng):
    pairs = [two_classes(rng, shape) for shape in ((1, 1), (30, 1), 12)]
    compare(student.d_sigmoid_with_loss, reference.d_sigmoid_with_loss, *pairs)


@hidden
def test_other_softmax_losses(student, reference, rng):
    pairs = [indexed(rng, 20, 6), one_hot(rng, 9, 4), indexed(rng, 3, 10), one_hot(rng, 2, 2)]
    compare(student.d_softmax_with_loss, reference.d_softmax_with_loss, *pairs)


# -- facts about wrong results --------------------------------------------------------------------


def flat(call, got, right):
    """Return arguments and a wrong, finite result of their shape, all flat; None without such."""
    right = np.asarray(right)
    if not isinstance(got, float | int | np.generic | np.ndarray) or np.shape(got) != right.shape:
        return None
    got = np.asarray(got)
    if got.dtype.kind not in "biuf" or not np.isfinite(got).all():
        return None
    got = got.astype(np.float64)
    if np.allclose(got, right, rtol=1e-5, atol=1e-12):
        return None
    return [np.asarray(arg, np.float64).ravel() for arg in call.args], got.ravel()


def of_loss(call, got, right):
    """Return a wrong gradient of a loss and the right one, flat; None for anything else."""
    found = flat(call, got, right)
    return None if found is None or len(call.args) != 2 else (found[1], np.asarray(right).ravel())


@observation
def one_of_several(call, got, right):
    return isinstance(got, tuple | list) and any(
        isinstance(part, np.ndarray)
        and part.shape == np.shape(right)
        and np.allclose(part, right, rtol=1e-5)
        for part in got
    )


@observation
def list_of_right_values(call, got, right):
    return (
        isinstance(got, list)
        and np.shape(got) == np.shape(right)
        and np.allclose(np.asarray(got, float), right, atol=1e-6)
    )


@observation(first=True)
def dtype_lost(call, got, right):
    """Right values of another dtype than the one asked for."""
    if not isinstance(got, np.ndarray) or got.shape != np.shape(right):
        return False
    if got.dtype.kind not in "iuf" or got.dtype == right.dtype:
        return False
    if call.name == "d_relu" or not np.allclose(got, right, rtol=1e-4, atol=1e-6):
        return False
    return {"got": str(got.dtype), "expected": str(right.dtype)}


@observation
def one_number(call, got, right):
    return isinstance(got, int | float | np.generic) and np.size(right) > 1


@observation(first=True)
def other_shape(call, got, right):
    """Fewer entries than asked for, or more."""
    if not isinstance(got, np.ndarray) or got.size in (1, np.size(right)):
        return False
    return {"got": str(got.shape), "expected": str(np.shape(right))}


@observation(first=True)
def relu_value(call, got, right):
    """Another value than 0 and 1."""
    found = flat(call, got, right)
    if call.name != "d_relu" or found is None:
        return False
    (u,), got = found
    other = ~np.isin(got, (0, 1))
    return other.any() and {"u": float(u[other][0]), "value": float(got[other][0])}


@observation(first=True)
def relu_wrong_side(call, got, right):
    """0 and 1 alone, and the wrong one of them for some number."""
    found = flat(call, got, right)
    if call.name != "d_relu" or found is None:
        return False
    (u,), got = found
    wrong = (got != (u > 0)) & (u != 0)
    return wrong.any() and {"u": float(u[wrong][0]), "value": float(got[wrong][0])}


@observation(first=True)
def not_finite(call, got, right):
    if not isinstance(got, float | np.ndarray) or np.shape(got) != np.shape(right):
        return False
    got = np.asarray(got)
    if call.name != "d_sigmoid" or got.dtype.kind != "f" or np.isfinite(got).all():
        return False
    return {"u": float(np.asarray(call.args[0])[~np.isfinite(got)].flat[0])}


@observation(first=True)
def sigmoid_negative(call, got, right):
    found = flat(call, got, right)
    if call.name != "d_sigmoid" or found is None:
        return False
    (u,), got = found
    negative = got < 0
    return negative.any() and {"u": float(u[negative][0]), "value": float(got[negative][0])}


@observation(first=True)
def sigmoid_too_steep(call, got, right):
    found = flat(call, got, right)
    if call.name != "d_sigmoid" or found is None:
        return False
    (u,), got = found
    steep = got > 0.25 + 1e-6
    return steep.any() and {"u": float(u[steep][0]), "value": float(got[steep][0])}


@observation(first=True)
def sigmoid_not_flat(call, got, right):
    """A slope that is left over far from 0, where a sigmoid has none."""
    found = flat(call, got, right)
    if call.name != "d_sigmoid" or found is None:
        return False
    (u,), got = found
    left = (np.abs(u) > 50) & (got > 1e-9)
    return left.any() and {"u": float(u[left][0]), "value": float(got[left][0])}


@observation(first=True)
def sigmoid_elsewhere(call, got, right):
    """Slopes of a sigmoid's range, at the wrong places."""
    found = flat(call, got, right)
    if call.name != "d_sigmoid" or found is None:
        return False
    (u,), got = found
    worst = np.abs(got - np.ravel(right)).argmax()
    return {"u": float(u[worst]), "value": float(got[worst])}


@observation(first=True)
def divided_twice(call, got, right):
    """A gradient that is too small by the number that it is to be divided by."""
    found = of_loss(call, got, right)
    if found is None:
        return False
    count = np.size(right) if call.name == "d_mean_squared_error" else len(right)
    small = count > 1 and np.allclose(found[0] * count, found[1], rtol=1e-5, atol=1e-9)
    return small and {"factor": count}


@observation(first=True)
def not_divided(call, got, right):
    """A gradient that is too large by the number that it is to be divided by."""
    found = of_loss(call, got, right)
    if found is None:
        return False
    count = np.size(right) if call.name == "d_mean_squared_error" else len(right)
    large = count > 1 and np.allclose(found[0], found[1] * count, rtol=1e-5, atol=1e-9)
    return large and {"factor": count}


@observation
def doubled(call, got, right):
    found = of_loss(call, got, right)
    return found is not None and np.allclose(found[0], 2 * found[1], rtol=1e-5, atol=1e-9)


@observation(first=True)
def row_sum(call, got, right):
    """A row of the gradient at softmax that does not sum to 0."""
    if call.name != "d_softmax_with_loss" or of_loss(call, got, right) is None:
        return False
    sums = np.asarray(got, np.float64).sum(axis=1)
    wrong = np.abs(sums) > 1e-4
    return wrong.any() and {"sum": float(sums[wrong][0])}


@observation(first=True)
def wrong_direction(call, got, right):
    """An entry of a gradient with the wrong sign."""
    found = of_loss(call, got, right)
    if found is None:
        return False
    got, right = found
    wrong = got * right < 0
    if not wrong.any():
        return False
    return {"got": float(got[wrong][0]), "place": int(np.flatnonzero(wrong)[0]) + 1}


@observation(first=True)
def not_proportional(call, got, right):
    """A gradient whose entries have the right signs, and wrong sizes."""
    found = of_loss(call, got, right)
    if found is None:
        return False
    got, right = found
    known = np.abs(right) > 1e-6
    ratios = got[known] / right[known]
    if ratios.size < 2 or ratios.min() < 0 or np.ptp(ratios) < 1e-3:
        return False
    return {"smallest": float(ratios.min()), "largest": float(ratios.max())}
