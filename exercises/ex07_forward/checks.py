from itertools import pairwise

import numpy as np

from grader import (
    assert_close,
    assert_computed,
    assert_dtype,
    assert_unmodified,
    fail,
    hidden,
    needs,
    observation,
    returned,
)

ELEVEN = (4, 5, 3, 6, 4, 5, 6, 3, 5, 4, 6, 2)  # no two layers with the same shape in a row


def network(rng, n, sizes):
    """Draw x and params so that relu acts on every hidden neuron, and would act on every output."""
    x = rounded(rng.normal(size=(n, sizes[0])))
    params, z = {}, x
    for k, out in enumerate(sizes[1:], start=1):
        last = k == len(sizes) - 1
        weights, bias = layer(rng, z, out, last)
        params |= {f"W{k}": weights, f"b{k}": bias}
        z = np.maximum(z @ weights + bias, 0)
    return x, params


def rounded(values):
    """Return multiples of 1/64, which float32 holds exactly."""
    return np.round(64 * values) / 64


def layer(rng, z, out, last):
    """Draw weights and bias of one layer; its total inputs stay below 5."""
    while True:
        weights = rng.normal(size=(z.shape[1], out))
        weights = rounded(weights * 2 / np.abs(z @ weights).max())
        u = z @ weights
        bias = rounded(rng.normal(size=out) / 2 - (u.mean(axis=0) if len(u) > 1 else 0))
        if np.abs(bias).min() > 0.1 and tells(u + bias, last):
            return weights, bias


def tells(u, last):
    """Tell whether relu changes each column of u and, in a hidden layer, leaves something a row."""
    on, off = u > 0.05, u < -0.05
    axis = 0 if len(u) > 1 else 1
    both = on.any(axis=axis) & off.any(axis=axis)
    return both.all() and (last or on.any(axis=1).all())


def whole_network(rng, n, sizes):
    """Draw the same as network, in integers."""
    while True:
        x = z = rng.integers(-3, 4, size=(n, sizes[0]))
        params, good = {}, True
        for k, (into, out) in enumerate(pairwise(sizes), start=1):
            weights = rng.integers(-2, 3, size=(into, out))
            bias = rng.choice([-3, -2, -1, 1, 2, 3], size=out)
            params |= {f"W{k}": weights, f"b{k}": bias}
            u = z @ weights + bias
            good = good and tells(u, last=k == len(sizes) - 1)
            z = np.maximum(u, 0)
        if good:
            return x, params


def in_float32(x, params):
    return x.astype(np.float32), {key: value.astype(np.float32) for key, value in params.items()}


def output_of(result):
    """Return y of what came back: a pair, or y alone, whose missing list other checks tell."""
    return result[0] if isinstance(result, tuple | list) and len(result) > 0 else result


def list_of(result):
    if not isinstance(result, tuple | list) or len(result) != 2:
        fail("no_pair")
    return result[1]


def check_outputs(student, reference, *networks):
    """Compare y once all calls are made: together they tell mistakes apart."""
    results = [student.forward(*arguments) for arguments in networks]
    for got, arguments in zip(results, networks, strict=True):
        assert_close(output_of(got), reference.forward(*arguments)[0])


def check_lists(student, reference, *networks):
    results = [student.forward(*arguments) for arguments in networks]
    for got, arguments in zip(results, networks, strict=True):
        assert_close(list_of(got), reference.forward(*arguments)[1])


def test_one_layer(student, reference, rng):
    check_outputs(student, reference, network(rng, 4, (4, 4)), network(rng, 5, (3, 2)))


@needs("test_one_layer")
def test_empty_list(student, reference, rng):
    check_lists(student, reference, network(rng, 4, (4, 4)), network(rng, 5, (3, 2)))


def test_two_layers(student, reference, rng):
    check_outputs(student, reference, network(rng, 4, (4, 4, 4)), network(rng, 6, (3, 5, 2)))


def test_hidden_output(student, reference, rng):
    check_lists(student, reference, network(rng, 4, (4, 4, 4)), network(rng, 6, (3, 5, 2)))


def three_layers(rng):
    """Draw networks; where widths are equal, a mistake shows in the values."""
    return [
        network(rng, 4, (4, 4, 4, 4)),
        network(rng, 7, (3, 5, 4, 2)),
        network(rng, 6, (2, 3, 3, 1)),
    ]


def test_three_layers(student, reference, rng):
    check_outputs(student, reference, *three_layers(rng))


def test_hidden_outputs(student, reference, rng):
    check_lists(student, reference, *three_layers(rng))


def test_eleven_layers(student, reference, rng):
    check_outputs(student, reference, network(rng, 4, (4,) * 12), network(rng, 6, ELEVEN))


def test_ten_hidden_outputs(student, reference, rng):
    check_lists(student, reference, network(rng, 4, (4,) * 12), network(rng, 6, ELEVEN))


