import numpy as np

from grader import assert_close, assert_computed, assert_unmodified, hidden, observation


def pair(rng, shape, unit=64, smallest=20):
    """Draw labels and outputs; no two errors have the same size, and half of them each sign.

    All are multiples of 1/unit, which float32 holds exactly.
    """
    size = int(np.prod(shape))
    sizes = smallest + rng.permutation(12 * size)[:size]
    signs = rng.permutation(2 * (np.arange(size) % 2) - 1)
    d = np.round(64 * rng.normal(size=shape)) / 64
    return d, d + (signs * sizes / unit).reshape(shape)


def check_error(student, reference, *pairs):
    """Compare the errors of some pairs (d, y), all called before the first is judged."""
    results = [student.mean_squared_error(d, y) for d, y in pairs]
    for got, (d, y) in zip(results, pairs, strict=True):
        assert_close(got, reference.mean_squared_error(d, y))


def test_vector(student, reference, rng):
    check_error(student, reference, pair(rng, 5), pair(rng, int(rng.integers(6, 10))))


def test_batch(student, reference, rng):
    check_error(student, reference, pair(rng, (4, 3)), pair(rng, (3, 5)))


def test_one_column(student, reference, rng):
    check_error(student, reference, pair(rng, (5, 1)), pair(rng, (8, 1)))


def test_plain_numbers(student, reference, rng):
    pairs = [tuple(map(float, pair(rng, ()))) for _ in range(3)]
    check_error(student, reference, *pairs)


def test_zero_dimensional(student, reference, rng):
    pairs = [tuple(map(np.array, pair(rng, ()))) for _ in range(3)]
    check_error(student, reference, *pairs)


def test_opposite_errors(student, reference, rng):
    """Errors that cancel: their sum is 0."""
    sizes = rng.permutation([20, 45, 77, 130])
    errors = rng.permutation(np.concatenate([sizes, -sizes])) / 64
    d = pair(rng, 8)[0]
    other = rng.permutation([0.5, 0.75, 1.0, 1.25, -3.5])
    check_error(student, reference, (d, d + errors), (d[:5], d[:5] + other))


def test_no_error(student, reference, rng):
    """No error at all; then errors in some places, the first and the last among them."""
    d, _ = pair(rng, 7)
    y = d.copy()
    y[[0, int(rng.integers(2, 5)), 6]] += rng.permutation([45, -80, 130]) / 64
    check_error(student, reference, (d, d.copy()), (d, y))


def test_sizes_of_error(student, reference, rng):
    small = pair(rng, 5, unit=1024, smallest=3)
    large = pair(rng, 6, unit=1, smallest=100)
    check_error(student, reference, small, large)


def test_float32(student, reference, rng):
    pairs = [pair(rng, size) for size in (5, 8)]
    floats = [(d.astype(np.float32), y.astype(np.float32)) for d, y in pairs]
    check_error(student, reference, *floats)


def test_integers(student, reference, rng):
    d = rng.integers(-5, 6, size=5)
    signs = rng.permutation([1, 1, -1, -1, 1])
    whole = signs * rng.permutation([1, 2, 3, 4, 6])
    broken = signs * rng.permutation([0.25, 1.5, 2.75, 0.5, 3.25])
    check_error(student, reference, (d, d + whole), (d, d + broken))


def test_unmodified(student, rng):
    # One of two pairs has errors four times as large, so that the results differ.
    pairs = [pair(rng, shape, unit) for shape in (5, (4, 3)) for unit in (64, 16)]
    outcomes = [student.mean_squared_error.outcome(d, y) for d, y in pairs]
    d, y = pair(rng, 6)
    whole = student.mean_squared_error.outcome(np.round(8 * d).astype(np.int64), y)
    # Which shapes and types work is for other checks.
    assert_unmodified(*outcomes, whole)
    assert_computed(outcomes[:2], outcomes[2:])


@hidden
def test_other_vectors(student, reference, rng):
    check_error(student, reference, *(pair(rng, size) for size in (1, 3, 30)))


@hidden
def test_other_batches(student, reference, rng):
    shapes = [(7, 3), (2, 6), (1, 5), (4, 4)]
    check_error(student, reference, *(pair(rng, shape) for shape in shapes))


@hidden
def test_three_axes(student, reference, rng):
    check_error(student, reference, pair(rng, (2, 3, 4)), pair(rng, (3, 5, 2)))


# -- facts about wrong results --------------------------------------------------------------------


def number(got):
    """Return a result as a finite number, None where it is anything else."""
    if isinstance(got, int | float | np.generic | np.ndarray) and np.size(got) == 1:
        value = np.asarray(got)
        if value.dtype.kind in "iuf" and np.isfinite(value).all():
            return float(value.reshape(()))
    return None


def wrong(got, right):
    """Return a result as a finite number, None where it is right, or no number."""
    got = number(got)
    return None if got is None or np.isclose(got, right, rtol=1e-5, atol=0) else got


def matches(got, right, *values):
    """Tell whether a wrong result is one of these values; 0 comes out of too many mistakes."""
    got = wrong(got, right)
    return bool(got) and any(
        np.isfinite(value) and np.isclose(got, value, rtol=3e-6, atol=0) for value in values
    )


def errors(call, least=1):
    """Return d - y in float64 where there are so many elements; else None."""
    if len(call.args) != 2:
        return None
    d, y = (np.asarray(arg, np.float64) for arg in call.args)
    return d - y if d.shape == y.shape and d.size >= least else None


def with_half(*values):
    """Return values, and the same with the factor 1/2 of the formula."""
    return [value * factor for value in values for factor in (1.0, 0.5)]


