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

LOOPS = (ast.For, ast.While, ast.comprehension)
STEPS = 4
ENOUGH = 5  # so many numbers are no sum of two columns by chance
MANY = 9  # so many numbers have no order in common by chance
NEAR = 1e-3
SQUARE = (3, 3)  # inputs, hidden: a product with the matrix turned shows in the values alone


def grid(rng, *shape, spread):
    """Draw multiples of 1/64, which float32 holds exactly, around 0."""
    return np.round(64 * rng.normal(scale=spread, size=shape)) / 64


def draw_weights(rng, inputs, neurons):
    """Draw W_x and W_h so small that tanh is not saturated: then what lies steps back counts."""
    return grid(rng, neurons, inputs, spread=0.3), grid(rng, neurons, neurons, spread=0.3)


def tensors(*arrays, dtype=np.float32):
    return tuple(tensor(np.asarray(array, dtype=dtype)) for array in arrays)


def step(rng, n, inputs, neurons, dtype=np.float32):
    """Return the arguments of rnn_step."""
    x, h = grid(rng, n, inputs, spread=1), np.clip(grid(rng, n, neurons, spread=0.5), -1, 1)
    return tensors(x, h, *draw_weights(rng, inputs, neurons), dtype=dtype)


def sequence(rng, n, inputs, neurons, steps=STEPS):
    xs = grid(rng, steps, n, inputs, spread=1)
    return tensors(xs, *draw_weights(rng, inputs, neurons))


def coefficients(rng, n, neurons):
    return tensors(grid(rng, n, neurons, spread=1))


def check_steps(student, reference, *calls):
    """Compare the states of some calls, all made before the first is judged; one is made twice."""
    again, *results = [student.rnn_step(*call) for call in (calls[0], *calls)]
    if differ(again, results[0]):
        fail("not_repeatable")
    for got, call in zip(results, calls, strict=True):
        assert_close(got, reference.rnn_step(*call))


def differ(one, other):
    """Tell whether two results are tensors of one shape with other values."""
    both = isinstance(one, Tensor) and isinstance(other, Tensor) and one.shape == other.shape
    return both and not np.array_equal(one.array, other.array, equal_nan=True)


def part_of(got, *keys):
    """Return what a drive reports under these keys; refuse what it could not have reported."""
    if got is None:
        return None
    if isinstance(got, dict) and "shape" in got:
        fail("shape_of_step", step=int(got["step"]), got=str(got["shape"]))
    if isinstance(got, dict) and "type" in got:
        fail("type_of_step", step=int(got["step"]), got=str(got["type"]))
    if not isinstance(got, dict):
        fail("no_report")
    if not got:
        fail("no_graph")
    for key in keys:
        if key not in got:
            fail("no_gradient", name=key)
    return {key: got[key] for key in keys}


def check_gradients(student, reference, calls, *names):
    reports = [student.run("gradients", *call) for call in calls]
    for got, call in zip(reports, calls, strict=True):
        right = reference.run("gradients", *call)
        assert_close(part_of(got, *names), {name: right[name] for name in names})


def back_through(rng, *sizes):
    """Return sequences of these sizes, each with what its last state is multiplied by."""
    return [
        (*sequence(rng, n, inputs, neurons, steps), *coefficients(rng, n, neurons))
        for n, inputs, neurons, steps in sizes
    ]


@showing("states", entry="h", result="h")
def unrolled(xs, W_x, W_h):
    """Write the loop over a sequence as the Python that it stands for."""
    n, neurons = xs.shape[1], len(W_h.array)
    return [
        f"xs = torch.tensor({xs.array.tolist()})",
        *written(W_x, W_h),
        f"h, states = torch.zeros({n}, {neurons}), []",
        "for x in xs:",
        "    h = rnn_step(x, h, W_x, W_h)",
        "    states.append(h)",
        "torch.stack(states)",
    ]


@showing("gradients", entry="{0}.grad")
def unrolled_and_back(xs, W_x, W_h, c):
    """Write the loop over a sequence and the way back through it."""
    n, neurons = c.shape
    return [
        f"xs = torch.tensor({xs.array.tolist()})",
        *written(W_x, W_h),
        f"h = torch.zeros({n}, {neurons})",
        "W_x.requires_grad_(), W_h.requires_grad_()",
        "for x in xs:",
        "    h = rnn_step(x, h, W_x, W_h)",
        f"(h * torch.tensor({c.array.tolist()})).sum().backward()",
        "W_x.grad, W_h.grad",
    ]


