import ast

import numpy as np

from grader import (
    Tensor,
    assert_close,
    assert_computed,
    assert_dtype,
    assert_unmodified,
    fail,
    hidden,
    observation,
    returned,
    showing,
    tensor,
)

FLOAT32 = 1e-5
LOOPS = (ast.For, ast.While, ast.comprehension)


def draw_logits(rng, *shape):
    """Draw multiples of 1/64; float32 holds them exactly. No two in a row are equal."""
    places = rng.permuted(np.broadcast_to(np.arange(shape[-1]), shape), axis=-1)
    return (16 * places + rng.integers(0, 12, size=shape) - 8 * shape[-1]) / 64


def labels_for(rng, logits):
    """Draw one class for each row, among them as many different ones as there can be."""
    samples, classes = logits.shape
    return rng.permutation(np.arange(samples) % classes)


def pair(logits, labels, dtype=np.float32):
    """Return the arguments of cross_entropy as tensors on the chosen device."""
    return tensor(logits.astype(dtype)), tensor(np.asarray(labels, dtype=np.int64))


def batch(rng, *shape, dtype=np.float32):
    logits = draw_logits(rng, *shape)
    return pair(logits, labels_for(rng, logits), dtype)


def wide_pairs(rng, *dtypes):
    """Return batches in each of whose rows the true class lies in front, 1000 or 2000 behind."""
    columns = rng.permutation(4)
    logits = (np.array([1000, 1000, 0, -1000]) + draw_logits(rng, 3, 4))[:, columns]
    places = np.argsort(columns)
    return [pair(logits, places[[0, 2, 3]], dtype) for dtype in dtypes]


def far_pairs(rng, *dtypes):
    """Return batches whose rows lie far apart: around 1000, 0 and -1000."""
    logits = draw_logits(rng, 3, 5) + rng.permutation([[-1000], [0], [1000]])
    return [pair(logits, labels_for(rng, logits), dtype) for dtype in dtypes]


def allowed(logits):
    """Return what is allowed for logits: the largest one in size sets how much is rounded."""
    rtol = FLOAT32 if logits.dtype == "float32" else None
    return {"rtol": rtol, "scale": max(1.0, float(np.abs(logits.array).max()))}


def check_losses(student, reference, *pairs):
    """Compare the losses of some batches, all called before the first is judged."""
    losses = [student.cross_entropy(*each) for each in pairs]
    for got, (logits, target) in zip(losses, pairs, strict=True):
        assert_close(got, reference.cross_entropy(logits, target), **allowed(logits))


def check_gradients(student, reference, *pairs):
    reports = [student.run("gradient", *each) for each in pairs]
    for got, (logits, target) in zip(reports, pairs, strict=True):
        right = reference.run("gradient", logits, target)
        assert_close(gradient_in(got), right["grad"], **allowed(logits))


def gradient_in(got):
    """Return the gradient that a drive reports; refuse what it could not have reported."""
    if got is None:
        return None
    if isinstance(got, dict) and "graph" in got:
        fail("no_graph")
    if isinstance(got, dict) and "losses" in got:
        fail("several_losses", n=int(got["losses"]))
    if not isinstance(got, dict) or "grad" not in got:
        fail("no_report")
    return got["grad"]


@showing("gradient", entry="logits.grad", result="grad")
def program(logits, target):
    """Write how the gradient is asked for, as the Python that it stands for."""
    return [
        f"logits = torch.tensor({logits.array.tolist()}, dtype=torch.{logits.dtype})",
        f"target = torch.tensor({target.array.tolist()})",
        "cross_entropy(logits.requires_grad_(), target).backward()",
        "logits.grad",
    ]


def test_batch(student, reference, rng, submission, remark):
    pairs = [batch(rng, 6, 4), batch(rng, 4, 4), batch(rng, 7, 3)]
    check_losses(student, reference, *pairs)
    if student.run("vanishing_logarithms", *pairs[0]):
        remark("normalised_twice")
    elif any(isinstance(node, LOOPS) for node in ast.walk(submission.tree)):
        remark("loop_over_samples")


def test_few_samples(student, reference, rng):
    """The largest label is below K - 1, and all are below n in the second batch."""
    few = pair(draw_logits(rng, 3, 5), rng.permutation([0, 2, 3]))
    small_labels = pair(draw_logits(rng, 4, 6), rng.permutation([0, 1, 3, 3]))
    check_losses(student, reference, few, small_labels)


