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

H = 1e-4


def scores(rng, shape):
    """Draw scores of which no two in a row are equal: multiples of 1/16, which float32 holds."""
    rows = np.tile(np.arange(shape[-1]) * 8, (*shape[:-1], 1))
    return (rng.permuted(rows, axis=-1) + rng.integers(0, 8, size=shape) - 4 * shape[-1]) / 16


def incoming(rng, shape):
    """Draw gradients of both signs, no two of the same size: multiples of 1/64, at most 4."""
    count = int(np.prod(shape))
    sizes = 8 + rng.permutation(248)[:count]
    signs = rng.permutation(2 * (np.arange(count) % 2) - 1)
    return (signs * sizes / 64).reshape(shape)


def pair(rng, shape):
    return scores(rng, shape), incoming(rng, shape)


def compare(function, right, *calls):
    """Compare the results for some calls, all made before the first is judged.

    Their natural size is 1: they are differences of numbers of about this size.
    """
    results = [function(*args) for args in calls]
    for got, args in zip(results, calls, strict=True):
        assert_close(got, right(*args), scale=1)


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


# -- the Jacobian of one sample -------------------------------------------------------------------


def test_jacobian(student, reference, rng):
    calls = [(scores(rng, (k,)),) for k in (3, 5)]
    compare(student.softmax_jacobian, reference.softmax_jacobian, *calls)


def test_jacobian_two_classes(student, reference, rng):
    calls = [(scores(rng, (2,)),) for _ in range(2)]
    compare(student.softmax_jacobian, reference.softmax_jacobian, *calls)


def test_jacobian_large(student, reference, rng):
    near = scores(rng, (4,))
    wide = rng.permutation([1000, 999.5, 0, -1000])
    calls = [(near + 1000,), (near - 1000,), (wide,)]
    compare(student.softmax_jacobian, reference.softmax_jacobian, *calls)


def test_jacobian_integers(student, reference, rng):
    calls = [(rng.permutation([-1, 0, 1, 2, 4])[:4],), (rng.permutation([-2, 1, 2]),)]
    compare(student.softmax_jacobian, reference.softmax_jacobian, *calls)


def test_jacobian_slopes(student, rng):
    """Each column beside the central difference of softmax along one score."""
    samples = [scores(rng, (k,)) for k in (3, 4)]
    results = [student.softmax_jacobian(z) for z in samples]
    for got, z in zip(results, samples, strict=True):
        steps = H * np.eye(len(z))
        columns = [(softmax(z + step) - softmax(z - step)) / (2 * H) for step in steps]
        assert_close(got, np.stack(columns, axis=1), rtol=1e-5, atol=1e-8)


# -- the backward pass of a batch -----------------------------------------------------------------


def test_backward(student, reference, rng):
    calls = [pair(rng, (4, 3)), pair(rng, (2, 5))]
    compare(student.softmax_backward, reference.softmax_backward, *calls)


def test_backward_square(student, reference, rng):
    """As many rows as classes: what broadcasts wrongly raises nothing."""
    calls = [pair(rng, (3, 3)), pair(rng, (4, 4))]
    compare(student.softmax_backward, reference.softmax_backward, *calls)


def test_backward_one_row(student, reference, rng):
    calls = [pair(rng, (1, 4)), pair(rng, (1, 2))]
    compare(student.softmax_backward, reference.softmax_backward, *calls)


def test_backward_large(student, reference, rng):
    """Rows around 1000, 0 and -1000; then all of it within one row."""
    z, grad = pair(rng, (3, 4))
    far = rng.permutation([1000.0, 0.0, -1000.0])[:, np.newaxis]
    wide = np.stack([rng.permutation([1000, 999.5, -1000]), rng.permutation([-1000, -999, 0])])
    calls = [(z + far, grad), (wide, incoming(rng, (2, 3)))]
    compare(student.softmax_backward, reference.softmax_backward, *calls)


def test_backward_equal_gradients(student, reference, rng):
    """In one row all incoming gradients are equal, which changes nothing; in the others not."""
    z, grad = pair(rng, (3, 4))
    grad[int(rng.integers(3))] = 1.5
    compare(student.softmax_backward, reference.softmax_backward, (z, grad), pair(rng, (3, 2)))


