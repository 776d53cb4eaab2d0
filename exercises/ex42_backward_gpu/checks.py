import numpy as np

from grader import (
    Tensor,
    anywhere,
    assert_close,
    assert_computed,
    assert_dtype,
    assert_no_traffic,
    assert_on_device,
    assert_same_work,
    assert_unmodified,
    fail,
    hidden,
    needs,
    observation,
    returned,
    tensor,
)

NAMES = ("W1", "b1", "W2", "b2")
SQUARE = (4, 4, 4)  # inputs, hidden, classes: a wrong product or mask shows in the values alone
MIXED = (4, 4, 3)
FEW, MANY = 8, 32
LOGIT_STEPS = 1e-3


def network(rng, n, inputs, hidden, classes):
    """Draw x, W1, b1 so that float32 computes u1 without error and no u1 is 0."""
    x = quarters(rng, (n, inputs))
    params = {
        "W1": quarters(rng, (inputs, hidden)),
        "b1": quarters(rng, hidden) + 1 / 32,
        "W2": rng.normal(size=(hidden, classes)),
        "b2": rng.normal(size=classes),
    }
    return x, params


def quarters(rng, shape):
    return np.round(4 * rng.normal(size=shape)) / 4


def tensors(x, d, params, dtype=np.float32):
    """Return the arguments of backward as tensors on the chosen device."""
    floats = {name: tensor(value.astype(dtype)) for name, value in params.items()}
    return tensor(x.astype(dtype)), tensor(np.asarray(d, dtype=np.int64)), floats


def problem(rng, n, sizes, dtype=np.float32):
    """Return the arguments of backward; n >= classes, and every class occurs."""
    x, params = network(rng, n, *sizes)
    d = rng.permutation(np.arange(n) % sizes[-1])
    return tensors(x, d, params, dtype)


def check_gradients(student, reference, problems, names=NAMES):
    """Compare the named gradients once all calls are made: together they tell mistakes apart."""
    got = [student.backward(*arguments) for arguments in problems]
    for gradients, arguments in zip(got, problems, strict=True):
        right = reference.backward(*arguments)
        # Whether they are on the device is for a check of its own.
        assert_close(anywhere(gradients), {name: right[name] for name in names})


def test_keys_and_shapes(student, rng):
    problems = [problem(rng, 6, SQUARE), problem(rng, 7, (5, 6, 3))]
    got = [student.backward(*arguments) for arguments in problems]
    for gradients, (_, _, params) in zip(got, problems, strict=True):
        check_form(gradients, params)


def check_form(gradients, params):
    if not isinstance(gradients, dict):
        fail("not_a_dict")
    for name, parameter in params.items():
        if name not in gradients:
            fail("key_missing", name=name)
        if not isinstance(gradients[name], Tensor):
            fail("not_a_tensor", name=name)
        got, expected = gradients[name].shape, parameter.shape
        if got != expected:
            fail("wrong_shape", name=name, got=str(got), expected=str(expected))


def test_output_weights(student, reference, rng):
    check_gradients(student, reference, [problem(rng, 6, SQUARE)], ["W2"])


def test_output_biases(student, reference, rng):
    check_gradients(student, reference, [problem(rng, 6, SQUARE)], ["b2"])


def test_hidden_weights(student, reference, rng):
    problems = [problem(rng, 6, SQUARE), problem(rng, 6, MIXED)]
    check_gradients(student, reference, problems, ["W1"])


def test_hidden_biases(student, reference, rng):
    problems = [problem(rng, 6, SQUARE), problem(rng, 6, MIXED)]
    check_gradients(student, reference, problems, ["b1"])


def test_sizes(student, reference, rng):
    sizes = [(5, 6, 3), (3, 2, 5), (2, 7, 4)]
    check_gradients(student, reference, [problem(rng, 7, size) for size in sizes])


def test_one_sample(student, reference, rng):
    check_gradients(student, reference, [one_sample(rng, SQUARE), one_sample(rng, MIXED)])


