import numpy as np

from grader import assert_close, assert_computed, assert_unmodified, fail, hidden, observation

EPSILON = 1e-7
LOSS_AT_ZERO = 15.4  # -log 1e-7 is 16.1; any smaller epsilon gives more
CLOSE = 1e-5  # where no probability is below 0.05


def one_hot(labels, classes, dtype=np.float64):
    return np.eye(classes, dtype=dtype)[labels]


def probabilities(rng, *shape):
    """Draw rows that sum to 1; of up to 10 classes none falls below 0.01, no two are equal."""
    weights = rng.permuted(np.broadcast_to(np.arange(1, shape[-1] + 1), shape), axis=-1)
    weights = weights + rng.uniform(0, 0.5, size=shape)
    return weights / weights.sum(axis=-1, keepdims=True)


def labels_for(rng, y):
    """Draw one class for each row, among them as many different ones as there can be."""
    samples, classes = y.shape
    return rng.permutation(np.arange(samples) % classes)


def check_loss(student, reference, *pairs):
    """Compare the losses for some pairs (d, y), all called before the first is judged.

    Near 0, adding 1e-7 and clipping at 1e-7 differ by as much as 1e-7 / y: both are right.
    """
    losses = [student.cross_entropy_error(d, y) for d, y in pairs]
    for got, (d, y) in zip(losses, pairs, strict=True):
        smallest = float(y[y > 0].min())
        atol = 2 * EPSILON + EPSILON / smallest
        assert_close(got, reference.cross_entropy_error(d, y), atol=atol)


def test_labels(student, reference, rng):
    few, many = probabilities(rng, 3, 5), probabilities(rng, 6, 4)
    check_loss(student, reference, (labels_for(rng, few), few), (labels_for(rng, many), many))


def test_square_batch(student, reference, rng):
    y = probabilities(rng, 4, 4)
    check_loss(student, reference, (labels_for(rng, y), y))


def test_one_hot(student, reference, rng):
    few, many = probabilities(rng, 3, 5), probabilities(rng, 6, 4)
    d_few = one_hot(labels_for(rng, few), 5)
    d_many = one_hot(labels_for(rng, many), 4, dtype=np.int64)
    check_loss(student, reference, (d_few, few), (d_many, many))


def check_one_sample(student, reference, rng, form):
    y = probabilities(rng, 5)
    first, last = form(0), form(4)
    check_loss(student, reference, (first, y), (last, y), (form(int(y.argmin())), y))


def test_one_sample_integer(student, reference, rng):
    check_one_sample(student, reference, rng, int)


def test_one_sample_zero_dimensional(student, reference, rng):
    check_one_sample(student, reference, rng, np.array)


def test_one_sample_array(student, reference, rng):
    check_one_sample(student, reference, rng, lambda label: np.array([label]))


def test_one_sample_one_hot(student, reference, rng):
    check_one_sample(student, reference, rng, lambda label: one_hot(label, 5))


def test_batch_of_one(student, reference, rng):
    y = probabilities(rng, 1, 4)
    label = rng.integers(1, 4, size=1)
    check_loss(student, reference, (label, y), (one_hot(label, 4), y))


def test_small_probabilities(student, reference, rng):
    labels = rng.permutation(5)[:2]
    small = one_hot(labels, 5) * [[0.0013], [0.0021]]
    y = small + (1 - one_hot(labels, 5)) * (1 - small.sum(axis=1, keepdims=True)) / 4
    check_loss(student, reference, (one_hot(labels, 5), y))


def test_zero_probability(student, reference, rng):
    d = one_hot(rng.permutation(4)[:3], 4)
    impossible, even, sure = (1 - d) / 3, np.full((3, 4), 0.25), d.copy()
    losses = [student.cross_entropy_error(d, y) for y in [impossible, even, sure]]
    expected = reference.cross_entropy_error(d, impossible)
    if is_number(losses[0]):
        if LOSS_AT_ZERO <= losses[0] < np.inf:
            expected = losses[0]  # any finite loss this large is right
        elif losses[0] > 0 and is_number(losses[1]):
            check_epsilon(float(losses[0]), float(losses[1]))
    assert_close(losses[0], expected, atol=6 * EPSILON)
    assert_close(losses[1], reference.cross_entropy_error(d, even), atol=6 * EPSILON)
    assert_close(losses[2], reference.cross_entropy_error(d, sure), atol=3 * EPSILON)


def is_number(value):
    kinds = int | float | np.generic | np.ndarray
    return (
        isinstance(value, kinds) and np.ndim(value) == 0 and np.asarray(value).dtype.kind in "iuf"
    )