def test_backward_integers(student, reference, rng):
    z = rng.permuted(np.tile([-1, 0, 2, 3], (3, 1)), axis=1)
    grad = rng.permuted(np.tile([-3, -1, 2, 4], (3, 1)), axis=1)
    calls = [(z, grad), (z[:2, :3], grad[:2, :3] + 0.25)]
    compare(student.softmax_backward, reference.softmax_backward, *calls)


def test_backward_cross_entropy(student, rng):
    """The gradient of the mean cross-entropy goes in, its slopes along the scores come out."""
    calls, expected = [], []
    for shape in ((3, 4), (5, 2)):
        n, classes = shape
        z, d = scores(rng, shape), np.eye(classes)[rng.integers(0, classes, size=n)]
        calls.append((z, -d / softmax(z) / n))
        expected.append(loss_slopes(d, z))
    results = [student.softmax_backward(*args) for args in calls]
    for got, right in zip(results, expected, strict=True):
        assert_close(got, right, rtol=1e-5, atol=1e-8)


def loss_slopes(d, z):
    """Return the central differences of the mean cross-entropy along each score."""
    slopes = np.zeros(z.shape)
    for place in np.ndindex(z.shape):
        step = np.zeros(z.shape)
        step[place] = H
        losses = [-np.log((d * softmax(z + by)).sum(axis=1)).mean() for by in (step, -step)]
        slopes[place] = (losses[0] - losses[1]) / (2 * H)
    return slopes


# -- dtypes and arguments -------------------------------------------------------------------------


def single(*args):
    return [arg.astype(np.float32) for arg in args]


def test_dtype(student, rng):
    one = [student.softmax_jacobian.outcome(*single(scores(rng, (k,)))) for k in (3, 4)]
    batch = [student.softmax_backward.outcome(*single(*pair(rng, (n, 3)))) for n in (2, 4)]
    for outcomes in (one, batch):
        for got in returned(*outcomes):
            assert_dtype(got.value, "float32")
        assert_computed(outcomes)


def test_unmodified(student, rng):
    one = [student.softmax_jacobian.outcome(scores(rng, (k,)) + 4) for k in (3, 4)]
    calls = [pair(rng, (n, 3)) for n in (2, 4)]
    batch = [student.softmax_backward.outcome(z + 4, grad) for z, grad in calls]
    assert_unmodified(*one, *batch)
    assert_computed(one, batch)


@hidden
def test_other_jacobians(student, reference, rng):
    calls = [(scores(rng, (8,)),), (np.zeros(4),), (250 * scores(rng, (6,)),)]
    compare(student.softmax_jacobian, reference.softmax_jacobian, *calls)


@hidden
def test_other_batches(student, reference, rng):
    calls = [pair(rng, shape) for shape in ((20, 6), (3, 10), (5, 5), (7, 2))]
    compare(student.softmax_backward, reference.softmax_backward, *calls)


# -- facts about wrong results --------------------------------------------------------------------


def wrong(call, name, got, right):
    """Return a wrong, finite result of the right shape in float64; None for anything else."""
    if call.name != name or not isinstance(got, np.ndarray) or got.shape != np.shape(right):
        return None
    if got.dtype.kind not in "iuf" or not np.isfinite(got).all():
        return None
    got = got.astype(np.float64)
    return None if np.allclose(got, right, rtol=1e-5, atol=1e-9) else got


def is_multiple(got, right):
    """Tell whether a result is the right one times a number; with two classes any could be."""
    if right.shape[-1] == 2:
        return False
    largest = np.unravel_index(np.abs(right).argmax(), right.shape)
    return right.any() and np.allclose(got, right * (got[largest] / right[largest]), atol=1e-9)