def test_one_sample(student, reference, rng):
    logits = draw_logits(rng, 1, 4)
    check_losses(student, reference, *(pair(logits, [d]) for d in rng.permutation(4)[:2]))


def test_large_logits(student, reference, rng):
    high, low = draw_logits(rng, 3, 5) + 1000, draw_logits(rng, 4, 3) - 1000
    pairs = [pair(high, labels_for(rng, high), np.float64), pair(low, labels_for(rng, low))]
    check_losses(student, reference, *pairs, *far_pairs(rng, np.float64))


def test_wide_spread(student, reference, rng):
    check_losses(student, reference, *wide_pairs(rng, np.float64, np.float32))


def test_tensor(student, rng):
    dtypes = ("float32", "float64")
    outcomes = [student.cross_entropy.outcome(*batch(rng, 3, 4, dtype=dtype)) for dtype in dtypes]
    for outcome, dtype in zip(outcomes, dtypes, strict=True):
        for got in returned(outcome):
            if isinstance(got.value, int | float | np.generic | np.ndarray):
                fail("not_a_tensor")
            assert_dtype(got.value, dtype)
    assert_computed(outcomes)


def test_gradient(student, reference, rng):
    pairs = [batch(rng, 6, 4), batch(rng, 4, 4, dtype=np.float64), batch(rng, 1, 3)]
    check_gradients(student, reference, *pairs)


def test_gradient_large_logits(student, reference, rng):
    pairs = [*wide_pairs(rng, np.float64, np.float32), *far_pairs(rng, np.float64)]
    check_gradients(student, reference, *pairs)


def test_gradient_ties(student, reference, rng):
    """The largest logit of a row comes twice or three times."""
    logits = draw_logits(rng, 4, 5)
    logits[:, :2] = logits.max(axis=1, keepdims=True)
    logits[0, 2] = logits[0, 0]
    columns = rng.permutation(5)
    pairs = [pair(logits[:, columns] + level, columns[[4, 0, 3, 1]]) for level in (0, 1000)]
    check_gradients(student, reference, *pairs)


def test_unmodified(student, rng):
    outcomes = [student.cross_entropy.outcome(*batch(rng, 5, 4)) for _ in range(2)]
    assert_unmodified(*outcomes)
    assert_computed(outcomes)


@hidden
def test_others(student, reference, rng):
    others = [batch(rng, 2, 10), batch(rng, 12, 3, dtype=np.float64), batch(rng, 5, 5)]
    check_losses(student, reference, *others)
    check_gradients(student, reference, *others)


@hidden
def test_through_a_layer(student, reference, rng):
    """The logits come from a layer, and the gradient goes on to its weights."""
    x, weights = draw_logits(rng, 6, 3), draw_logits(rng, 3, 4)
    target = tensor(labels_for(rng, x @ weights))
    arguments = tensor(x), tensor(weights), target
    got = student.run("gradient_of_weights", *arguments)
    right = reference.run("gradient_of_weights", *arguments)
    assert_close(gradient_in(got), right["grad"], scale=1.0)


# -- facts about wrong results --------------------------------------------------------------------


def array_of(got):
    """Return a result as an array of floats; None where it is anything else."""
    if isinstance(got, Tensor):
        got = got.array
    if not isinstance(got, int | float | np.generic | np.ndarray):
        return None
    array = np.asarray(got)
    return array.astype(np.float64) if array.dtype.kind in "iuf" else None


def loss(got):
    """Return a result as a finite number, None where it is anything else."""
    array = array_of(got)
    if array is None or array.size != 1 or not np.isfinite(array).all():
        return None
    return float(array.reshape(()))


def arguments(call):
    return call.args[0].array.astype(np.float64), call.args[1].array


def sample_losses(call):
    logits, target = arguments(call)
    z = logits - logits.max(axis=1, keepdims=True)
    return np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(target)), target]


def wrong(call, got, right):
    """Return a wrong loss as a finite number, None where it is right, or no number."""
    got = loss(got) if call.name == "cross_entropy" else None
    if got is None or np.isclose(got, right.array, rtol=1e-3, atol=1e-6):
        return None
    return got


def matches(call, got, right, *values):
    got = wrong(call, got, right)
    return got is not None and any(np.isclose(got, value, rtol=3e-5) for value in values)


@observation
def one_loss_a_sample(call, got, right):
    got = array_of(got) if call.name == "cross_entropy" else None
    if got is None or got.size < 2 or got.size != len(arguments(call)[1]):
        return False
    return np.allclose(got.ravel(), sample_losses(call), rtol=1e-3, atol=1e-3)


