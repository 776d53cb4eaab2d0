import ast

import numpy as np

from grader import assert_close, assert_computed, assert_unmodified, hidden, observation

FLOAT32 = 1e-5
LOOPS = (ast.For, ast.While, ast.comprehension)
UNIT_MATRICES = {"eye", "identity"}


def draw_logits(rng, *shape):
    """Draw multiples of 1/64; float32 holds them exactly. No two in a row are equal."""
    places = rng.permuted(np.broadcast_to(np.arange(shape[-1]), shape), axis=-1)
    return (16 * places + rng.integers(0, 12, size=shape) - 8 * shape[-1]) / 64


def log_softmax(logits):
    z = logits - logits.max(axis=-1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))


def draw_log_probs(rng, *shape):
    return log_softmax(3 * draw_logits(rng, *shape))


def labels_for(rng, values):
    """Draw one class for each row, among them as many different ones as there can be."""
    samples, classes = values.shape
    return rng.permutation(np.arange(samples) % classes)


def check(function, right, *pairs, **tolerance):
    """Compare the losses for some pairs, all called before the first is judged.

    The largest logit in size sets how much rounding is allowed.
    """
    losses = [function(*pair) for pair in pairs]
    for got, pair in zip(losses, pairs, strict=True):
        assert_close(got, right(*pair), scale=float(np.abs(pair[0]).max()), **tolerance)


def check_nll(student, reference, *pairs, **tolerance):
    check(student.nll, reference.nll, *pairs, **tolerance)


def check_entropy(student, reference, *pairs, **tolerance):
    check(student.cross_entropy, reference.cross_entropy, *pairs, **tolerance)


def with_labels(rng, *batches):
    return [(values, labels_for(rng, values)) for values in batches]


def test_nll_batch(student, reference, rng, submission, remark):
    batches = draw_log_probs(rng, 3, 5), draw_log_probs(rng, 6, 4)
    check_nll(student, reference, *with_labels(rng, *batches))
    nodes = list(ast.walk(submission.tree))
    if any(isinstance(node, LOOPS) for node in nodes):
        remark("loop_over_samples")
    elif any(isinstance(node, ast.Attribute) and node.attr in UNIT_MATRICES for node in nodes):
        remark("one_hot_built")


def test_nll_square_batch(student, reference, rng):
    check_nll(student, reference, *with_labels(rng, draw_log_probs(rng, 4, 4)))


def test_nll_small_labels(student, reference, rng):
    """With every label below n, indices in the wrong order raise nothing."""
    log_probs = draw_log_probs(rng, 4, 6)
    check_nll(student, reference, (log_probs, rng.permutation([0, 1, 3, 3])))


def test_nll_one_sample(student, reference, rng):
    log_probs = draw_log_probs(rng, 1, 4)
    pairs = [(log_probs, np.array([label])) for label in rng.permutation(4)[:2]]
    check_nll(student, reference, *pairs)


def test_nll_float32(student, reference, rng):
    log_probs = draw_log_probs(rng, 5, 3).astype(np.float32)
    check_nll(student, reference, *with_labels(rng, log_probs), rtol=FLOAT32)


def test_entropy_batch(student, reference, rng):
    batches = draw_logits(rng, 3, 5), draw_logits(rng, 6, 4)
    check_entropy(student, reference, *with_labels(rng, *batches))


def test_entropy_square_batch(student, reference, rng):
    check_entropy(student, reference, *with_labels(rng, draw_logits(rng, 4, 4)))


def test_entropy_one_sample(student, reference, rng):
    logits = draw_logits(rng, 1, 4)
    pairs = [(logits, np.array([label])) for label in rng.permutation(4)[:2]]
    check_entropy(student, reference, *pairs)


def test_entropy_large_logits(student, reference, rng):
    high, low = draw_logits(rng, 3, 5) + 1000, draw_logits(rng, 4, 3) - 1000
    check_entropy(student, reference, *with_labels(rng, high, low))


