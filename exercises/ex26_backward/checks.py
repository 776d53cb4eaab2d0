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
SQUARE = (4, 4, 4)  # samples, inputs, hidden: a wrong product or mask shows in the values alone
MIXED = (7, 3, 5)


def quarters(rng, shape):
    """Draw multiples of 1/4, without -0.0."""
    return np.round(4 * rng.normal(size=shape)) / 4 + 0.0


def network(rng, n, inputs, hidden):
    """Draw x and params; x, W1 and b1 are exact in float32, and no total input is 0."""
    params = {
        "W1": quarters(rng, (inputs, hidden)),
        "b1": quarters(rng, hidden) + 1 / 32,
        "W2": quarters(rng, (hidden, 1)) / 2 + 1 / 16,
        "b2": quarters(rng, 1) + 1 / 32,
    }
    return quarters(rng, (n, inputs)), params


def labelled(rng, x, params):
    """Return the arguments of backward: outputs of the forward pass, labels of both classes."""
    z1 = np.maximum(x @ params["W1"] + params["b1"], 0)
    y = 1 / (1 + np.exp(-(z1 @ params["W2"] + params["b2"])))
    d = (rng.permutation(len(x)) % 2).astype(float).reshape(-1, 1)
    return x, d, z1, y, params


def problem(rng, sizes):
    return labelled(rng, *network(rng, *sizes))


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
        # A sum over the samples may nearly cancel: what is left of y's own rounding is absolute.
        assert_close(gradients, {name: right[name] for name in names}, atol=1e-6)


def test_keys_and_shapes(student, rng):
    problems = [problem(rng, sizes) for sizes in (SQUARE, MIXED)]
    got = [student.backward(*arguments) for arguments in problems]
    for gradients, (*_, params) in zip(got, problems, strict=True):
        check_form(gradients, params)


def check_form(gradients, params):
    if not isinstance(gradients, dict):
        fail("not_a_dict")
    for name, parameter in params.items():
        if name not in gradients:
            fail("key_missing", name=name)
        if not isinstance(gradients[name], np.ndarray | np.generic | float | int):
            fail("not_an_array", name=name)
        got, expected = np.shape(gradients[name]), parameter.shape
        if got != expected:
            fail("wrong_shape", name=name, got=str(got), expected=str(expected))


def test_output_weights(student, reference, rng):
    problems = [problem(rng, SQUARE), problem(rng, MIXED)]
    check_gradients(student, reference, problems, ["W2"])


def test_output_biases(student, reference, rng):
    problems = [problem(rng, SQUARE), problem(rng, MIXED)]
    check_gradients(student, reference, problems, ["b2"])


def test_hidden_weights(student, reference, rng):
    problems = [problem(rng, SQUARE), problem(rng, MIXED)]
    check_gradients(student, reference, problems, ["W1"])


def test_hidden_biases(student, reference, rng):
    problems = [problem(rng, SQUARE), problem(rng, MIXED)]
    check_gradients(student, reference, problems, ["b1"])


def test_neurons_off(student, reference, rng):
    check_gradients(student, reference, [on_and_off(rng, SQUARE), on_and_off(rng, (6, 3, 5))])


def on_and_off(rng, sizes):
    """Return a batch in which one neuron is on for every sample, one for none, the others mixed."""
    x, params = network(rng, *sizes)
    always, never, *others = rng.permutation(sizes[-1])
    x[:2] = [np.linspace(-1, 1, sizes[1]), np.linspace(1, -1, sizes[1])]
    params["W1"][:, others] = rng.permutation(np.linspace(-2, 1.5, sizes[1]))[:, None]
    params["b1"][others] = 1 / 32
    params["b1"][[always, never]] = [40.03125, -40.03125]
    params["W2"] /= 2
    params["W2"][always] = 1 / 64
    return labelled(rng, np.round(64 * x) / 64, params)


def test_sizes(student, reference, rng):
    # A single hidden neuron comes first: with it, no order of factors raises.
    sizes = [(6, 4, 1), (7, 5, 2), (5, 2, 6), (4, 1, 3)]
    check_gradients(student, reference, [problem(rng, each) for each in sizes])


def test_one_sample(student, reference, rng):
    check_gradients(student, reference, [one_sample(rng, 4), one_sample(rng, 3)])


def one_sample(rng, inputs):
    """Return a batch of one in which x > 0 and u1 > 0 hold at different places."""
    x, params = network(rng, 1, inputs, 4)
    x[0] = np.array([0.5, -0.75, 1.25, -0.25])[:inputs]
    params["b1"] = np.array([0.53125, 0.78125, -1.21875, -0.34375]) - x[0] @ params["W1"]
    return labelled(rng, x, params)


def test_integer_labels(student, reference, rng):
    problems = [problem(rng, sizes) for sizes in (SQUARE, MIXED)]
    whole = [(x, d.astype(np.int64), *rest) for x, d, *rest in problems]
    check_gradients(student, reference, whole)


def test_dtype(student, rng):
    dtypes = ("float32", "float64")
    problems = [in_dtype(problem(rng, MIXED), dtype) for dtype in dtypes]
    outcomes = [student.backward.outcome(*arguments) for arguments in problems]
    for outcome, dtype in zip(outcomes, dtypes, strict=True):
        for got in returned(outcome):
            check_dtype(got.value, dtype)
    assert_computed(outcomes)