@observation(first=True)
def several_numbers(call, got, right):
    got = array_of(got) if call.name == "cross_entropy" else None
    return got is not None and got.ndim > 0 and {"shape": str(got.shape)}


@observation
def not_finite(call, got, right):
    """An infinite loss, or NaN, although every right loss is finite."""
    got = array_of(got) if call.name == "cross_entropy" else None
    return got is not None and got.ndim == 0 and not np.isfinite(got)


@observation
def first_sample_alone(call, got, right):
    losses = sample_losses(call) if call.name == "cross_entropy" else np.zeros(0)
    return losses.size > 1 and matches(call, got, right, losses[0])


@observation
def last_sample_alone(call, got, right):
    losses = sample_losses(call) if call.name == "cross_entropy" else np.zeros(0)
    return losses.size > 1 and matches(call, got, right, losses[-1])


@observation
def only_true_logits(call, got, right):
    """The mean or the sum of the true classes' logits, with either sign."""
    if call.name != "cross_entropy":
        return False
    logits, target = arguments(call)
    picked = logits[np.arange(len(target)), target]
    return matches(call, got, right, *(s * f(picked) for s in (1, -1) for f in (np.mean, np.sum)))


@observation
def divided_by_classes(call, got, right):
    if call.name != "cross_entropy":
        return False
    logits, _ = arguments(call)
    n, classes = logits.shape
    return n != classes and matches(call, got, right, sample_losses(call).sum() / classes)


@observation(first=True)
def capped(call, got, right):
    """A mean of losses that were cut off between 1e-4 and 1e-16, each one that is larger."""
    got = wrong(call, got, right)
    if got is None:
        return False
    losses = sample_losses(call)
    caps = [-np.log(m * 10.0**-k) for k in range(4, 17) for m in (1, 5)]
    found = [cap for cap in caps if np.isclose(np.minimum(losses, cap).mean(), got, rtol=3e-4)]
    return bool(found) and losses.max() > 40 and {"cap": round(float(found[0]), 1)}


@observation
def other_logarithm(call, got, right):
    """The right loss in bits, or in decimal digits."""
    if call.name != "cross_entropy" or not loss(right):
        return False
    return matches(call, got, right, right.array / np.log(2), right.array / np.log(10))


@observation(first=True)
def negative(call, got, right):
    got = wrong(call, got, right)
    return got is not None and got < 0 and {"value": got}


@observation(first=True)
def too_small(call, got, right):
    got = wrong(call, got, right)
    return got is not None and 0 <= got < right.array and bounds(call, got)


@observation(first=True)
def too_large(call, got, right):
    got = wrong(call, got, right)
    return got is not None and got > max(right.array, 0) and bounds(call, got)


def bounds(call, got):
    losses = sample_losses(call)
    return {"value": got, "low": losses.min(), "high": losses.max()}


def gradients(call, got, right):
    """Return a gradient of the logits and the right one; None where there is none, or it fits."""
    if call.name != "gradient" or not isinstance(got, dict):
        return None
    found, expected = array_of(got.get("grad")), array_of(right["grad"])
    if found is None or found.shape != expected.shape:
        return None
    return None if np.allclose(found, expected, rtol=1e-3, atol=1e-3) else (found, expected)


@observation(first=True)
def gradient_not_finite(call, got, right):
    both = gradients(call, got, right)
    if both is None or np.isfinite(both[0]).all():
        return False
    return {"row": int(np.argmin(np.isfinite(both[0]).all(axis=1)))}


@observation(first=True)
def gradient_zero(call, got, right):
    """A row of zeros where the logits do matter."""
    both = gradients(call, got, right)
    if both is None:
        return False
    rows = (np.abs(both[0]) < 1e-6).all(axis=1) & (np.abs(both[1]) > 1e-2).any(axis=1)
    return bool(rows.any()) and {"row": int(np.argmax(rows))}


@observation
def gradient_from_labels(call, got, right):
    """Only the logit of the true class has a gradient."""
    both = gradients(call, got, right)
    if both is None:
        return False
    others = both[0].copy()
    _, target = arguments(call)
    others[np.arange(len(target)), target] = 0
    return not np.any(others)


@observation(first=True)
def gradient_rows(call, got, right):
    both = gradients(call, got, right)
    if both is None or not np.isfinite(both[0]).all():
        return False
    sums = both[0].sum(axis=1)
    row = int(np.argmax(np.abs(sums)))
    return abs(sums[row]) > 1e-3 and {"row": row, "sum": float(sums[row])}