@observation
def one_of_several(call, got, right):
    return (
        isinstance(got, tuple | list)
        and len(got) > 1
        and any(
            isinstance(part, int | float | np.generic) and np.isclose(part, right, rtol=1e-6)
            for part in got
        )
    )


@observation
def one_number_an_element(call, got, right):
    e = errors(call)
    if e is None or not isinstance(got, np.ndarray | list):
        return False
    return np.ndim(got) > 0 and np.size(got) == e.size


@observation(first=True)
def several_numbers(call, got, right):
    return isinstance(got, np.ndarray) and got.size > 1 and {"shape": str(got.shape)}


@observation
def not_finite(call, got, right):
    return isinstance(got, float | np.floating) and not np.isfinite(got)


@observation
def rounded_error(call, got, right):
    """The right error with a few decimals."""
    got = wrong(got, right)
    return got is not None and any(
        np.isclose(got, round(float(right), n), rtol=1e-7, atol=0) for n in range(1, 6)
    )


@observation
def cut_to_whole(call, got, right):
    """The right error without what stands behind the decimal point."""
    got, right = wrong(got, right), float(right)
    return got is not None and right >= 1 and got == np.floor(right)


@observation
def summed(call, got, right):
    e = errors(call, least=3)
    return e is not None and matches(got, right, *with_half((e**2).sum()))


@observation
def divided_by_rows_alone(call, got, right):
    e = errors(call, least=3)
    if e is None or e.ndim < 2 or len(e) == e.size:
        return False
    return matches(got, right, *with_half((e**2).sum() / len(e)))


@observation
def divided_by_columns_alone(call, got, right):
    e = errors(call, least=3)
    if e is None or e.ndim < 2:
        return False
    return matches(got, right, *with_half((e**2).sum() / e.shape[-1]))


@observation
def factor(call, got, right):
    """A simple multiple of the right error, or a simple part of it."""
    got, right = wrong(got, right), float(right)
    if got is None or not right:
        return False
    for simple in (2, 4, 0.5, 0.25, 3, 8, 0.125, 100):
        if np.isclose(got, simple * right, rtol=3e-6, atol=0):
            return {"factor": float(simple)}
    return False


@observation
def errors_not_squared(call, got, right):
    e = errors(call)
    if e is None:
        return False
    values = with_half(e.mean(), e.sum(), np.abs(e).mean(), np.abs(e).sum())
    return matches(got, right, *values, *(-value for value in values))


@observation
def root_taken(call, got, right):
    e = errors(call)
    if e is None:
        return False
    mean, total = (e**2).mean(), (e**2).sum()
    roots = np.sqrt([mean, mean / 2, total, total / 2])
    return matches(got, right, *with_half(*roots), *with_half(*(roots / e.size)))


@observation
def mean_before_square(call, got, right):
    e = errors(call, least=2)
    if e is None:
        return False
    return matches(got, right, *with_half(e.mean() ** 2, e.sum() ** 2, e.sum() ** 2 / e.size))


@observation
def other_power(call, got, right):
    e = errors(call)
    if e is None:
        return False
    powers = [np.abs(e) ** 3, e**3, -(e**3), e**4]
    return matches(got, right, *with_half(*(p.mean() for p in powers), *(p.sum() for p in powers)))


@observation
def added_up(call, got, right):
    """The sum of d and y in the place of their difference."""
    if errors(call) is None:
        return False
    d, y = (np.asarray(arg, np.float64) for arg in call.args)
    squares = (d + y) ** 2
    return matches(got, right, *with_half(squares.mean(), squares.sum()))


@observation
def one_argument(call, got, right):
    if errors(call) is None:
        return False
    squares = [np.asarray(arg, np.float64) ** 2 for arg in call.args]
    values = [value for one in squares for value in (one.mean(), one.sum())]
    return matches(got, right, *with_half(*values))


@observation
def one_element(call, got, right):
    """The square of a single error, whichever."""
    e = errors(call, least=3)
    if e is None:
        return False
    squares = (e**2).ravel()
    return matches(got, right, *with_half(*squares, *(squares / e.size)))


@observation
def edge_left_out(call, got, right):
    """The mean without the first element, or without the last."""
    e = errors(call, least=3)
    if e is None:
        return False
    squares, n = (e**2).ravel(), e.size
    sums = (squares[1:].sum(), squares[:-1].sum())
    return matches(got, right, *with_half(*(total / by for total in sums for by in (n, n - 1))))


@observation
def count_off_by_one(call, got, right):
    e = errors(call, least=4)
    if e is None or (e.ndim > 1 and (e.size - 1 in e.shape or e.size + 1 in e.shape)):
        return False
    total = (e**2).sum()
    return matches(got, right, *with_half(total / (e.size - 1), total / (e.size + 1)))


@observation
def one_row(call, got, right):
    """The error of a single row, whichever."""
    e = errors(call, least=3)
    if e is None or e.ndim < 2 or len(e) == 1:
        return False
    rows = (e**2).reshape(len(e), -1)
    return matches(got, right, *with_half(*rows.mean(axis=1), *rows.sum(axis=1)))


@observation
def median(call, got, right):
    e = errors(call, least=3)
    return e is not None and matches(got, right, *with_half(np.median(e**2)))


@observation
def zero(call, got, right):
    return wrong(got, right) == 0


@observation(first=True)
def negative(call, got, right):
    got = wrong(got, right)
    return got is not None and got < 0 and {"value": got}


@observation
def too_small(call, got, right):
    got = wrong(got, right)
    return got is not None and got < float(right)


@observation
def too_large(call, got, right):
    got = wrong(got, right)
    return got is not None and got > float(right)


@observation(first=True)
def by_hand(call, got, right):
    """Neither always too small nor always too large."""
    e, got = errors(call), wrong(got, right)
    if e is None or got is None:
        return False
    return {"got": got, "high": (e**2).max()}
