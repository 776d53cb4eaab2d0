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


def logits(rng, shape):
    """Draw multiples of 1/64: float32 holds them exactly, also after adding 1000."""
    return np.round(64 * rng.normal(size=shape)) / 64


def check_softmax(student, reference, *arrays, rtol=None):
    """Compare the results for some arrays, all called before the first is judged."""
    results = [student.softmax(x) for x in arrays]
    for got, x in zip(results, arrays, strict=True):
        assert_close(got, reference.softmax(x), rtol=rtol)


def test_one_sample(student, reference, rng):
    check_softmax(student, reference, logits(rng, 5), logits(rng, rng.integers(6, 10)))


def test_batch(student, reference, rng):
    check_softmax(student, reference, logits(rng, (3, 5)), logits(rng, (4, 2)))


def test_square_batch(student, reference, rng):
    check_softmax(student, reference, logits(rng, (4, 4)))


def test_narrow_batch(student, reference, rng):
    check_softmax(student, reference, logits(rng, (1, 6)), logits(rng, (3, 1)))


def test_rows_far_apart(student, reference, rng):
    rows_apart = logits(rng, (3, 5)) + rng.permutation([[-1000], [0], [1000]])
    columns_apart = logits(rng, (2, 4)) + rng.permutation([-1000, 0, 999, 1000])
    check_softmax(student, reference, rows_apart, columns_apart)


def test_large_values(student, reference, rng):
    barely_too_large = rng.permutation([710.25, 708, 706.5, 704])  # exp overflows from 709.79 on
    high, low = logits(rng, 5) + 1000, logits(rng, 5) - 1000
    check_softmax(student, reference, barely_too_large, high, low)


def test_wide_spread(student, reference, rng):
    x = np.array([1000, 1000, 0, -1000]) + logits(rng, 4)
    other = np.array([1000, 1000, 1000, -1000]) + logits(rng, 4)
    check_softmax(student, reference, rng.permutation(x), rng.permutation(other))


def test_decimals(student, reference, rng):
    x = logits(rng, 6) + rng.permutation([0, 2, 5, 9, 12, 14])
    got = student.softmax(x)
    expected = reference.softmax(x)
    if isinstance(got, np.ndarray) and got.shape == expected.shape:
        for decimals in range(1, 9):
            if np.allclose(got, np.round(expected, decimals), rtol=0, atol=1e-12):
                fail("decimals", n=decimals)
    assert_close(got, expected)


def test_float32(student, reference, rng):
    x = logits(rng, 5).astype(np.float32)
    # float32 overflows beyond exp(88); around 100 its own steps are some 1e-5.
    check_softmax(student, reference, x, x + np.float32(100), rtol=1e-5)


def test_integers(student, reference, rng):
    check_softmax(student, reference, rng.choice(np.arange(-8, 9), 7, replace=False))


def call_batches(student, rng, *dtypes):
    """Return the outcomes of calls with a batch of each dtype; with samples where one raised.

    Whether both forms work is for other checks.
    """
    for shape in [(2, 5), 5]:
        arrays = [(4 * logits(rng, shape)).astype(dtype) for dtype in dtypes]
        outcomes = [student.softmax.outcome(x) for x in arrays]
        if len(outcomes) == sum(hasattr(outcome, "value") for outcome in outcomes):
            break
    return outcomes


def test_dtype(student, rng):
    expected = {"float64": "float64", "int64": "float64", "float32": "float32"}
    outcomes = call_batches(student, rng, *expected)
    for outcome, dtype in zip(outcomes, expected.values(), strict=True):
        for got in returned(outcome):
            assert_dtype(got.value, dtype)
    assert_computed(outcomes[:2])


def test_unmodified(student, rng):
    outcomes = call_batches(student, rng, "float64", "float64")
    sample = student.softmax.outcome(logits(rng, 5) + 8)
    assert_unmodified(*outcomes, sample)
    assert_computed(outcomes)


@hidden
def test_other_samples(student, reference, rng):
    arrays = [3 * logits(rng, size) for size in [1, 2, 40]]
    check_softmax(student, reference, *arrays)


@hidden
def test_other_batches(student, reference, rng):
    arrays = [3 * logits(rng, shape) for shape in [(7, 3), (2, 30), (6, 6)]]
    check_softmax(student, reference, *arrays)


@hidden
def test_other_stable_batches(student, reference, rng):
    rows = rng.permutation([[-1000], [-300], [0], [500], [1000]])
    columns = rng.permutation([-1000, -500, 300, 1000])
    check_softmax(student, reference, logits(rng, (5, 3)) + rows, logits(rng, (3, 4)) + columns)


# -- facts about wrong results --------------------------------------------------------------------