def written(W_x, W_h):
    named = {"W_x": W_x, "W_h": W_h}
    return [f"{name} = torch.tensor({value.array.tolist()})" for name, value in named.items()]


def test_input_alone(student, reference, rng):
    """With a state of zeros only the input counts."""
    calls = [step(rng, 3, 4, 2), step(rng, 4, *SQUARE)]
    check_steps(student, reference, *(with_zeros(call, 1) for call in calls))


def test_state_alone(student, reference, rng):
    """With an input of zeros only the state counts."""
    calls = [step(rng, 3, 4, 2), step(rng, 4, *SQUARE)]
    check_steps(student, reference, *(with_zeros(call, 0) for call in calls))


def with_zeros(call, number):
    """Return the arguments with zeros in the place of one."""
    return tuple(
        tensor(np.zeros_like(value.array)) if i == number else value for i, value in enumerate(call)
    )


def test_one_sample(student, reference, rng):
    check_steps(student, reference, step(rng, 1, 10, 20))


def test_batch(student, reference, rng, submission, remark):
    check_steps(student, reference, step(rng, 5, 4, 3), step(rng, 3, 2, 5))
    if any(isinstance(node, LOOPS) for node in ast.walk(submission.tree)):
        remark("loop_over_samples")


def test_same_sizes(student, reference, rng):
    """With n = in = hidden no wrong product raises."""
    check_steps(student, reference, step(rng, 3, *SQUARE), step(rng, 4, 4, 4))


def test_dtype(student, rng):
    dtypes = ("float32", "float64")
    outcomes = [student.rnn_step.outcome(*step(rng, 2, 3, 4, dtype)) for dtype in dtypes]
    for outcome, dtype in zip(outcomes, dtypes, strict=True):
        for got in returned(outcome):
            assert_dtype(got.value, dtype)
    assert_computed(outcomes)


def test_unmodified(student, rng):
    outcomes = [student.rnn_step.outcome(*step(rng, 3, *SQUARE)) for _ in range(2)]
    assert_unmodified(*outcomes)
    assert_computed(outcomes)


def test_sequence(student, reference, rng):
    calls = [sequence(rng, *sizes) for sizes in ((2, 3, 4), (2, 3, 4), (3, *SQUARE))]
    reports = [student.run("states", *call) for call in calls]
    for got, call in zip(reports, calls, strict=True):
        assert_close(part_of(got, "h"), reference.run("states", *call))


def test_gradient_of_one_step(student, reference, rng):
    """From a state of zeros only W_x has a gradient that is not 0."""
    calls = back_through(rng, (2, 3, 4, 1), (3, *SQUARE, 1))
    check_gradients(student, reference, calls, "W_x")


def test_gradient_of_input_weights(student, reference, rng):
    calls = back_through(rng, (2, 2, 3, STEPS), (3, *SQUARE, STEPS))
    check_gradients(student, reference, calls, "W_x")


def test_gradient_of_state_weights(student, reference, rng):
    calls = back_through(rng, (2, 2, 3, STEPS), (3, *SQUARE, STEPS))
    check_gradients(student, reference, calls, "W_h")


@hidden
def test_other_batches(student, reference, rng):
    sizes = rng.integers(1, 8, size=(3, 3)).tolist()
    check_steps(student, reference, *(step(rng, *size) for size in sizes), step(rng, 6, 20, 20))


@hidden
def test_back_to_the_beginning(student, reference, rng):
    """The gradient reaches the first input and the state before it."""
    xs, W_x, W_h = sequence(rng, 2, 3, 4)
    h0, c = tensors(grid(rng, 2, 4, spread=0.5), grid(rng, 2, 4, spread=1))
    arguments = xs, h0, W_x, W_h, c
    got = part_of(student.run("first_gradients", *arguments), "xs", "h0")
    assert_close(got, reference.run("first_gradients", *arguments))