@observation
def one_of_several(call, got, right):
    return isinstance(got, tuple) and any(
        isinstance(part, np.ndarray)
        and part.shape == np.shape(right)
        and np.allclose(part, right, rtol=1e-5, atol=1e-9)
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
    if not np.allclose(got, right, rtol=1e-4, atol=1e-5):
        return False
    return {"got": str(got.dtype), "expected": str(right.dtype)}


@observation(first=True)
def whole_numbers(call, got, right):
    """An array of integers, in which no probability finds room."""
    if not isinstance(got, np.ndarray) or got.shape != np.shape(right):
        return False
    return got.dtype.kind in "iu" and {"got": str(got.dtype)}


@observation(first=True)
def other_shape(call, got, right):
    if not isinstance(got, np.ndarray) or got.size == np.size(right):
        return False
    return {"got": str(got.shape), "expected": str(np.shape(right))}


@observation(first=True)
def not_finite(call, got, right):
    """NaN or infinity, with the scores of the row in which it stands."""
    if not isinstance(got, np.ndarray) or got.shape != np.shape(right) or got.dtype.kind != "f":
        return False
    if np.isfinite(got).all():
        return False
    z = np.asarray(call.args[0], np.float64)
    row = z if z.ndim == 1 else z[~np.isfinite(got).all(axis=1)][0]
    return {"smallest": float(row.min()), "largest": float(row.max())}


@observation(first=True)
def few_digits(call, got, right):
    """Numbers that are right to three places or more."""
    if not isinstance(got, np.ndarray) or got.shape != np.shape(right) or got.dtype.kind != "f":
        return False
    error = np.abs(got.astype(np.float64) - right).max()
    return bool(1e-10 < error < 1e-3) and {"error": float(error)}


@observation
def zero_off_diagonal(call, got, right):
    got = wrong(call, "softmax_jacobian", got, right)
    return got is not None and got.any() and not got[~np.eye(len(got), dtype=bool)].any()


@observation(first=True)
def off_diagonal_positive(call, got, right):
    got = wrong(call, "softmax_jacobian", got, right)
    if got is None:
        return False
    places = np.argwhere((got > 1e-9) & ~np.eye(len(got), dtype=bool))
    if not len(places):
        return False
    i, j = map(int, places[0])
    return {"i": i, "j": j, "value": float(got[i, j])}


@observation(first=True)
def diagonal_negative(call, got, right):
    got = wrong(call, "softmax_jacobian", got, right)
    if got is None or not (np.diag(got) < -1e-9).any():
        return False
    i = int(np.flatnonzero(np.diag(got) < -1e-9)[0])
    return {"i": i, "value": float(got[i, i])}


@observation(first=True)
def not_symmetric(call, got, right):
    got = wrong(call, "softmax_jacobian", got, right)
    if got is None or np.allclose(got, got.T, rtol=1e-5, atol=1e-9):
        return False
    i, j = map(int, np.unravel_index(np.abs(got - got.T).argmax(), got.shape))
    return {"i": i, "j": j, "one": float(got[i, j]), "other": float(got[j, i])}


@observation(first=True)
def jacobian_row_sum(call, got, right):
    got = wrong(call, "softmax_jacobian", got, right)
    if got is None or np.allclose(got.sum(axis=1), 0, atol=1e-3):
        return False
    sums = got.sum(axis=1)
    return {"sum": float(sums[np.abs(sums).argmax()])}


@observation(first=True)
def jacobian_entry(call, got, right):
    got = wrong(call, "softmax_jacobian", got, right)
    if got is None or is_multiple(got, right):
        return False
    i, j = map(int, np.unravel_index(np.abs(got - right).argmax(), got.shape))
    return {"i": i, "j": j, "value": float(got[i, j])}


@observation
def nothing_left(call, got, right):
    """Zeros alone, of scores that are floats: of integers they may be cut to whole numbers."""
    if np.asarray(call.args[0]).dtype.kind != "f":
        return False
    got = wrong(call, "softmax_backward", got, right)
    return got is not None and np.allclose(got, 0, atol=1e-9)


@observation
def first_row_right(call, got, right):
    """The first row of a batch alone is right."""
    got = wrong(call, "softmax_backward", got, right)
    if got is None or len(got) < 2:
        return False
    errors = np.abs(got - right).max(axis=1)
    return bool(errors[0] < 1e-6 and errors[1:].min() > 1e-3 and np.abs(right[0]).max() > 1e-3)


@observation(first=True)
def backward_row_sum(call, got, right):
    got = wrong(call, "softmax_backward", got, right)
    if got is None or np.allclose(got.sum(axis=1), 0, atol=1e-3):
        return False
    sums = got.sum(axis=1)
    row = int(np.abs(sums).argmax())
    return {"row": row, "sum": float(sums[row])}


@observation(first=True)
def backward_row(call, got, right):
    got = wrong(call, "softmax_backward", got, right)
    if got is None or is_multiple(got, right):
        return False
    return {"row": int(np.abs(got - right).max(axis=1).argmax())}