def check_epsilon(at_zero, at_quarter):
    """Recognise an epsilon that is too large: the loss where y is 0 tells which one it is."""
    epsilon = np.exp(-at_zero)
    added, clipped = -np.log(0.25 + epsilon), -np.log(0.25)
    nearest = float(f"{epsilon:.1g}")
    round_number = np.isclose(epsilon, nearest, rtol=1e-4, atol=0)  # else another fault
    if round_number and 0 < epsilon < 0.25 and np.isclose(at_quarter, [added, clipped]).any():
        fail("epsilon_read", epsilon=float(f"{epsilon:.2g}"))


def test_zero_elsewhere(student, reference, rng):
    y = rng.permuted([[0.0, 0.25, 0.25, 0.5], [0.0, 0.0, 0.25, 0.75]], axis=1)
    check_loss(student, reference, (one_hot(y.argmax(axis=1), 4), y))


def test_float32(student, reference, rng):
    y = probabilities(rng, 4, 3).astype(np.float32)
    check_loss(student, reference, (labels_for(rng, y), y))


def test_labels_first(student, reference, rng):
    y = probabilities(rng, 3, 5)
    d = one_hot(labels_for(rng, y), 5)
    got, expected = student.cross_entropy_error(d, y), reference.cross_entropy_error(d, y)
    if not is_loss(got, expected):
        swapped = student.cross_entropy_error.outcome(y, d)
        if is_loss(getattr(swapped, "value", None), expected):
            fail("labels_second")
    assert_close(got, expected, atol=CLOSE)


def is_loss(value, expected):
    return is_number(value) and abs(value - expected) <= CLOSE


def test_unmodified(student, rng):
    one, other = probabilities(rng, 2, 3, 4)
    labels = labels_for(rng, one)
    forms = [(labels, one), (one_hot(labels, 4), one), (2, one[0]), (one_hot(2, 4), one[0])]
    outcomes = [student.cross_entropy_error.outcome(*form) for form in forms]
    certain = one_hot(labels, 4)  # what replaces only a probability of 0 changes nothing above
    zeros = student.cross_entropy_error.outcome(labels, certain)
    # Which forms of d work is for other checks.
    assert_unmodified(*outcomes, zeros)
    works = [hasattr(outcome, "value") for outcome in outcomes].index(True)
    again = other if works < 2 else other[0]
    assert_computed([outcomes[works], student.cross_entropy_error.outcome(forms[works][0], again)])


@hidden
def test_other_labels(student, reference, rng):
    few, many = probabilities(rng, 2, 10), probabilities(rng, 12, 3)
    check_loss(student, reference, (labels_for(rng, few), few), (labels_for(rng, many), many))


@hidden
def test_other_one_hot(student, reference, rng):
    few, many = probabilities(rng, 2, 10), probabilities(rng, 12, 3)
    d_few, d_many = one_hot(labels_for(rng, few), 10), one_hot(labels_for(rng, many), 3)
    check_loss(student, reference, (d_few, few), (d_many, many))


@hidden
def test_other_samples(student, reference, rng):
    y = probabilities(rng, 8)
    label = int(rng.integers(2, 8))
    check_loss(student, reference, (label, y), (np.array([label]), y), (one_hot(label, 8), y))


# -- facts about wrong results --------------------------------------------------------------------


def loss(got):
    """Return a result as a finite number, None where it is anything else."""
    if isinstance(got, int | float | np.generic | np.ndarray) and np.size(got) == 1:
        number = np.asarray(got)
        if number.dtype.kind in "iuf" and np.isfinite(number).all():
            return float(number.reshape(()))
    return None


def true_class(call):
    """Return the probabilities of the true classes, one a sample, those of all, and the labels."""
    if len(call.args) != 2:
        return None
    d, y = np.asarray(call.args[0]), np.atleast_2d(np.asarray(call.args[1], np.float64))
    if d.shape[-1:] == y.shape[-1:] and d.size == y.size:
        d = d.reshape(y.shape).argmax(axis=-1)
    labels = d.reshape(-1)
    return (y[np.arange(len(y)), labels], y, labels) if labels.size == len(y) else None


def wrong(got, right):
    """Return a result as a finite number, None where it is right, or no number."""
    got = loss(got)
    return None if got is None or np.isclose(got, right, rtol=1e-3, atol=1e-6) else got


def matches(got, right, *values, rtol=3e-5):
    """Tell whether a wrong result is one of these values."""
    got = wrong(got, right)
    return got is not None and any(
        np.isfinite(value) and np.isclose(got, value, rtol=rtol) for value in values
    )


def sample_losses(call):
    """Return the losses of the samples, where there are several; else None."""
    found = true_class(call)
    if found is None or found[0].size < 2 or (found[0] <= 0).any():
        return None
    return -np.log(found[0])