def one_sample(rng, sizes):
    """Return a batch of one in which x > 0 and u1 > 0 hold at different places."""
    x, params = network(rng, 1, *sizes)
    order = rng.permutation(4)
    x[0, order] = np.array([0.5, -0.75, 1.25, -0.25])
    u1 = np.empty(4)
    u1[order] = [0.53125, 0.78125, -1.21875, -0.34375]
    params["b1"] = u1 - x[0] @ params["W1"]
    return tensors(x, rng.integers(sizes[-1], size=1), params)


def test_absent_class(student, reference, rng):
    problems = [without_last_class(rng, SQUARE), without_last_class(rng, MIXED)]
    check_gradients(student, reference, problems)


def without_last_class(rng, sizes):
    x, params = network(rng, 6, *sizes)
    return tensors(x, rng.permutation(np.arange(6) % (sizes[-1] - 1)), params)


def test_confident(student, reference, rng):
    rows_apart = confident(rng, 500 + rng.integers(-2, 3, size=4))
    classes_apart = confident(rng, rng.permutation([3000, 2000, 1000, 0]))
    problems = [rows_apart, classes_apart]
    got = [student.backward(*arguments) for arguments in problems]
    for gradients, arguments in zip(got, problems, strict=True):
        # Around 3000 the numbers of float32 lie 2.4e-4 apart: as much may a logit less the
        # logarithm of the sum be off, and so a probability, as a share of it. Where shares cancel,
        # that is left.
        for name, right in reference.backward(*arguments).items():
            atol = LOGIT_STEPS * float(np.abs(right.array).max())
            assert_close(anywhere(gradients), {name: right}, rtol=LOGIT_STEPS, atol=atol)


def confident(rng, b2):
    """Return a batch whose logits are large, and exact in float32.

    The first hidden neuron lowers all logits of some samples by 1000, the second is never off.
    """
    x = rng.integers(-3, 4, size=(4, 4))
    x[:, 0] = rng.permutation([0, 0, 1, 1])
    W1 = rng.integers(-2, 3, size=(4, 4))
    W1[0] = W1[:, 0] = 0
    W1[0, 0] = 1000
    W2 = rng.integers(-32, 33, size=(4, 4)) / 16
    W2[0] = -1
    W2[1] = rng.permutation([-2, -1, 1, 2]) / 16
    params = {"W1": W1, "b1": np.array([0.5, 20.5, 0.5, -0.5]), "W2": W2, "b2": b2}
    return tensors(x, rng.permutation(4), params)


def test_dtype(student, rng):
    dtypes = ("float32", "float64")
    outcomes = [student.backward.outcome(*problem(rng, 4, SQUARE, dtype)) for dtype in dtypes]
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
    outcomes = [student.backward.outcome(*problem(rng, 6, SQUARE)) for _ in range(2)]
    assert_unmodified(*outcomes)
    assert_computed(outcomes)


def test_autograd(student, reference, rng):
    problems = [problem(rng, 32, (8, 8, 8)), problem(rng, 32, (6, 8, 5))]
    got = [student.backward(*arguments) for arguments in problems]
    for gradients, arguments in zip(got, problems, strict=True):
        assert_close(anywhere(gradients), reference.run("autograd_gradients", *arguments))


def test_by_hand(student, reference, rng):
    check_gradients(student, reference, [problem(rng, 9, SQUARE), problem(rng, 9, (3, 5, 4))])


def test_stays_on_device(student, rng):
    outcomes = [student.backward.outcome(*problem(rng, 6, SQUARE)) for _ in range(2)]
    for got in returned(*outcomes):
        assert_on_device(got.value)
    assert_computed(outcomes)


@needs("test_output_weights")
def test_no_round_trips(student, rng):
    # What is created on the device may be made of numbers of Python.
    assert_no_traffic(student.backward.watched(*problem(rng, 6, SQUARE)), apart_from={"made"})


@needs("test_output_weights")
def test_no_loop_over_samples(student, rng):
    few, many = (student.backward.watched(*problem(rng, n, SQUARE)) for n in (FEW, MANY))
    assert_same_work(few, many, samples=(FEW, MANY))


