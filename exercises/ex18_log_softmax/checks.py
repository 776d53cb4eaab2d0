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

FLOAT32 = 1e-5  # float32 holds 100 in steps of 8e-6


def logits(rng, shape):
    """Draw multiples of 1/64: float32 holds them exactly, also after adding 1000."""
    return np.round(64 * rng.normal(size=shape)) / 64


def check(function, right, arrays, **tolerance):
    """Compare the results for some arrays, all called before the first is judged.

    Both functions add to the values of x, or take from them, and bring the rounding errors of x.
    """
    results = [function(x) for x in arrays]
    for got, x in zip(results, arrays, strict=True):
        assert_close(got, right(x), scale=float(np.abs(x).max()), **tolerance)


def check_sum(student, reference, *arrays, **tolerance):
    check(student.logsumexp, reference.logsumexp, arrays, **tolerance)


def check_log(student, reference, *arrays, **tolerance):
    check(student.log_softmax, reference.log_softmax, arrays, **tolerance)


def one_sample(rng):
    return [logits(rng, 5), logits(rng, rng.integers(6, 10))]


def batches(rng):
    return [logits(rng, (3, 5)), logits(rng, (4, 2))]


def square_batch(rng):
    return [logits(rng, (4, 4))]


def narrow_batches(rng):
    return [logits(rng, (1, 6)), logits(rng, (3, 1))]


def large_values(rng):
    barely_too_large = rng.permutation([710.25, 708, 706.5, 704])  # exp overflows from 709.79 on
    return [barely_too_large, logits(rng, 5) + 1000, logits(rng, 5) - 1000]


def wide_spread(rng):
    """Draw samples with values around 1000, 0 and -1000."""
    x = np.array([1000, 1000, 0, -1000]) + logits(rng, 4)
    other = np.array([1000, 1000, 1000, -20, -1000]) + logits(rng, 5)
    return [rng.permutation(x), rng.permutation(other)]


def rows_far_apart(rng):
    return [logits(rng, (3, 5)) + rng.permutation([[-1000], [0], [1000]])]


def single_floats(rng):
    x = logits(rng, 5).astype(np.float32)
    return [x, x + np.float32(100)]  # float32 overflows beyond exp(88)


def integers(rng):
    return [
        rng.choice(np.arange(-4, 5), 6, replace=False),
        rng.choice(np.arange(1, 9), (2, 3), replace=False),
    ]


def others(rng):
    sizes = [3 * logits(rng, shape) for shape in [2, 40, (7, 3), (2, 30), (6, 6)]]
    rows = rng.permutation([[-1000], [-300], [0], [500], [1000]])
    columns = rng.permutation([-1000, -500, 300, 1000])
    return [*sizes, logits(rng, (5, 3)) + rows, logits(rng, (3, 4)) + columns]


def test_sum_one_sample(student, reference, rng):
    check_sum(student, reference, *one_sample(rng))


def test_sum_batch(student, reference, rng):
    check_sum(student, reference, *batches(rng))


def test_sum_square_batch(student, reference, rng):
    check_sum(student, reference, *square_batch(rng))


def test_sum_narrow_batch(student, reference, rng):
    check_sum(student, reference, *narrow_batches(rng))


def test_sum_large_values(student, reference, rng):
    check_sum(student, reference, *large_values(rng))


def test_sum_wide_spread(student, reference, rng):
    check_sum(student, reference, *wide_spread(rng))


def test_sum_rows_far_apart(student, reference, rng):
    check_sum(student, reference, *rows_far_apart(rng))


def test_sum_float32(student, reference, rng):
    check_sum(student, reference, *single_floats(rng), rtol=FLOAT32)


def test_sum_integers(student, reference, rng):
    check_sum(student, reference, *integers(rng))


def test_log_one_sample(student, reference, rng):
    check_log(student, reference, *one_sample(rng))


def test_log_batch(student, reference, rng):
    check_log(student, reference, *batches(rng))


def test_log_square_batch(student, reference, rng):
    check_log(student, reference, *square_batch(rng))


def test_log_narrow_batch(student, reference, rng):
    check_log(student, reference, *narrow_batches(rng))


def test_log_large_values(student, reference, rng):
    check_log(student, reference, *large_values(rng))


def test_log_wide_spread(student, reference, rng):
    check_log(student, reference, *wide_spread(rng))


def test_log_rows_far_apart(student, reference, rng):
    check_log(student, reference, *rows_far_apart(rng))


def test_log_float32(student, reference, rng):
    check_log(student, reference, *single_floats(rng), rtol=FLOAT32, atol=2 * FLOAT32)


def test_log_integers(student, reference, rng):
    check_log(student, reference, *integers(rng))