def test_entropy_wide_spread(student, reference, rng):
    """In each row the true class lies in front, 1000 behind, or 2000 behind."""
    columns = rng.permutation(4)
    logits = (np.array([1000, 1000, 0, -1000]) + draw_logits(rng, 3, 4))[:, columns]
    places = np.argsort(columns)
    check_entropy(student, reference, (logits, places[[2, 3, 3]]), (logits, places[[0, 2, 3]]))


def test_entropy_rows_far_apart(student, reference, rng):
    logits = draw_logits(rng, 3, 5) + rng.permutation([[-1000], [0], [1000]])
    check_entropy(student, reference, *with_labels(rng, logits))


def test_entropy_float32(student, reference, rng):
    logits = draw_logits(rng, 4, 3).astype(np.float32)
    far = logits + np.float32(100)  # float32 overflows beyond exp(88)
    check_entropy(student, reference, *with_labels(rng, logits, far), rtol=FLOAT32)


def test_entropy_integers(student, reference, rng):
    logits = np.array([rng.choice(np.arange(-4, 5), 5, replace=False) for _ in range(4)])
    check_entropy(student, reference, *with_labels(rng, logits))


def test_unmodified(student, rng):
    one, other = 2 * draw_logits(rng, 2, 3, 4)
    target = labels_for(rng, one)
    outcomes = [
        [student.nll.outcome(log_softmax(x), target), student.cross_entropy.outcome(x, target)]
        for x in (one, 2 * other)
    ]
    assert_unmodified(*outcomes[0], *outcomes[1])
    for pair in zip(*outcomes, strict=True):
        assert_computed(pair)


@hidden
def test_nll_others(student, reference, rng):
    batches = draw_log_probs(rng, 2, 10), draw_log_probs(rng, 12, 3), draw_log_probs(rng, 5, 5)
    check_nll(student, reference, *with_labels(rng, *batches))


@hidden
def test_entropy_others(student, reference, rng):
    batches = draw_logits(rng, 2, 10), draw_logits(rng, 12, 3) * 8, draw_logits(rng, 5, 5) - 900
    check_entropy(student, reference, *with_labels(rng, *batches))


# -- facts about wrong results --------------------------------------------------------------------


def loss(got):
    """Return a result as a finite number, None where it is anything else."""
    if isinstance(got, int | float | np.generic | np.ndarray) and np.size(got) == 1:
        number = np.asarray(got)
        if number.dtype.kind in "iuf" and np.isfinite(number).all():
            return float(number.reshape(()))
    return None


def log_probs_of(call):
    """Return the logarithms of the probabilities, and the labels."""
    values, target = np.asarray(call.args[0], np.float64), np.asarray(call.args[1])
    return (log_softmax(values) if call.name == "cross_entropy" else values), target


def sample_losses(call):
    log_probs, target = log_probs_of(call)
    return -log_probs[np.arange(len(target)), target]


def told_apart(losses):
    """Tell whether there are several losses, no two of them equal."""
    return losses.size > 1 and np.diff(np.sort(losses)).min() > 1e-3


def wrong(got, right):
    """Return a result as a finite number, None where it is right, or no number."""
    got = loss(got)
    return None if got is None or np.isclose(got, right, rtol=1e-3, atol=1e-6) else got


def matches(got, right, *values):
    got = wrong(got, right)
    return got is not None and any(np.isclose(got, value, rtol=3e-5) for value in values)


@observation
def one_loss_a_sample(call, got, right):
    losses = sample_losses(call)
    if not isinstance(got, np.ndarray | list) or losses.size < 2 or np.size(got) != losses.size:
        return False
    return np.allclose(np.ravel(got), losses, rtol=1e-4, atol=1e-6)


@observation(first=True)
def several_numbers(call, got, right):
    return isinstance(got, np.ndarray) and got.ndim > 0 and {"shape": str(got.shape)}