def uniform(call):
    """Tell whether all classes are equally probable, so that it is open which one was taken."""
    return np.ptp(np.asarray(call.args[1])) < EPSILON


@observation
def rounded_loss(call, got, right):
    """The right loss with a few decimals."""
    got, right = loss(got), loss(right)
    if not got or right is None:
        return False
    return any(got == round(right, n) != right and abs(got - right) > 1e-6 for n in range(1, 6))


@observation
def one_loss_a_sample(call, got, right):
    found = true_class(call)
    if found is None or not isinstance(got, np.ndarray | list) or found[0].size < 2:
        return False
    return np.size(got) == found[0].size and np.allclose(np.mean(got), right, rtol=1e-4)


@observation(first=True)
def several_numbers(call, got, right):
    return isinstance(got, np.ndarray) and got.size > 1 and {"shape": str(got.shape)}


@observation
def not_finite(call, got, right):
    """An infinite loss, or NaN, although no probability is 0."""
    if not isinstance(got, float | np.floating) or np.isfinite(got):
        return False
    return bool((np.asarray(call.args[1]) > 0).all())


@observation(first=True)
def logarithm_of_zero(call, got, right):
    """An infinite loss, or NaN, where a probability is 0."""
    y = np.asarray(call.args[1])
    not_finite = isinstance(got, float | np.floating) and not np.isfinite(got)
    return not_finite and bool((y == 0).any())


@observation
def first_sample_alone(call, got, right):
    losses = sample_losses(call)
    return losses is not None and matches(got, right, losses[0])


@observation
def last_sample_alone(call, got, right):
    losses = sample_losses(call)
    return losses is not None and matches(got, right, losses[-1])


@observation
def one_sample_alone(call, got, right):
    losses = sample_losses(call)
    return losses is not None and matches(got, right, *losses)


@observation
def edge_left_out(call, got, right):
    """The sum without the first sample, or without the last."""
    losses = sample_losses(call)
    if losses is None or losses.size < 3 or uniform(call):
        return False
    sums, n = (losses[1:].sum(), losses[:-1].sum()), losses.size
    return matches(got, right, *(total / by for total in sums for by in (n, n - 1)))


@observation
def divided_by_classes(call, got, right):
    found = true_class(call)
    if found is None or (found[0] <= 0).any():
        return False
    n, classes = found[1].shape
    if classes in (n, 2 * n, n * n, n - 1, n + 1) or n == 2 * classes:
        return False  # another mistake gives the same
    return matches(got, right, -np.log(found[0]).sum() / classes)


@observation
def count_off_by_one(call, got, right):
    found = true_class(call)
    if found is None or found[0].size < 3 or (found[0] <= 0).any():
        return False
    total, n = -np.log(found[0]).sum(), found[0].size
    if found[1].shape[-1] in (n - 1, n + 1):
        return False  # the number of classes, perhaps
    return matches(got, right, total / (n - 1), total / (n + 1))


@observation
def label_as_factor(call, got, right):
    d = np.asarray(call.args[0])
    y = np.asarray(call.args[1], np.float64)
    if d.size not in (1, len(y)) or d.shape == y.shape or d.ndim > 1:
        return False
    terms = d * np.log(y + EPSILON) if d.size in (1, y.shape[-1]) else np.zeros(0)
    sums = (terms.sum(), terms.sum() / len(y), terms.sum() / terms.size) if terms.size else ()
    found = true_class(call)
    weighed = () if found is None else ((found[2] * np.log(found[0] + EPSILON)).mean(),)
    return matches(got, right, *(sign * s for s in (*sums, *weighed) for sign in (1, -1)))


@observation
def logarithm_of_labels(call, got, right):
    """The two arguments in each other's place, with any small number in the logarithm."""
    d, y = (np.asarray(arg, np.float64) for arg in call.args[:2])
    if d.ndim and d.size > 1 and d.shape not in (y.shape, y.shape[-1:]):
        return False
    if uniform(call):
        return False
    small = 10.0 ** -np.arange(5, 17)
    sums = [(y * np.log(d + e)).sum() for e in small]
    if d.shape == y.shape:
        rows, chosen = np.atleast_2d(d), np.atleast_2d(y).argmax(axis=-1)
        picked = rows[np.arange(len(rows)), chosen]
        sums += [np.log(picked + e).sum() for e in small if (picked == 0).any()]
    counts = (1, len(np.atleast_2d(y)))
    return matches(got, right, *(-total / n for total in sums for n in counts), rtol=1e-5)