def call_in_every_form(student, rng, *dtypes, shift=0):
    """Return the outcomes of both functions for a batch and a sample of each dtype.

    Whether a form works is for other checks. Of one sample logsumexp may be a plain number.
    """
    outcomes = {dtype: [] for dtype in dtypes}
    for dtype, found in outcomes.items():
        for shape in [(2, 5), 5]:
            x = (4 * logits(rng, shape) + shift).astype(dtype)
            found += [student.logsumexp.outcome(x), student.log_softmax.outcome(x)]
    return outcomes


def test_dtype(student, rng):
    expected = {"float64": "float64", "int64": "float64", "float32": "float32"}
    outcomes = call_in_every_form(student, rng, *expected)
    for dtype, found in outcomes.items():
        for outcome in found:
            for got in returned(outcome) if hasattr(outcome, "value") else ():
                if np.ndim(got.value):
                    assert_dtype(got.value, expected[dtype])
    for one, other in zip(outcomes["float64"], outcomes["int64"], strict=True):
        assert_computed((one, other))


def test_unmodified(student, rng):
    first = call_in_every_form(student, rng, "float64")["float64"]
    second = call_in_every_form(student, rng, "float64", shift=32)["float64"]
    assert_unmodified(*first, *second)
    for one, other in zip(first, second, strict=True):
        assert_computed((one, other))


@hidden
def test_sum_others(student, reference, rng):
    check_sum(student, reference, *others(rng))


@hidden
def test_log_others(student, reference, rng):
    check_log(student, reference, *others(rng))


# -- facts about wrong results --------------------------------------------------------------------


def values(got, right):
    """Return a wrong result as finite numbers in float64; None where it is anything else."""
    if not isinstance(got, np.ndarray | np.generic | int | float):
        return None
    got = np.asarray(got)
    if got.shape != np.shape(right) or got.dtype.kind not in "iuf" or not got.size:
        return None
    got = got.astype(np.float64)
    return got if np.isfinite(got).all() and not is_right(got, right) else None


def is_right(got, right):
    return np.allclose(got, right, rtol=1e-5, atol=1e-6)


def logits_of(call):
    return np.asarray(call.args[0], np.float64)


@observation
def list_of_right_values(call, got, right):
    if not isinstance(got, list) or not np.ndim(right):
        return False
    return np.shape(got) == right.shape and is_right(np.asarray(got, np.float64), right)


@observation(first=True)
def dtype_lost(call, got, right):
    """Right values of another dtype than the one asked for."""
    if not isinstance(got, np.ndarray | np.generic | float) or np.shape(got) != np.shape(right):
        return False
    dtype, asked = np.asarray(got).dtype, np.asarray(right).dtype
    if dtype.kind != "f" or dtype == asked or not np.allclose(got, right, rtol=1e-2, atol=1e-2):
        return False
    return {"got": str(dtype), "expected": str(asked)}


@observation(first=True)
def not_finite(call, got, right):
    """Infinity or NaN; in the row of the first such entry, the largest and the smallest logit."""
    if not isinstance(got, np.ndarray | np.generic | float) or np.shape(got) != np.shape(right):
        return False
    got = np.asarray(got)
    if got.dtype.kind != "f" or np.isfinite(got).all():
        return False
    x = np.atleast_2d(logits_of(call))
    rows = ~np.isfinite(np.reshape(got, (len(x), -1))).all(axis=-1)
    row = x[rows.argmax()]
    return {"largest": float(row.max()), "smallest": float(row.min())}


@observation
def small_number_added(call, got, right):
    """The logarithm of the probability plus one and the same power of ten, or half of one."""
    if not isinstance(got, np.ndarray) or got.shape != np.shape(right) or got.dtype.kind != "f":
        return False
    if call.name != "log_softmax" or got.size < 2 or np.abs(got - right).max() < 1e-13:
        return False
    for epsilon in (m * 10.0**-n for n in range(1, 17) for m in (1, 5)):
        if np.allclose(got, np.log(np.exp(right) + epsilon), rtol=1e-9, atol=1e-3 * epsilon):
            return {"epsilon": epsilon}
    return False


@observation
def other_base(call, got, right):
    """Powers of 2 or of 10 in the place of the exponentials, and the logarithm to match."""
    got = values(got, right)
    if got is None:
        return False
    x = logits_of(call)
    c = x.max(axis=-1, keepdims=True)
    for base in (2.0, 10.0):
        s = c + np.log((base ** (x - c)).sum(axis=-1, keepdims=True)) / np.log(base)
        other = x - s if call.name == "log_softmax" else s[..., 0]
        if is_right(got, other):
            return {"base": int(base)}
    return False


@observation
def one_value_a_column(call, got, right):
    """logsumexp gives one number for each column of a batch."""
    x = logits_of(call)
    if call.name != "logsumexp" or not isinstance(got, np.ndarray) or x.ndim < 2:
        return False
    return x.shape[0] != x.shape[1] and got.shape == x.shape[1:]


