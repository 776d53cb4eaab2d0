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

NAMES = ("W1", "b1", "W2", "b2")
SQUARE = (4, 4, 4, 4)  # samples, inputs, hidden, outputs: a wrong product shows in the values alone
MIXED = (7, 3, 5, 2)


def quarters(rng, shape):
    """Draw multiples of 1/4, without -0.0."""
    return np.round(4 * rng.normal(size=shape)) / 4 + 0.0


def problem(rng, sizes):
    """Return the arguments of backward, all exact in float32; no total input is 0."""
    n, inputs, hidden, outputs = sizes
    x = quarters(rng, (n, inputs))
    params = {
        "W1": quarters(rng, (inputs, hidden)),
        "b1": quarters(rng, hidden) + 1 / 32,
        "W2": quarters(rng, (hidden, outputs)),
        "b2": quarters(rng, outputs),
    }
    z1 = np.maximum(x @ params["W1"] + params["b1"], 0)
    y = z1 @ params["W2"] + params["b2"]
    # Errors of both signs, none of them 0, for negative outputs and for positive ones.
    errors = rng.integers(1, 200, size=y.shape) * rng.choice([-1, 1], size=y.shape) / 64
    return x, y - errors, z1, y, params


def in_dtype(arguments, dtype):
    *arrays, params = arguments
    return (
        *(array.astype(dtype) for array in arrays),
        {name: value.astype(dtype) for name, value in params.items()},
    )


def check_gradients(student, reference, problems, names=NAMES):
    """Compare the named gradients once all calls are made: together they tell mistakes apart."""
    got = [student.backward(*arguments) for arguments in problems]
    for gradients, arguments in zip(got, problems, strict=True):
        right = reference.backward(*arguments)
        # A sum over the samples may nearly cancel: what is left of its rounding is absolute.
        assert_close(gradients, {name: right[name] for name in names}, atol=1e-6)


def test_output_biases(student, reference, rng):
    problems = [problem(rng, SQUARE), problem(rng, MIXED)]
    check_gradients(student, reference, problems, ["b2"])


def test_output_weights(student, reference, rng):
    problems = [problem(rng, SQUARE), problem(rng, MIXED)]
    check_gradients(student, reference, problems, ["W2"])


def test_hidden_layer(student, reference, rng):
    problems = [problem(rng, SQUARE), problem(rng, MIXED)]
    check_gradients(student, reference, problems, ["W1", "b1"])


def test_one_output(student, reference, rng):
    problems = [problem(rng, (4, 4, 4, 1)), problem(rng, (6, 3, 5, 1))]
    check_gradients(student, reference, problems)


def test_sizes(student, reference, rng):
    # Sizes of 1 come first: with them, few orders of factors raise.
    sizes = [(5, 3, 1, 1), (6, 4, 1, 3), (4, 2, 6, 2), (3, 1, 5, 3)]
    check_gradients(student, reference, [problem(rng, each) for each in sizes])


def test_one_sample(student, reference, rng):
    problems = [problem(rng, (1, 4, 4, 4)), problem(rng, (1, 3, 5, 2))]
    check_gradients(student, reference, problems)


def test_integer_labels(student, reference, rng):
    problems = [problem(rng, sizes) for sizes in (SQUARE, MIXED)]
    whole = [(x, np.floor(d).astype(np.int64), *rest) for x, d, *rest in problems]
    check_gradients(student, reference, whole)


def test_dtype(student, rng):
    dtypes = ("float32", "float64")
    problems = [in_dtype(problem(rng, MIXED), dtype) for dtype in dtypes]
    outcomes = [student.backward.outcome(*arguments) for arguments in problems]
    for outcome, dtype in zip(outcomes, dtypes, strict=True):
        for got in returned(outcome):
            if not isinstance(got.value, dict):
                fail("not_a_dict")
            # Whether all is there, in the right shape, is for other checks.
            for name in [name for name in NAMES if name in got.value]:
                assert_dtype(got.value[name], dtype)
    assert_computed(outcomes)


def test_unmodified(student, rng):
    outcomes = [student.backward.outcome(*problem(rng, MIXED)) for _ in range(2)]
    assert_unmodified(*outcomes)
    assert_computed(outcomes)


@hidden
def test_other_networks(student, reference, rng):
    sizes = [SQUARE, *rng.integers(2, 9, size=(3, 4)).tolist(), (12, 8, 10, 3), (1, 1, 1, 1)]
    check_gradients(student, reference, [problem(rng, each) for each in sizes])


# -- facts about wrong results --------------------------------------------------------------------


def gradients(got):
    """Return the gradients of a result in float64, by name; of those that are numbers."""
    if not isinstance(got, dict):
        return {}
    there = {name: got[name] for name in NAMES if isinstance(got.get(name), np.ndarray | float)}
    return {
        name: np.asarray(value, np.float64)
        for name, value in there.items()
        if np.asarray(value).dtype.kind in "biuf"
    }


def is_close(array, expected):
    scale = float(np.abs(expected).max(initial=0.0))
    return array.shape == expected.shape and np.allclose(
        array, expected, rtol=1e-5, atol=1e-6 * scale
    )


def wrong_names(got, right):
    """Return the names whose gradients are wrong; of a result without four finite ones, none."""
    arrays, expected = gradients(got), gradients(right)
    if len(arrays) < len(NAMES) or not all(np.isfinite(a).all() for a in arrays.values()):
        return []
    return [name for name in NAMES if not is_close(arrays[name], expected[name])]


@observation(first=True)
def not_finite(call, got, right):
    names = [name for name, array in gradients(got).items() if not np.isfinite(array).all()]
    return bool(names) and {"names": ", ".join(names)}


@observation
def transposed(call, got, right):
    arrays, expected = gradients(got), gradients(right)
    if "W2" not in arrays or arrays["W2"].ndim != 2 or is_close(arrays["W2"], expected["W2"]):
        return False
    return expected["W2"].any() and is_close(arrays["W2"].T, expected["W2"])


@observation(first=True)
def shape_of(call, got, right):
    expected = gradients(right)
    for name, array in gradients(got).items():
        if array.shape != expected[name].shape:
            return {"name": name, "got": str(array.shape), "expected": str(expected[name].shape)}
    return False


def multiples(call, got, right, factor):
    """Return the names of the wrong gradients if each is the right one times a factor."""
    names, arrays, expected = wrong_names(got, right), gradients(got), gradients(right)
    fits = all(is_close(arrays[name], factor * expected[name]) for name in names)
    return bool(names) and fits and {"names": ", ".join(names)}


def size(call, axis):
    """Return how many samples (0) or outputs (1) a call has; 0 where it is no call of the task."""
    return call.args[1].shape[axis] if len(call.args) == 5 else 0


@observation(first=True)
def outputs_times_too_large(call, got, right):
    return bool(size(call, 1)) and multiples(call, got, right, size(call, 1))


@observation(first=True)
def samples_times_too_large(call, got, right):
    return bool(size(call, 0)) and multiples(call, got, right, size(call, 0))


@observation(first=True)
def opposite_sign(call, got, right):
    return multiples(call, got, right, -1)


@observation(first=True)
def common_factor(call, got, right):
    for factor in (2, 0.5, 3, 4, 0.25):
        found = multiples(call, got, right, factor)
        if found:
            return {**found, "factor": float(factor)}
    return False


@observation
def product_wrong(call, got, right):
    return wrong_names(got, right) == ["W2"]


@observation
def delta_alone_wrong(call, got, right):
    names = wrong_names(got, right)
    return "b2" in names and "W2" not in names


@observation
def delta_wrong(call, got, right):
    return "b2" in wrong_names(got, right)