@hidden
def test_other_networks(student, reference, rng):
    sizes = [SQUARE, *rng.integers(2, 9, size=(3, 3)).tolist()]
    check_gradients(student, reference, [problem(rng, 12, size) for size in sizes])


# -- facts about wrong results --------------------------------------------------------------------


def gradients(got, right):
    """Return the gradients of a result as arrays in float64, by name; of those that are tensors."""
    if not isinstance(got, dict) or not isinstance(right, dict):
        return {}
    tensors = {name: got[name] for name in NAMES if isinstance(got.get(name), Tensor)}
    return {name: value.array.astype(np.float64) for name, value in tensors.items()}


def right_names(got, right):
    """Return the names whose gradients are right; None where not all four are finite tensors."""
    arrays = gradients(got, right)
    expected = gradients(right, right)
    if len(arrays) < len(NAMES) or not all(np.isfinite(a).all() for a in arrays.values()):
        return None
    return [
        name
        for name in NAMES
        if arrays[name].shape == expected[name].shape
        and np.allclose(
            arrays[name], expected[name], rtol=1e-3, atol=1e-4 * largest(expected[name])
        )
    ]


def largest(array):
    return float(np.abs(array).max(initial=0.0))


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
    arrays = gradients(got, right)
    names = [name for name in NAMES if name in arrays and not np.isfinite(arrays[name]).all()]
    return bool(names) and {"names": ", ".join(names)}


@observation(first=True)
def not_all_keys(call, got, right):
    if not isinstance(got, dict):
        return False
    there = [name for name in NAMES if name in got]
    return 0 < len(there) < len(NAMES) and {"names": ", ".join(there)}


@observation(first=True)
def parameters_returned(call, got, right):
    arrays = gradients(got, right)
    params = call.args[2] if len(call.args) > 2 else {}
    same = [
        name
        for name, array in arrays.items()
        if name in params and np.array_equal(array, params[name].array.astype(np.float64))
    ]
    return bool(same) and {"names": ", ".join(same)}


@observation(first=True)
def transposed(call, got, right):
    arrays, expected = gradients(got, right), gradients(right, right)
    turned = [
        name
        for name, array in arrays.items()
        if array.ndim == 2
        and array.T.shape == expected[name].shape
        and np.allclose(array.T, expected[name], rtol=1e-3, atol=1e-4 * largest(expected[name]))
        and not (array.shape == expected[name].shape and np.allclose(array, expected[name]))
    ]
    return bool(turned) and largest(expected[turned[0]]) > 0 and {"names": ", ".join(turned)}


@observation(first=True)
def shape_of(call, got, right):
    arrays, expected = gradients(got, right), gradients(right, right)
    other = [name for name, array in arrays.items() if array.shape != expected[name].shape]
    if not other:
        return False
    name = other[0]
    shapes = {"got": str(arrays[name].shape), "expected": str(expected[name].shape)}
    return {"name": name, **shapes}


@observation
def second_layer_right(call, got, right):
    names = right_names(got, right)
    return names == ["W2", "b2"]


@observation
def biases_right(call, got, right):
    return right_names(got, right) == ["b1", "b2"]


@observation
def weights_right(call, got, right):
    return right_names(got, right) == ["W1", "W2"]


@observation(first=True)
def some_are_right(call, got, right):
    names = right_names(got, right)
    if not names or len(names) == len(NAMES):
        return False
    return {
        "right": ", ".join(names),
        "wrong": ", ".join(name for name in NAMES if name not in names),
    }


@observation
def output_layer_wrong(call, got, right):
    names = right_names(got, right)
    return names is not None and "W2" not in names and "b2" not in names


@observation(first=True)
def wrong_here(call, got, right):
    names = right_names(got, right)
    if names is None or len(names) == len(NAMES):
        return False
    return {"names": ", ".join(name for name in NAMES if name not in names)}


@observation(first=True)
def other_dtype(call, got, right):
    """Right gradients of another dtype than their parameters have."""
    if right_names(got, right) != list(NAMES):
        return False
    names = [name for name in NAMES if got[name].dtype != right[name].dtype]
    return bool(names) and {"names": ", ".join(names), "got": got[names[0]].dtype}