@observation
def not_finite(call, got, right):
    """An infinite loss, or NaN, although every right loss is finite."""
    return isinstance(got, float | np.floating) and not np.isfinite(got)


@observation
def first_sample_alone(call, got, right):
    losses = sample_losses(call)
    return told_apart(losses) and matches(got, right, losses[0])


@observation
def last_sample_alone(call, got, right):
    losses = sample_losses(call)
    return told_apart(losses) and matches(got, right, losses[-1])


@observation
def one_sample_alone(call, got, right):
    losses = sample_losses(call)
    return told_apart(losses) and matches(got, right, *losses)


@observation
def edge_left_out(call, got, right):
    """The mean of the first samples, or of the last; or their sum, divided by n."""
    losses = sample_losses(call)
    n = losses.size
    if n < 3:
        return False
    parts = [part for m in range(1, n) for part in (losses[:m], losses[m:])]
    means = [part.mean() for part in parts if part.size > 1]
    return matches(got, right, *means, *(part.sum() / n for part in parts))


@observation
def only_true_logits(call, got, right):
    """The mean or the sum of the true classes' logits, with either sign."""
    if call.name != "cross_entropy":
        return False
    logits, target = np.asarray(call.args[0], np.float64), np.asarray(call.args[1])
    picked = logits[np.arange(len(target)), target]
    return matches(got, right, *(s * f(picked) for s in (1, -1) for f in (np.mean, np.sum)))


@observation
def divided_by_classes(call, got, right):
    (n, classes), losses = np.shape(call.args[0]), sample_losses(call)
    if classes in (n, n - 1, n + 1):
        return False  # another mistake gives the same
    return matches(got, right, losses.sum() / classes)


@observation
def count_off_by_one(call, got, right):
    (n, classes), losses = np.shape(call.args[0]), sample_losses(call)
    if n < 3 or classes in (n - 1, n + 1):
        return False  # the number of classes, perhaps
    return matches(got, right, losses.sum() / (n - 1), losses.sum() / (n + 1))


@observation
def epsilon_seen(call, got, right):
    """One and the same power of ten, or half of one, is added to every probability."""
    value, p = loss(got), np.exp(-sample_losses(call))
    if value is None or abs(value - right) < 1e-13:
        return False
    for epsilon in (m * 10.0**-n for n in range(1, 17) for m in (1, 5)):
        if np.isclose(value, -np.log(p + epsilon).mean(), rtol=1e-10, atol=1e-3 * epsilon):
            return {"epsilon": epsilon}
    return False


@observation
def neighbour_class(call, got, right):
    """The class after the true one, or before it."""
    log_probs, target = log_probs_of(call)
    rows, classes = np.arange(len(target)), log_probs.shape[1]
    after, before = -log_probs[rows, (target + 1) % classes], -log_probs[rows, target - 1]
    return matches(got, right, after.mean(), before.mean())


@observation
def other_logarithm(call, got, right):
    """The right loss in bits, or in decimal digits."""
    right = loss(right)
    return bool(right) and matches(got, right, right / np.log(2), right / np.log(10))


@observation
def exponential_of_loss(call, got, right):
    """The perplexity: e to the power of the loss."""
    right = loss(right)
    return right is not None and 0 < right < 12 and matches(got, right, np.exp(right))


@observation(first=True)
def negative(call, got, right):
    got = wrong(got, right)
    return got is not None and got < 0 and {"value": got}


@observation(first=True)
def too_small(call, got, right):
    got = wrong(got, right)
    losses = sample_losses(call)
    found = {"low": losses.min(), "high": losses.max(), "value": got}
    return got is not None and 0 <= got < right and found


@observation(first=True)
def too_large(call, got, right):
    got = wrong(got, right)
    losses = sample_losses(call)
    found = {"low": losses.min(), "high": losses.max(), "value": got}
    return got is not None and got > max(right, 0) and found