def check_dtype(gradients, dtype):
    """Look at what there is: whether all is there, in the right shape, is for another check."""
    if not isinstance(gradients, dict):
        fail("not_a_dict")
    there = [name for name in NAMES if name in gradients]
    if not there:
        fail("key_missing", name=NAMES[0])
    for name in there:
        assert_dtype(gradients[name], dtype)


def test_unmodified(student, rng):
    outcomes = [student.backward.outcome(*problem(rng, MIXED)) for _ in range(2)]
    assert_unmodified(*outcomes)
    assert_computed(outcomes)


@hidden
def test_other_networks(student, reference, rng):
    sizes = [SQUARE, *rng.integers(2, 9, size=(3, 3)).tolist(), (12, 8, 10), (1, 1, 1)]
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


def right_names(got, right):
    """Return the names whose gradients are right; None where not all four are finite arrays."""
    arrays, expected = gradients(got), gradients(right)
    if len(arrays) < len(NAMES) or not all(np.isfinite(a).all() for a in arrays.values()):
        return None
    return [name for name in NAMES if is_close(arrays[name], expected[name])]


def wrong_names(got, right):
    names = right_names(got, right)
    return [] if names is None else [name for name in NAMES if name not in names]


@observation
def in_a_row(call, got, right):
    return isinstance(got, list | tuple) and len(got) == len(NAMES)


@observation(first=True)
def other_keys(call, got, right):
    if not isinstance(got, dict) or any(name in got for name in NAMES):
        return False
    names = [key for key in got if isinstance(key, str) and key.isidentifier() and len(key) < 12]
    return 0 < len(names) == len(got) <= 2 * len(NAMES) and {"names": ", ".join(names)}


@observation(first=True)
def not_finite(call, got, right):
    names = [name for name, array in gradients(got).items() if not np.isfinite(array).all()]
    return bool(names) and {"names": ", ".join(names)}


@observation(first=True)
def not_all_keys(call, got, right):
    if not isinstance(got, dict):
        return False
    there = [name for name in NAMES if name in got]
    return 0 < len(there) < len(NAMES) and {"names": ", ".join(there)}


@observation(first=True)
def parameters_returned(call, got, right):
    params = call.args[-1] if len(call.args) == 5 else {}
    same = [
        name
        for name, array in gradients(got).items()
        if name in params and np.array_equal(array, params[name])
    ]
    return bool(same) and {"names": ", ".join(same)}


@observation(first=True)
def transposed(call, got, right):
    expected = gradients(right)
    turned = [
        name
        for name, array in gradients(got).items()
        if array.ndim == 2
        and is_close(array.T, expected[name])
        and not is_close(array, expected[name])
        and expected[name].any()
    ]
    return bool(turned) and {"names": ", ".join(turned)}


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


@observation(first=True)
def samples_times_too_large(call, got, right):
    return len(call.args) == 5 and multiples(call, got, right, len(call.args[0]))


@observation(first=True)
def samples_times_too_small(call, got, right):
    return len(call.args) == 5 and multiples(call, got, right, 1 / len(call.args[0]))


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
def step_taken(call, got, right):
    """The parameters after a step against their gradients, whatever the learning rate."""
    arrays, expected = gradients(got), gradients(right)
    if len(call.args) != 5 or len(arrays) < len(NAMES):
        return False
    params = call.args[-1]
    if any(arrays[name].shape != params[name].shape for name in NAMES):
        return False
    moved = np.concatenate([(params[name] - arrays[name]).ravel() for name in NAMES])
    slopes = np.concatenate([expected[name].ravel() for name in NAMES])
    rate = moved @ slopes / (slopes @ slopes)
    return rate > 0 and np.isfinite(moved).all() and is_close(moved, rate * slopes)


@observation
def right_where_on(call, got, right):
    """Of the first layer, right for neurons that are on for every sample; not 0 for those off."""
    if wrong_names(got, right) != ["W1", "b1"] or len(call.args) != 5:
        return False
    arrays, expected = gradients(got), gradients(right)
    if any(arrays[name].shape != expected[name].shape for name in ("W1", "b1")):
        return False
    is_on = call.args[2] > 0
    on, off = is_on.all(axis=0), ~is_on.any(axis=0)
    return (
        on.any()
        and off.any()
        and is_close(arrays["W1"][:, on], expected["W1"][:, on])
        and is_close(arrays["b1"][on], expected["b1"][on])
        and arrays["b1"][off].all()
    )


@observation
def second_layer_right(call, got, right):
    return right_names(got, right) == ["W2", "b2"]


@observation
def biases_right(call, got, right):
    return right_names(got, right) == ["b1", "b2"]


@observation
def weights_right(call, got, right):
    return right_names(got, right) == ["W1", "W2"]


@observation(first=True)
def some_are_right(call, got, right):
    names, wrong = right_names(got, right), wrong_names(got, right)
    return bool(names) and bool(wrong) and {"right": ", ".join(names), "wrong": ", ".join(wrong)}


@observation
def output_layer_wrong(call, got, right):
    names = right_names(got, right)
    return names is not None and "W2" not in names and "b2" not in names


@observation(first=True)
def wrong_here(call, got, right):
    names = wrong_names(got, right)
    return bool(names) and {"names": ", ".join(names)}