# -- facts about wrong results --------------------------------------------------------------------


def state(call, got):
    """Return the state that a step returned as an array of floats; None where it is none."""
    if call.name != "rnn_step" or not isinstance(got, Tensor) or got.array.dtype.kind not in "iuf":
        return None
    return got.array.astype(np.float64)


@observation(first=True)
def other_shape(call, got, right):
    got = state(call, got)
    if got is None or got.shape == right.shape:
        return False
    return {"got": str(got.shape), "expected": str(right.shape)}


@observation
def not_finite(call, got, right):
    got = state(call, got)
    return got is not None and not np.isfinite(got).all()


@observation(first=True)
def beyond_one(call, got, right):
    got = state(call, got)
    if got is None or got.size == 0 or not np.isfinite(got).all():
        return False
    furthest = got.ravel()[np.argmax(np.abs(got))]
    return abs(furthest) > 1 + 1e-6 and {"value": float(furthest)}


@observation
def never_negative(call, got, right):
    """No entry is negative, where several should be."""
    got = state(call, got)
    return got is not None and bool((got >= 0).all()) and int((right.array < -0.01).sum()) > 1


def fit(values, *columns):
    """Return the factors with which the columns add up to the values; None where none do."""
    if values.shape != columns[0].shape or values.size < ENOUGH:
        return None
    matrix = np.stack([column.ravel() for column in columns], axis=1)
    factors, _, rank, _ = np.linalg.lstsq(matrix, values.ravel())
    off = np.abs(matrix @ factors - values.ravel()).max()
    return factors if rank == len(columns) and off < NEAR * np.abs(values).max() else None


def inside_of_tanh(call, got):
    """Return what a state was before tanh, and the two products; None where tanh gives no such."""
    got = state(call, got)
    if got is None or not (np.abs(got) < 1).all():
        return None
    x, h, W_x, W_h = (value.array.astype(np.float64) for value in call.args)
    return np.arctanh(got), x @ W_x.T, h @ W_h.T


@observation(first=True)
def terms_weighted(call, got, right):
    parts = inside_of_tanh(call, got)
    factors = None if parts is None else fit(*parts)
    if factors is None or np.allclose(factors, 1, atol=NEAR):
        return False
    return {"input": rounded(factors[0]), "state": rounded(factors[1])}


@observation
def term_weighted(call, got, right):
    """The same where one of the products is 0 everywhere."""
    parts = inside_of_tanh(call, got)
    there = [] if parts is None else [part for part in parts[1:] if part.any()]
    factors = fit(parts[0], *there) if len(there) == 1 else None
    if factors is None or np.allclose(factors, 1, atol=NEAR):
        return False
    return {"times": rounded(factors[0])}


@observation(first=True)
def old_state_mixed(call, got, right):
    got = state(call, got)
    if got is None:
        return False
    old = call.args[1].array.astype(np.float64)
    factors = fit(got, right.array.astype(np.float64), old)
    if factors is None or abs(factors[1]) < NEAR:
        return False
    return {"new": rounded(factors[0]), "old": rounded(factors[1])}


def rounded(number):
    """Return a factor of few digits, a whole number where it is one."""
    near = round(float(number), 3)
    return int(near) if near.is_integer() else near


@observation
def other_function(call, got, right):
    """The entries lie in the order of the right ones, so only the function can be another one."""
    got = state(call, got)
    if got is None or got.shape != right.shape or got.size < MANY:
        return False
    if np.allclose(got, right.array, rtol=NEAR, atol=NEAR):
        return False
    order = np.argsort(right.array, axis=None)
    return bool((np.diff(got.ravel()[order]) > 0).all())


@observation
def one_gradient_right(call, got, right):
    if call.name != "gradients" or not isinstance(got, dict):
        return False
    fits = {
        name: isinstance(got.get(name), Tensor)
        and got[name].shape == right[name].shape
        and np.allclose(got[name].array, right[name].array, rtol=1e-4, atol=1e-5)
        for name in ("W_x", "W_h")
    }
    if all(fits.values()) or not any(fits.values()) or len(call.args[0].array) == 1:
        return False
    return {"right": max(fits, key=fits.get), "wrong": min(fits, key=fits.get)}