@observation
def sum_keeps_classes(call, got, right):
    """logsumexp gives one number for each entry of x."""
    x = logits_of(call)
    if call.name != "logsumexp" or not isinstance(got, np.ndarray) or x.size < 2:
        return False
    return got.shape == x.shape


@observation(first=True)
def lowest_value(call, got, right):
    """All values are right but those below a bound, which are cut off there."""
    got = values(got, right)
    if got is None or call.name != "log_softmax":
        return False
    lowest = got.min()
    cut = right < lowest - 1e-3
    if not cut.any() or lowest > -2 or not np.allclose(got[cut], lowest, rtol=1e-3):
        return False
    return np.allclose(got[~cut], right[~cut], rtol=1e-3, atol=1e-3) and {"value": lowest}


@observation
def columns_sum_to_one(call, got, right):
    got = values(got, right)
    if got is None or call.name != "log_softmax" or got.ndim < 2 or len(got) < 2 or got.max() > 1:
        return False
    shares = np.exp(got)
    return np.allclose(shares.sum(axis=0), 1) and not np.allclose(shares.sum(axis=-1), 1)


@observation
def one_row_alone(call, got, right):
    """Of a batch there is only one row, or of logsumexp only one number."""
    if not isinstance(got, np.ndarray | np.generic | float) or np.ndim(right) == 0:
        return False
    if len(right) < 2 or logits_of(call).ndim < 2 or np.shape(got) == right.shape:
        return False
    return np.size(got) == right[0].size and any(is_right(np.ravel(got), row) for row in right)


@observation
def one_value_a_row(call, got, right):
    """log_softmax gives one number for each sample."""
    if call.name != "log_softmax" or not isinstance(got, np.ndarray | np.generic | float):
        return False
    return np.shape(got) == np.shape(right)[:-1]


@observation(first=True)
def above_zero(call, got, right):
    got = values(got, right)
    if got is None or call.name != "log_softmax":
        return False
    return got.max() > 1e-6 and {"value": got.max()}


@observation(first=True)
def below_maximum(call, got, right):
    """logsumexp is never below the largest logit of its row."""
    got = values(got, right)
    if got is None or call.name != "logsumexp":
        return False
    largest = logits_of(call).max(axis=-1)
    rows = np.ravel(got < largest - 1e-6 * (1 + np.abs(largest)))
    if not rows.any():
        return False
    row = rows.argmax()
    return {"value": np.ravel(got)[row], "largest": np.ravel(largest)[row]}


@observation(first=True)
def above_bound(call, got, right):
    """logsumexp is at most the largest logit plus log K."""
    got = values(got, right)
    if got is None or call.name != "logsumexp":
        return False
    x = logits_of(call)
    largest = x.max(axis=-1)
    bound = largest + np.log(x.shape[-1])
    rows = np.ravel(got > bound + 1e-6 * (1 + np.abs(bound)))
    if not rows.any():
        return False
    row = rows.argmax()
    found = {"value": np.ravel(got)[row], "largest": np.ravel(largest)[row]}
    return {**found, "classes": x.shape[-1], "bound": np.ravel(bound)[row]}


@observation(first=True)
def few_digits(call, got, right):
    if not isinstance(got, np.ndarray | np.generic | float) or np.shape(got) != np.shape(right):
        return False
    got = np.asarray(got)
    if got.dtype not in ("float64", "float32") or not np.isfinite(got).all():
        return False  # a coarse dtype is told by the comparison
    least = 1e-13 if got.dtype == np.float64 else 1e-4
    if any(np.allclose(got, np.round(right, n), rtol=0, atol=1e-12) for n in range(1, 9)):
        return False  # rounded, which is told by itself
    error = float(np.abs(got - right).max())
    return least < error < 1e-2 and {"error": error}


@observation
def too_small(call, got, right):
    got = values(got, right)
    return got is not None and call.name == "logsumexp" and bool((got <= right + 1e-9).all())


@observation
def too_large(call, got, right):
    got = values(got, right)
    return got is not None and call.name == "logsumexp" and bool((got >= right - 1e-9).all())


@observation(first=True)
def exponentials_sum_to(call, got, right):
    """The exponentials of a row of log_softmax, which are probabilities, do not sum to 1."""
    got = values(got, right)
    if got is None or call.name != "log_softmax" or got.max() > 100:
        return False
    sums = np.atleast_1d(np.exp(got).sum(axis=-1))
    wrong = ~np.isclose(sums, 1, rtol=1e-3)
    return bool(wrong.any()) and {"sum": sums[wrong][0]}


@observation
def sums_are_right(call, got, right):
    got = values(got, right)
    if got is None or call.name != "log_softmax" or got.shape[-1] < 2 or got.max() > 1:
        return False
    return np.allclose(np.exp(got).sum(axis=-1), 1, rtol=1e-6)