@observation
def all_classes(call, got, right):
    y = np.asarray(call.args[1], np.float64)
    if uniform(call):
        return False
    total = np.log(y + EPSILON).sum()
    counts = (1, len(np.atleast_2d(y)), y.size, y.shape[-1])
    return matches(got, right, *(sign * total / n for n in counts for sign in (1, -1)))


@observation
def entropy(call, got, right):
    y = np.asarray(call.args[1], np.float64)
    if uniform(call):
        return False
    total = (y * np.log(y + EPSILON)).sum()
    counts = (1, len(np.atleast_2d(y)), y.size, y.shape[-1])
    return matches(got, right, *(sign * total / n for n in counts for sign in (1, -1)))


@observation
def epsilon_seen(call, got, right):
    """One and the same power of ten, or half of one, is added to every probability."""
    found, value = true_class(call), loss(got)
    if found is None or value is None:
        return False
    for epsilon in (m * 10.0**-n for n in range(1, 7) for m in (1, 5)):
        if np.isclose(value, -np.log(found[0] + epsilon).mean(), rtol=1e-7, atol=1e-9):
            return value < right - 1e-6 * right and {"epsilon": epsilon}
    return False


@observation
def logarithm_of_mean(call, got, right):
    found = true_class(call)
    return found is not None and found[0].size > 1 and matches(got, right, -np.log(found[0].mean()))


@observation(first=True)
def bound_seen(call, got, right):
    """Every probability below a power of ten, or half of one, is replaced by it."""
    found, value = true_class(call), wrong(got, right)
    if found is None or value is None:
        return False
    for bound in (m * 10.0**-n for n in range(1, 7) for m in (1, 5)):
        lowest = np.maximum(found[0], bound)
        if (lowest > found[0]).any() and np.isclose(value, -np.log(lowest).mean(), rtol=1e-6):
            return {"bound": bound}
    return False


@observation
def exponential_of_loss(call, got, right):
    """The perplexity: e to the power of the loss."""
    right = loss(right)
    return right is not None and 0 < right < 12 and matches(got, right, np.exp(right), rtol=1e-5)


@observation
def no_logarithm(call, got, right):
    found = true_class(call)
    if found is None or not found[0].all():
        return False
    mean, total = found[0].mean(), found[0].sum()
    return matches(got, right, mean, -mean, 1 - mean, total, -total)


@observation
def neighbour_class(call, got, right):
    found = true_class(call)
    if found is None:
        return False
    _, y, labels = found
    rows = np.arange(len(y))
    others = (y[rows, labels - 1], y[rows, (labels + 1) % y.shape[-1]])
    telling = [p for p in others if not ((p == y.max(1)).all() or (p == y.min(1)).all())]
    return matches(got, right, *(-np.log(p).mean() for p in telling if (p > 0).all()))


@observation
def squared_error(call, got, right):
    found = true_class(call)
    if found is None:
        return False
    _, y, labels = found
    squares = (y - np.eye(y.shape[-1])[labels]) ** 2
    total, samples = squares.sum(), len(y)
    values = (total, total / 2, total / samples, total / samples / 2, squares.mean())
    return matches(got, right, *values)


@observation
def both_mistaken(call, got, right):
    """The sum over the samples, and another logarithm."""
    found = true_class(call)
    if found is None or found[0].size < 2 or (found[0] <= 0).any():
        return False
    return matches(got, right, *(-log(found[0]).sum() for log in (np.log2, np.log10)))


@observation(first=True)
def negative(call, got, right):
    got = wrong(got, right)
    return got is not None and got < 0 and {"value": got}


@observation
def too_small(call, got, right):
    got = wrong(got, right)
    return got is not None and 0 <= got < right


@observation
def too_large(call, got, right):
    found, got = true_class(call), wrong(got, right)
    if found is None or (found[0] <= 0).any():
        return False  # where the logarithm of 0 is kept finite, the task leaves open how large
    return got is not None and got > max(right, 0)


@observation(first=True)
def of_another_probability(call, got, right):
    """The loss of one sample tells the probability that went into it."""
    found, value = true_class(call), wrong(got, right)
    if found is None or found[0].size > 1 or value is None or value < 0:
        return False
    return {"loss": value, "taken": float(np.exp(-value)), "true": float(found[0][0])}


@observation(first=True)
def of_other_probabilities(call, got, right):
    """The same for a batch, on the geometric mean."""
    found, value = true_class(call), wrong(got, right)
    if found is None or found[0].size < 2 or value is None or value < 0:
        return False
    if (found[0] <= 0).any():
        return False
    low, high = float(found[0].min()), float(found[0].max())
    return {"loss": value, "taken": float(np.exp(-value)), "low": low, "high": high}
