import numpy as np

from grader import (
    Tensor,
    assert_as_fast,
    assert_close,
    assert_computed,
    assert_dtype,
    assert_unmodified,
    fail,
    hidden,
    needs,
    observation,
    returned,
    tensor,
)

PARTS = ("loss", "grad_x", "grad_W")
LOSS, GRAD_X, GRAD_W = range(3)
SMALL = [(7, 4, 5), (1, 3, 4), (6, 6, 6)]  # samples, inputs, classes
# A prime: no number of rows at a time divides it.
LONG = (4099, 3, 7)
WIDE = (1021, 4, 32_000)
# As many logits as eight million bytes hold, in so many rows that no chunk has most of them.
TALL = (8209, 3, 256)
KEPT = 0.5  # of the matrix of all logits: so much may tensors hold beside arguments and results
LOGIT_STEPS = 1e-3
TIMES = 5  # the time of the reference: chunks of any sensible size, with autograd or without


def eighths(rng, shape):
    return np.round(8 * rng.normal(size=shape)) / 8


def problem(rng, sizes, dtype=np.float32, scale=1):
    """Return x, W and d as tensors."""
    n, inputs, classes = sizes
    x = (scale * eighths(rng, (n, inputs))).astype(dtype)
    W = eighths(rng, (inputs, classes)).astype(dtype)
    return tensor(x), tensor(W), tensor(rng.integers(classes, size=n, dtype=np.int64))


def check_parts(student, reference, problems, parts):
    """Compare some of the three results once all calls are made."""
    got = [student.fused_cross_entropy(*arguments) for arguments in problems]
    for result, arguments in zip(got, problems, strict=True):
        right = reference.fused_cross_entropy(*arguments)
        for part in parts:
            assert_close(result[part], right[part])


def test_form(student, rng):
    problems = [problem(rng, sizes) for sizes in SMALL]
    got = [student.fused_cross_entropy(*arguments) for arguments in problems]
    for result, (x, W, _) in zip(got, problems, strict=True):
        check_form(result, ((), x.shape, W.shape))


def check_form(result, shapes):
    if not isinstance(result, tuple | list):
        fail("not_three", got=type(result).__name__)
    if len(result) != len(PARTS):
        fail("other_number", n=len(result))
    for name, value, shape in zip(PARTS, result, shapes, strict=True):
        if not isinstance(value, Tensor):
            fail("not_a_tensor", name=name, got=type(value).__name__)
        if value.shape != shape:
            fail("wrong_shape", name=name, got=str(value.shape), expected=str(shape))


@needs("test_form")
def test_loss(student, reference, rng):
    check_parts(student, reference, [problem(rng, sizes) for sizes in SMALL], [LOSS])


@needs("test_form")
def test_input_gradient(student, reference, rng):
    check_parts(student, reference, [problem(rng, sizes) for sizes in SMALL], [GRAD_X])


@needs("test_form")
def test_weight_gradient(student, reference, rng):
    check_parts(student, reference, [problem(rng, sizes) for sizes in SMALL], [GRAD_W])


@needs("test_form")
def test_many_samples(student, reference, rng):
    problems = [problem(rng, LONG), problem(rng, (130, 5, 6))]
    check_parts(student, reference, problems, [LOSS, GRAD_X, GRAD_W])


@needs("test_form")
def test_confident(student, reference, rng):
    problems = [confident(rng, spread) for spread in (100, 2000)]
    got = [student.fused_cross_entropy(*arguments) for arguments in problems]
    for result, arguments in zip(got, problems, strict=True):
        right = reference.fused_cross_entropy(*arguments)
        # Of logits in the thousands float32 holds steps of 1e-4: as much may a probability be off.
        for part in (LOSS, GRAD_X, GRAD_W):
            atol = LOGIT_STEPS * float(np.abs(right[part].array).max())
            assert_close(result[part], right[part], rtol=LOGIT_STEPS, atol=atol)


def confident(rng, spread):
    """Return a batch whose rows have logits far apart, all of them whole numbers.

    The rows lie far from each other as well; two classes are nearly even in each.
    """
    W = np.array([[0.0, 1.0, 2.0, -3.0], [1.0, 1.0, 1.0, 1.0]])
    near = rng.permutation([1, 1, -1, -1, 2, -2])
    x = np.stack([near, spread * rng.permutation(np.arange(-3, 3))], axis=1)
    d = rng.integers(4, size=6, dtype=np.int64)
    return tensor(x.astype(np.float32)), tensor(W.astype(np.float32)), tensor(d)