def values(got, right):
    """Return a result as finite numbers in float64; None where it is anything else, or zeros."""
    if not isinstance(got, np.ndarray) or got.shape != right.shape or got.dtype.kind not in "biuf":
        return None
    got = got.astype(np.float64)
    return got if np.isfinite(got).all() and got.any() else None


def is_rounded(got, right):
    """Tell whether all values are right but rounded, which a sentence of its own tells."""
    return any(np.allclose(got, np.round(right, n), rtol=0, atol=1e-6) for n in range(1, 5))


@observation
def list_of_right_values(call, got, right):
    return isinstance(got, list) and np.allclose(np.asarray(got, float), right, atol=1e-6)


@observation
def one_of_several(call, got, right):
    return isinstance(got, tuple) and any(
        isinstance(part, np.ndarray)
        and part.shape == right.shape
        and np.allclose(part, right, rtol=1e-5)
        for part in got
    )


@observation(first=True)
def dtype_lost(call, got, right):
    """Right values of another dtype than the one asked for."""
    if not isinstance(got, np.ndarray) or got.dtype.kind != "f" or got.dtype.itemsize < 4:
        return False
    same = got.dtype == right.dtype or got.shape != right.shape
    if same or not np.allclose(got, right, rtol=1e-4, atol=1e-6):
        return False
    return {"got": str(got.dtype), "expected": str(right.dtype)}


@observation
def transposed(call, got, right):
    if values(got.T if isinstance(got, np.ndarray) else got, right) is None or got.ndim < 2:
        return False
    turned = np.allclose(got.T, right, rtol=1e-5, atol=1e-9)
    return turned and not (got.shape == right.shape and np.allclose(got, right, rtol=1e-5))


@observation
def one_row_alone(call, got, right):
    if not isinstance(got, np.ndarray) or right.ndim < 2 or got.shape == right.shape:
        return False
    return got.size == right.shape[-1] > 1 and any(
        np.allclose(got.ravel(), row, rtol=1e-5, atol=1e-7) for row in right
    )


@observation
def one_value_a_row(call, got, right):
    rows = right.size // right.shape[-1]
    if not isinstance(got, np.ndarray | np.generic | int | float) or np.size(got) != rows:
        return False
    other = np.ravel(got)  # with as many rows as classes it may be one of the rows
    is_row = other.size > 1 and other.size == right.shape[-1]
    return np.shape(got) != right.shape and not (
        is_row and any(np.allclose(other, row, rtol=1e-3) for row in np.atleast_2d(right))
    )


@observation(first=True)
def overflow(call, got, right):
    """A row without a finite result whose largest exponential is infinite, or 0."""
    if not isinstance(got, np.ndarray) or got.shape != right.shape or got.dtype.kind != "f":
        return False
    x = np.atleast_2d(call.args[0])
    rows = ~np.isfinite(np.atleast_2d(got)).all(axis=-1)
    largest = x.max(axis=-1)
    exponentials = np.exp(largest)
    out_of_range = ~np.isfinite(exponentials) | (exponentials == 0)
    if not (rows & out_of_range).any() or not (out_of_range[rows].all() or rows.all()):
        return False
    return {"x": float(largest[rows & out_of_range][0])}


@observation
def vanished(call, got, right):
    """Rows of zeros, infinity or NaN: exactly those whose largest exponential is infinite, or 0."""
    if not isinstance(got, np.ndarray) or got.shape != right.shape or got.dtype.kind != "f":
        return False
    rows, largest = np.atleast_2d(got), np.atleast_2d(call.args[0]).max(axis=-1)
    exponentials = np.exp(largest)
    out_of_range = ~np.isfinite(exponentials) | (exponentials == 0)
    lost = ~np.isfinite(rows).any(axis=-1) | ~rows.any(axis=-1)
    return bool(out_of_range.any()) and bool((lost == out_of_range).all())


@observation(first=True)
def row_of_zeros(call, got, right):
    """Some rows of a batch are 0 throughout, and all others are right."""
    if not isinstance(got, np.ndarray) or got.shape != right.shape or got.ndim < 2:
        return False
    zero = ~got.any(axis=-1)
    if not zero.any() or (zero.all() and len(got) > 1):
        return False
    others = np.allclose(got[~zero], right[~zero], rtol=1e-5, atol=1e-7)
    return others and {"row": int(zero.argmax())}


@observation
def divided_by_rows(call, got, right):
    got = values(got, right)
    if got is None or got.ndim < 2 or len(got) < 2:
        return False
    return np.allclose(got * len(got), right, rtol=1e-5, atol=1e-7)


@observation
def one_long_row(call, got, right):
    """A batch whose rows have come together in one."""
    return (
        isinstance(got, np.ndarray)
        and right.ndim > 1
        and got.ndim == 1
        and got.size == right.size
        and np.isclose(got.sum(), 1)
    )


