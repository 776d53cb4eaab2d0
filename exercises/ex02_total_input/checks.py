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


def draw(rng, shape):
    """Draw multiples of 1/16: all products and sums of them are exact, in float32 too."""
    return np.round(16 * rng.normal(size=shape)) / 16


def biases(rng, neurons):
    """Draw a bias for each neuron: no two are alike, none is 0."""
    sizes = rng.choice(np.arange(8, 32 + neurons), neurons, replace=False)
    return sizes * rng.choice([-1, 1], neurons) / 16


def layer(rng, x_shape, neurons):
    """Draw the three arguments: inputs of a shape, weights, and a bias for each neuron."""
    return draw(rng, x_shape), draw(rng, (x_shape[-1], neurons)), biases(rng, neurons)


def check_layers(student, reference, *layers):
    """Compare the results for some layers, all called before the first is judged."""
    results = [student.total_input(*arguments) for arguments in layers]
    for got, arguments in zip(results, layers, strict=True):
        assert_close(got, reference.total_input(*arguments))


def test_one_sample(student, reference, rng):
    check_layers(student, reference, layer(rng, (5,), 3), layer(rng, (2,), 6))


def test_batch(student, reference, rng):
    check_layers(student, reference, layer(rng, (4, 5), 3), layer(rng, (3, 2), 6))


def test_equal_sizes(student, reference, rng):
    shapes = [((4, 4), 4), ((3, 5), 3), ((4,), 4)]
    check_layers(student, reference, *(layer(rng, shape, neurons) for shape, neurons in shapes))


def test_one_row(student, reference, rng):
    check_layers(student, reference, layer(rng, (1, 5), 3), layer(rng, (1, 4), 2))


def test_narrow(student, reference, rng):
    check_layers(student, reference, layer(rng, (4, 1), 3), layer(rng, (4, 3), 1))


def test_zero_bias(student, reference, rng):
    sample, batch = layer(rng, (4,), 3), layer(rng, (5, 4), 3)
    layers = [(x, W, 0 * b) for x, W, b in (sample, batch)]
    check_layers(student, reference, *layers)


def test_integers(student, reference, rng):
    layers = []
    for x_shape in [(4,), (3, 4)]:
        x = rng.integers(-9, 10, size=x_shape)
        weights, whole = draw(rng, (4, 2)), rng.integers(-9, 10, size=(4, 2))
        layers += [(x, weights, biases(rng, 2)), (x, whole, rng.integers(1, 9, size=2))]
    check_layers(student, reference, *layers)


def call_batches(student, rng, *dtypes):
    """Return the outcomes of calls with a batch of each dtype; with samples where one raised.

    Whether both forms work is for other checks.
    """
    for x_shape in [(2, 5), (5,)]:
        layers = [[a.astype(dtype) for a in layer(rng, x_shape, 3)] for dtype in dtypes]
        outcomes = [student.total_input.outcome(*arguments) for arguments in layers]
        if len(outcomes) == sum(hasattr(outcome, "value") for outcome in outcomes):
            break
    return outcomes


def test_dtype(student, rng):
    expected = ["float32", "float32", "float64"]
    outcomes = call_batches(student, rng, *expected)
    for outcome, dtype in zip(outcomes, expected, strict=True):
        for got in returned(outcome):
            assert_dtype(got.value, dtype)
    assert_computed(outcomes[:2])


def test_unmodified(student, rng):
    outcomes = call_batches(student, rng, "float64", "float64")
    sample = student.total_input.outcome(*layer(rng, (4,), 3))
    assert_unmodified(*outcomes, sample)
    assert_computed(outcomes)


@hidden
def test_other_samples(student, reference, rng):
    shapes = [((1,), 4), ((6,), 2), ((30,), 12)]
    check_layers(student, reference, *(layer(rng, shape, neurons) for shape, neurons in shapes))


@hidden
def test_other_batches(student, reference, rng):
    shapes = [((7, 3), 5), ((5, 5), 5), ((40, 12), 8)]
    check_layers(student, reference, *(layer(rng, shape, neurons) for shape, neurons in shapes))


# -- facts about wrong results --------------------------------------------------------------------


def values(got, right):
    """Return a wrong result as finite numbers in float64, None where it is anything else."""
    if not isinstance(got, np.ndarray) or got.shape != right.shape or got.dtype.kind not in "iuf":
        return None
    got = got.astype(np.float64)
    return got if np.isfinite(got).all() and not np.allclose(got, right, rtol=1e-5) else None


def same(one, other):
    """Tell whether two arrays have one shape and the same numbers."""
    one, other = np.asarray(one), np.asarray(other)
    numbers = one.dtype.kind in "iuf" and one.shape == other.shape
    return numbers and np.allclose(one, other, rtol=1e-5, atol=1e-9)


@observation
def one_of_several(call, got, right):
    return isinstance(got, tuple) and any(
        isinstance(part, np.ndarray) and same(part, right) for part in got
    )


@observation
def list_of_right_values(call, got, right):
    return isinstance(got, list) and np.allclose(np.asarray(got, float), right, atol=1e-6)


@observation(first=True)
def dtype_lost(call, got, right):
    """Right values of another dtype than the one asked for."""
    if not isinstance(got, np.ndarray) or got.dtype.kind != "f" or got.dtype.itemsize < 4:
        return False
    if got.dtype == right.dtype or not same(got, right):
        return False
    return {"got": str(got.dtype), "expected": str(right.dtype)}