def test_dtype(student, rng):
    dtypes = ("float32", "float64")
    outcomes = [
        student.fused_cross_entropy.outcome(*problem(rng, SMALL[0], dtype)) for dtype in dtypes
    ]
    for outcome, dtype in zip(outcomes, dtypes, strict=True):
        for got in returned(outcome):
            if not isinstance(got.value, tuple | list):
                fail("not_three", got=type(got.value).__name__)
            for part in got.value:
                assert_dtype(part, dtype)
    assert_computed(outcomes)


def test_unmodified(student, rng):
    outcomes = [student.fused_cross_entropy.outcome(*problem(rng, SMALL[0])) for _ in range(2)]
    assert_unmodified(*outcomes)
    assert_computed(outcomes)


def wide(rng):
    """Return a problem with so many classes that all logits at once would fill 131 MB."""
    n, inputs, classes = WIDE
    x, W, d = problem(rng, WIDE, scale=1 / 8)
    return (x, W, d), 4 * n * classes, 4 * (n * inputs + inputs * classes)


@needs("test_form")
def test_many_classes(student, reference, rng):
    # Of two calls the smaller one rules out most of what a mistake is not: in a tenth of the time.
    problems = [problem(rng, (131, 4, 3001), scale=1 / 8), wide(rng)[0]]
    check_parts(student, reference, problems, [LOSS, GRAD_X, GRAD_W])


@needs("test_many_classes")
def test_memory(student, reference, rng):
    arguments, logits, results = wide(rng)
    watched = student.fused_cross_entropy.watched(*arguments)
    assert_close(watched.value, reference.fused_cross_entropy(*arguments))
    beside = watched.peak_bytes - results
    if beside <= KEPT * logits:
        return
    # For the name alone: whether memory grows with the samples, or with the rows of a chunk. What
    # is wrong in its values is ruled out by a few samples.
    for sizes in (SMALL[0], TALL):
        student.fused_cross_entropy.watched(*problem(rng, sizes))
    told = {"got": megabytes(beside), "all": megabytes(logits)}
    if beside >= logits:
        fail("all_at_once", **told)
    fail("too_much_kept", allowed=megabytes(KEPT * logits), **told)


def megabytes(size):
    return round(size / 1e6)


@needs("test_many_classes")
def test_speed(student, reference, rng):
    functions = student.fused_cross_entropy, reference.fused_cross_entropy
    assert_as_fast(*functions, lambda: wide(rng)[0], at_most=TIMES)


@hidden
@needs("test_form")
def test_other_sizes(student, reference, rng):
    sizes = [*rng.integers(2, 9, size=(3, 3)).tolist(), (2003, 4, 9)]
    check_parts(student, reference, [problem(rng, size) for size in sizes], [LOSS, GRAD_X, GRAD_W])


def gradients(got, right):
    """Return the gradients of x and of W as they are and should be; nothing without such arrays.

    What a submission returns is anybody's.
    """
    if not isinstance(got, list | tuple) or len(got) != len(right):
        return []
    pairs = [(got[part], right[part].array) for part in (GRAD_X, GRAD_W)]
    if not all(isinstance(value, Tensor) and value.array.dtype.kind == "f" for value, _ in pairs):
        return []
    arrays = [(value.array, expected) for value, expected in pairs]
    columns = all(a.ndim == 2 and a.shape[1] == expected.shape[1] for a, expected in arrays)
    return arrays if columns else []


def alike(some, others):
    return np.allclose(some, others, rtol=1e-3, atol=1e-4 * np.abs(others).max(initial=0))


@observation(first=True)
def rows_of_last_chunk(call, got, right):
    for grad_x, expected in gradients(got, right)[:1]:
        rows, samples = len(grad_x), len(expected)
        if 0 < rows < samples and alike(grad_x, expected[-rows:]):
            return {"shape": str(grad_x.shape), "expected": str(expected.shape)}
    return False


@observation(first=True)
def rows_left_out(call, got, right):
    arrays = gradients(got, right)
    if not arrays or any(array.shape != expected.shape for array, expected in arrays):
        return False
    (grad_x, expected), weights = arrays
    lost = ~grad_x.any(axis=1) & expected.any(axis=1)
    kept = ~lost
    if lost.all() or not lost.any() or not alike(grad_x[kept], expected[kept]):
        return False
    # What has passed through the loop has reached the other gradient as well.
    return not alike(*weights) and {"row": int(lost.argmax())}