def test_order_of_keys(student, reference, rng):
    x, params = network(rng, 4, (4, 4, 4, 4))
    backwards = [f"{letter}{k}" for k in (3, 2, 1) for letter in "Wb"]
    letters = [f"{letter}{k}" for letter in "Wb" for k in (1, 2, 3)]
    drawn = [str(key) for key in rng.permutation(letters)]
    orders = [backwards, letters, drawn]
    networks = [(x, {key: params[key] for key in order}) for order in orders]
    check_outputs(student, reference, *networks)


def test_one_sample(student, reference, rng):
    check_outputs(student, reference, network(rng, 1, (4, 4, 4, 4)), network(rng, 1, (2, 4, 3, 2)))


def test_integers(student, reference, rng):
    x, params = whole_network(rng, 5, (3, 4, 2))
    floats = {key: value / 4 for key, value in params.items()}
    check_outputs(student, reference, (x, params), (x, floats))


def test_float32(student, reference, rng):
    networks = [network(rng, 4, (4, 4, 4)), network(rng, 6, (3, 5, 2))]
    check_outputs(student, reference, *[in_float32(*arguments) for arguments in networks])


def call_networks(student, rng, convert=lambda x, params: (x, params)):
    """Return the outcomes of calls with networks of one, two and three layers.

    With the same x and other parameters, or the other way round, something else must come back.
    """
    outcomes = []
    for sizes in [(4, 3), (3, 4, 2), (3, 5, 4, 2)]:
        (x, params), (other_x, others) = network(rng, 5, sizes), network(rng, 5, sizes)
        pairs = [(x, params), (x, others), (other_x, params)]
        three = [student.forward.outcome(*convert(*pair)) for pair in pairs]
        if all(hasattr(outcome, "value") for outcome in three):
            assert_computed(three[:2])
            assert_computed(three[::2])
        outcomes += three
    return outcomes


def test_dtype(student, rng):
    for convert, dtype in [(lambda *both: both, "float64"), (in_float32, "float32")]:
        for got in returned(*call_networks(student, rng, convert)):
            assert_dtype(output_of(got.value), dtype)
            if isinstance(got.value, tuple | list) and len(got.value) == 2:
                for z in got.value[1] if isinstance(got.value[1], tuple | list) else []:
                    assert_dtype(z, dtype)


def test_unmodified(student, rng):
    assert_unmodified(*call_networks(student, rng))


def other_networks(rng):
    sizes = [(3, 3, 3, 3, 3), (6, 2), (2, 7, 3), (5, 6, 3, 4, 6, 2)]
    return [network(rng, n, size) for n, size in zip((3, 3, 8, 5), sizes, strict=True)]


@hidden
def test_other_networks(student, reference, rng):
    check_outputs(student, reference, *other_networks(rng))


@hidden
def test_other_hidden_outputs(student, reference, rng):
    check_lists(student, reference, *other_networks(rng))


# -- facts about wrong results --------------------------------------------------------------------


def is_numbers(value):
    return isinstance(value, np.ndarray) and value.dtype.kind in "iuf" and value.size > 0


def finite_output(got, right):
    """Return y of a result as finite numbers where it is wrong in values alone, else None."""
    y = output_of(got)
    if not is_numbers(y) or y.shape != right[0].shape or not np.isfinite(y).all():
        return None
    return None if same(y, right[0]) else y.astype(np.float64)


def listed(got):
    """Return the list of a pair, None where there is none."""
    pair = isinstance(got, tuple | list) and len(got) == 2 and isinstance(got[1], tuple | list)
    return list(got[1]) if pair else None


def same(one, right):
    """Tell whether values are right, within what float32 loses."""
    if not is_numbers(one) or one.shape != right.shape:
        return False
    return np.allclose(one, right, rtol=1e-5, atol=1e-5 * np.abs(right).max(initial=0))


def same_list(got, right):
    values = listed(got)
    return (
        values is not None
        and len(values) == len(right[1])
        and all(same(one, other) for one, other in zip(values, right[1], strict=True))
    )


def sigmoid(u):
    return 1 / (1 + np.exp(-u))


def relu(u):
    return np.maximum(u, 0)


def last_totals(call, got, right, bias=1):
    """Yield the total inputs of the output layer that follow from what stands in the list."""
    x, params = call.args
    layers = len(params) // 2
    weights, last_bias = params[f"W{layers}"], bias * params[f"b{layers}"]
    values = [x, *(listed(got) or [])]
    for z in [x if layers == 1 else right[1][-1], *values, *map(relu, filter(is_numbers, values))]:
        if is_numbers(z) and z.shape == (len(x), len(weights)):
            yield z @ weights + last_bias


def steps(call, got, bias=1):
    """Return pairs of a hidden output and its total input, computed from the entry before it."""
    x, params = call.args
    values = listed(got)
    if not values or len(values) != len(params) // 2 - 1 or not all(map(is_numbers, values)):
        return []
    pairs = []
    for k, (before, z) in enumerate(pairwise([x, *values]), start=1):
        weights = params[f"W{k}"]
        if before.shape != (len(x), len(weights)) or z.shape != (len(x), weights.shape[1]):
            return []
        pairs.append((z, before @ weights + bias * params[f"b{k}"]))
    return pairs