@observation
def axis_of_batch_lost(call, got, right):
    """A batch of one sample comes back as a sample."""
    one = isinstance(got, np.ndarray) and right.ndim > 1 and len(right) == 1
    return one and got.shape == right.shape[1:] and same(got, right[0])


@observation
def one_number(call, got, right):
    one = isinstance(got, int | float | np.generic) or (
        isinstance(got, np.ndarray) and got.size == 1
    )
    return one and np.size(right) > 1


@observation
def transposed(call, got, right):
    if not isinstance(got, np.ndarray) or right.ndim < 2 or right.shape == right.T.shape == (1, 1):
        return False
    return same(got.T, right) and not same(got, right)


@observation
def products_left(call, got, right):
    """A number for each input and neuron, or for each sample, input and neuron."""
    x, weights, _ = call.args
    if not isinstance(got, np.ndarray) or got.shape == right.shape:
        return False
    return got.shape == (*x.shape, weights.shape[1]) and min(weights.shape) > 1


@observation
def one_row_alone(call, got, right):
    if not isinstance(got, np.ndarray) or right.ndim < 2 or got.shape == right.shape:
        return False
    return (
        len(right) > 1
        and got.size == right.shape[-1]
        and any(same(got.ravel(), row) for row in right)
    )


@observation
def mean_over_samples(call, got, right):
    if not isinstance(got, np.ndarray) or right.ndim < 2 or len(right) < 2:
        return False
    return got.shape != right.shape and same(got.ravel(), right.mean(axis=0))


@observation
def bias_alone(call, got, right):
    """The biases, and nothing of the weights, in every row."""
    got, b = values(got, right), call.args[2]
    return got is not None and got.size > 1 and bool(b.any()) and same(got, 0 * right + b)


def multiple_of_bias(call, got, right):
    """Return k where a result is the right one plus k times the biases, else None."""
    got, b = values(got, right), np.asarray(call.args[2], np.float64)
    if got is None or got.size < 2 or not b.all():
        return None
    share = (got - right) / b
    k = float(share.flat[0])
    return round(k, 6) if np.allclose(share, k, rtol=1e-5) and abs(k) > 1e-3 else None


@observation
def bias_missing(call, got, right):
    return multiple_of_bias(call, got, right) == -1


@observation(first=True)
def bias_times(call, got, right):
    k = multiple_of_bias(call, got, right)
    if k is None or k == -1:
        return False
    return {"k": int(k) if k == int(k) else k}


@observation(first=True)
def input_left_out(call, got, right):
    """All products of one input with its weights are missing."""
    got = values(got, right)
    x, weights, _ = call.args
    if got is None or got.size < 2:
        return False
    for i in range(len(weights)):
        if same(got, right - x[..., i, None] * weights[i]):
            return {"i": i}
    return False


@observation
def other_bias(call, got, right):
    """Each neuron has a number of b added, and some of them that of another neuron."""
    got, b = values(got, right), np.asarray(call.args[2], np.float64)
    if got is None or b.size < 2 or not b.all():
        return False
    added = got - right + b
    return np.isclose(added[..., None], b, rtol=1e-5, atol=1e-9).any(axis=-1).all()


@observation
def all_neurons_alike(call, got, right):
    got = values(got, right)
    return got is not None and got.shape[-1] > 1 and np.allclose(got, got[..., :1])


@observation
def alike_but_for_bias(call, got, right):
    """All neurons have one number for a sample, but for their biases."""
    got, b = values(got, right), call.args[2]
    if got is None or got.shape[-1] < 2 or not np.any(b):
        return False
    weighted = got - b
    return np.allclose(weighted, weighted[..., :1]) and np.ptp(weighted) + abs(weighted.flat[0]) > 0


@observation
def all_samples_alike(call, got, right):
    got = values(got, right)
    return got is not None and got.ndim > 1 and len(got) > 1 and np.allclose(got, got[:1])


@observation
def same_for_all_neurons(call, got, right):
    """Within each sample all numbers are off by the same."""
    got = values(got, right)
    if got is None or got.shape[-1] < 2:
        return False
    excess = got - right
    return np.allclose(excess, excess[..., :1], rtol=1e-6, atol=1e-9)


@observation
def same_for_all_samples(call, got, right):
    """Every row is off by the same numbers, so what depends on x is right."""
    got = values(got, right)
    if got is None or got.ndim < 2 or len(got) < 2:
        return False
    excess = got - right
    return np.allclose(excess, excess[:1], rtol=1e-6, atol=1e-9)


@observation
def right_where_positive(call, got, right):
    """Numbers above 0 are right, and those below it are not."""
    got = values(got, right)
    if got is None or not (right > 0).any() or not (right < 0).any():
        return False
    near = np.isclose(got, right, rtol=1e-6, atol=1e-9)
    return near[right > 0].all() and not near[right < 0].any()


@observation
def same_order(call, got, right):
    """A larger right number always goes with a larger one here, and not in proportion."""
    got = values(got, right)
    if got is None or got.size < 6 or np.abs(got - right).max() < np.ptp(right) / 20:
        return False  # what is nearly right is told otherwise
    got, right = got.ravel(), right.ravel()
    order = np.argsort(right)
    if (np.diff(right[order]) <= 0).any() or (np.diff(got[order]) <= 0).any():
        return False
    line = np.polyval(np.polyfit(right, got, 1), right)
    return not np.allclose(line, got, rtol=1e-4, atol=1e-4 * np.abs(got).max())


@observation
def none_negative(call, got, right):
    """No number is negative, where several of the right ones are."""
    got = values(got, right)
    return got is not None and got.size > 3 and (got >= 0).all() and (right < 0).sum() > 1