@observation
def one_hot(call, got, right):
    """One 1 in each row, where the largest value stands."""
    got = values(got, right)
    if got is None or got.shape[-1] < 2:
        return False
    ones, zeros = (got == 1).sum(axis=-1), (got == 0).sum(axis=-1)
    return (ones == 1).all() and (zeros == got.shape[-1] - 1).all()


@observation
def other_base(call, got, right):
    """Powers of 2 or of 10 in the place of the exponentials."""
    got = values(got, right)
    if got is None or got.shape[-1] < 2 or np.allclose(got, right, rtol=1e-4, atol=1e-9):
        return False
    x = np.asarray(call.args[0], np.float64)
    exponents = x - x.max(axis=-1, keepdims=True)
    for base in (2.0, 10.0):
        powers = base**exponents
        if np.allclose(got, powers / powers.sum(axis=-1, keepdims=True), rtol=1e-4, atol=1e-9):
            return {"base": int(base)}
    return False


@observation
def whole_sums_to_one(call, got, right):
    got = values(got, right)
    if got is None or got.ndim < 2 or len(got) < 2 or np.isclose(got.sum(axis=-1), 1).any():
        return False
    return np.isclose(got.sum(), 1)


@observation
def columns_sum_to_one(call, got, right):
    got = values(got, right)
    if got is None or got.ndim < 2 or len(got) < 2:
        return False
    return np.allclose(got.sum(axis=0), 1) and not np.allclose(got.sum(axis=-1), 1)


@observation
def sigmoid(call, got, right):
    got = values(got, right)
    x = np.asarray(call.args[0], np.float64)
    if got is None or x.size < 2 or np.abs(x).min() > 20:
        return False
    return np.allclose(got, 0.5 + np.tanh(x / 2) / 2, atol=1e-6)


@observation
def zero_where_negative(call, got, right):
    got = values(got, right)
    x = np.asarray(call.args[0])
    if got is None or (x < 0).sum() < 2 or not (x > 0).any():
        return False
    return (got[x < 0] == 0).all() and (got[x > 0] > 0).all() and (right[x < 0] > 0).all()


@observation
def same_in_a_row(call, got, right):
    got = values(got, right)
    if got is None or got.shape[-1] < 2 or np.allclose(right, right.mean(axis=-1, keepdims=True)):
        return False
    return np.allclose(got, got.mean(axis=-1, keepdims=True))


@observation
def logarithm(call, got, right):
    if not isinstance(got, np.ndarray) or got.shape != right.shape or got.dtype.kind != "f":
        return False
    return np.allclose(np.exp(got.astype(np.float64)), right, rtol=1e-5, atol=1e-12)


@observation
def sums_to_classes(call, got, right):
    got = values(got, right)
    return got is not None and got.shape[-1] > 1 and np.allclose(got.sum(axis=-1), got.shape[-1])


@observation(first=True)
def negative(call, got, right):
    got = values(got, right)
    return got is not None and bool((got < 0).any()) and {"value": got.min()}


@observation
def all_sum_to(call, got, right):
    got = values(got, right)
    if got is None:
        return False
    if is_rounded(got, right):
        return False
    sums = got.sum(axis=-1)
    first = sums.flat[0]
    return not np.isclose(first, 1, rtol=1e-3) and np.allclose(sums, first) and {"sum": first}


@observation(first=True)
def above_one(call, got, right):
    if not isinstance(got, np.ndarray) or got.shape != right.shape or got.dtype.kind not in "iuf":
        return False
    largest = float(got.max())
    return largest > 1 + 1e-6 and {"value": largest if np.isfinite(largest) else "∞"}


@observation(first=True)
def first_sum(call, got, right):
    got = values(got, right)
    if got is None or is_rounded(got, right):
        return False
    sums = np.atleast_1d(got.sum(axis=-1))
    wrong = ~np.isclose(sums, 1, rtol=1e-3)
    return bool(wrong.any()) and {"sum": sums[wrong][0]}


@observation(first=True)
def few_digits(call, got, right):
    if values(got, right) is None or got.dtype != np.float64:
        return False  # a coarse dtype is told by the comparison
    if is_rounded(got, right):
        return False
    error = float(np.abs(got - right).max())
    return 1e-9 < error < 1e-3 and {"error": error}


@observation
def sums_are_right(call, got, right):
    got = values(got, right)
    if got is None or np.allclose(got, right, rtol=1e-5, atol=1e-7) or is_rounded(got, right):
        return False
    return got.shape[-1] > 1 and np.allclose(got.sum(axis=-1), 1, rtol=1e-6)