@observation(first=True)
def dtype_lost(call, got, right):
    """Right values, some of another dtype than all arguments have."""
    dtypes = {value.dtype for value in [call.args[0], *call.args[1].values()]}
    if len(dtypes) > 1 or next(iter(dtypes)).kind != "f" or not same(output_of(got), right[0]):
        return False
    parts = [output_of(got), *(listed(got) or [])]
    other = [str(z.dtype) for z in parts if is_numbers(z) and z.dtype not in dtypes]
    return bool(other) and {"got": other[0], "expected": str(next(iter(dtypes)))}


@observation
def output_transposed(call, got, right):
    y = output_of(got)
    if not is_numbers(y) or y.ndim != 2 or y.shape != right[0].T.shape:
        return False
    return same(y.T, right[0]) and not same(y, right[0])


@observation
def output_bias_missing(call, got, right):
    """y is the last product, without the bias."""
    y = finite_output(got, right)
    return y is not None and any(same(y, u) for u in last_totals(call, got, right, bias=0))


@observation
def output_sums_to_one(call, got, right):
    y = finite_output(got, right)
    return y is not None and y.size > 1 and np.allclose(y.sum(axis=1), 1, atol=1e-5)


@observation
def output_sigmoid(call, got, right):
    y = finite_output(got, right)
    return y is not None and any(same(y, sigmoid(u)) for u in last_totals(call, got, right))


@observation
def output_relu(call, got, right):
    """y is relu of the last total input."""
    y = finite_output(got, right)
    if y is None or not y.any() or not (right[0] < 0).any():
        return False
    return any((u < 0).any() and same(y, relu(u)) for u in last_totals(call, got, right))


@observation(first=True)
def total_of_layer(call, got, right):
    """y is the total input of a layer before the last."""
    y, (x, params) = output_of(got), call.args
    if not is_numbers(y) or same(y, right[0]):
        return False
    for k, z in enumerate([x, *right[1][:-1]], start=1):
        if right[1] and same(y, z @ params[f"W{k}"] + params[f"b{k}"]):
            return {"layer": k, "layers": len(params) // 2}
    return False


@observation(first=True)
def output_of_layer(call, got, right):
    """y is the output of a hidden layer."""
    y = output_of(got)
    if not is_numbers(y) or same(y, right[0]):
        return False
    for k, z in enumerate(right[1], start=1):
        if same(y, z):
            return {"layer": k, "layers": len(right[1]) + 1}
    return False


@observation
def output_not_negative(call, got, right):
    """No output is negative, where some of the right ones are."""
    y = finite_output(got, right)
    return y is not None and y.size > 7 and (y >= 0).all() and y.any() and (right[0] < 0).any()


@observation
def rows_alike(call, got, right):
    y = finite_output(got, right)
    return y is not None and len(y) > 1 and y.any() and bool((y == y[0]).all())


@observation
def one_row_alone(call, got, right):
    y = output_of(got)
    if not is_numbers(y) or y.shape != right[0].shape[1:] or len(right[0]) < 2:
        return False
    return any(same(y, row) for row in right[0])


@observation(first=True)
def list_length(call, got, right):
    values = listed(got)
    if values is None or len(values) == len(right[1]):
        return False
    return {"n": len(values), "expected": len(right[1])}


@observation(first=True)
def hidden_negative(call, got, right):
    values = listed(got)
    if values is None or len(values) != len(right[1]):
        return False
    negative = [(k, z.min()) for k, z in enumerate(values) if is_numbers(z) and z.min() < 0]
    return bool(negative) and {"place": negative[0][0], "value": float(negative[0][1])}


@observation
def other_activation(call, got, right):
    """All hidden outputs are another function of their total inputs."""
    pairs = steps(call, got)
    for name, function in {"sigmoid": sigmoid, "tanh": np.tanh}.items():
        if pairs and all(same(z, function(u)) for z, u in pairs):
            return {"name": name}
    return False


@observation
def hidden_bias_missing(call, got, right):
    pairs = steps(call, got, bias=0)
    return any(z.any() for z, _ in pairs) and all(same(z, relu(u)) for z, u in pairs)


@observation
def not_a_list(call, got, right):
    """A pair whose second part is an array or a dictionary."""
    pair = isinstance(got, tuple | list) and len(got) == 2
    return pair and isinstance(got[1], np.ndarray | dict)


@observation
def only_list_wrong(call, got, right):
    values = listed(got)
    return values is not None and same(output_of(got), right[0]) and not same_list(got, right)


@observation
def only_output_wrong(call, got, right):
    return bool(right[1]) and same_list(got, right) and not same(output_of(got), right[0])


@observation(first=True)
def first_wrong_layer(call, got, right):
    """The list has the right length, and its first arrays are right."""
    values = listed(got)
    if values is None or len(values) != len(right[1]):
        return False
    wrong = [k for k, (one, z) in enumerate(zip(values, right[1], strict=True)) if not same(one, z)]
    return bool(wrong) and wrong[0] > 0 and {"place": wrong[0], "layer": wrong[0] + 1}
