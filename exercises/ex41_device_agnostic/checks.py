from itertools import pairwise

import numpy as np

from grader import (
    Tensor,
    anywhere,
    assert_close,
    assert_computed,
    assert_dtype,
    assert_no_device_named,
    assert_no_traffic,
    assert_on_device,
    assert_unmodified,
    fail,
    hidden,
    needs,
    observation,
    returned,
    showing,
    tensor,
)

ELEVEN = (4, 5, 3, 6, 4, 5, 6, 3, 5, 4, 6, 2)  # no two layers with the same shape in a row
WIDE = [[10, 20, 10], [30, 12]]  # networks of hundreds of weights: chance hardly shows in counts
LEAST_DIFFERENT = 1 / 2  # float32 has few enough numbers for two weights to be equal by chance
LEAST_OF_SIGN = 1 / 4  # of the weights; a right answer has about half
NO_WEIGHTS = "no weights"  # what the drive reports where no tensor has a key that begins with W


# -- make_params ----------------------------------------------------------------------------------


@showing("shapes", "dtypes", "nonzero", "places", "leaves", "without_weights")
def program(sizes, device, as_object=False):
    """Write a run of the drive as the call that it makes."""
    place = f'torch.device("{device}")' if as_object else f'"{device}"'
    return [f"make_params({list(sizes)}, {place})"]


@showing("default_place", result="")
def then_made(sizes, device):
    return [*program(sizes, device), "torch.zeros(1).device"]


@showing("spread", result="")
def seeded_program(sizes, device, seed):
    return [f"torch.manual_seed({seed})", *program(sizes, device)]


@showing("repeated", result="")
def repeated(sizes, device, first, second):
    """Write the three calls of which the weights are compared."""
    seeds = (first, first, second)
    return [line for seed in seeds for line in seeded_program(sizes, device, seed)]


def some_sizes(rng):
    """Draw networks of different depth in which no two neighbouring layers are equally wide."""
    widths = [int(width) for width in rng.permutation([2, 3, 4, 5, 6])]
    return [widths[:4], widths[2:], widths[:2], [2, 3, 3, 1]]


def shapes_of(sizes):
    """Return the shape of each tensor that belongs into a network."""
    shapes = {}
    for k, (inputs, outputs) in enumerate(pairwise(sizes), start=1):
        shapes |= {f"W{k}": (inputs, outputs), f"b{k}": (outputs,)}
    return shapes


def check_each(reports, networks, check):
    """Look at what is reported of each tensor that a network needs."""
    for report, sizes in zip(reports, networks, strict=True):
        if not isinstance(report, dict):
            fail("not_a_dict", got=str(report))
        for name, shape in shapes_of(sizes).items():
            if name not in report:
                fail("key_missing", name=name)
            if str(report[name]).startswith("<"):
                fail("not_a_tensor", name=name, got=str(report[name]).strip("<>"))
            check(name, report[name], shape)


def test_keys_and_shapes(student, rng, device):
    networks = some_sizes(rng)
    reports = [student.run("shapes", sizes, device) for sizes in networks]
    check_each(reports, networks, check_shape)
    for report, sizes in zip(reports, networks, strict=True):
        for name in report:
            if name not in shapes_of(sizes):
                fail("key_too_many", name=name)


def check_shape(name, got, shape):
    if tuple(got) != shape:
        fail("wrong_shape", name=name, got=str(tuple(got)), expected=str(shape))


def test_params_dtype(student, rng, device):
    networks = some_sizes(rng)
    reports = [student.run("dtypes", sizes, device) for sizes in networks]
    check_each(reports, networks, check_float32)


def check_float32(name, got, _shape):
    if got != "float32":
        fail("wrong_dtype", name=name, got=str(got))


def test_biases_zero(student, rng, device):
    networks = some_sizes(rng)
    reports = [student.run("nonzero", sizes, device) for sizes in networks]
    check_each(reports, networks, check_zero)


def check_zero(name, got, _shape):
    if name.startswith("b") and got:
        fail("bias_not_zero", name=name)


def check_weights(report):
    """Refuse what the drive reports where there are no weights to look at."""
    if report == NO_WEIGHTS:
        fail("no_weights")
    if not isinstance(report, dict):
        fail("not_a_dict", got=str(report))


def test_weights_drawn(student, rng, device, remark):
    seed = int(rng.integers(1, 1000))
    reports = [student.run("spread", sizes, device, seed) for sizes in WIDE]
    for got in reports:
        check_weights(got)
        if got["different"] < LEAST_DIFFERENT * got["all"]:
            fail("weights_repeated", n=got["different"], all=got["all"])
        for sign, name in (("positive", "weights_too_low"), ("negative", "weights_too_high")):
            if got[sign] < LEAST_OF_SIGN * got["all"]:
                fail(name, n=got[sign], all=got["all"])
    if False in student.run("leaves", WIDE[0], device).values():
        remark("not_a_leaf")


def test_from_generator(student, rng, device):
    seeds = [int(seed) for seed in rng.choice(1000, 2, replace=False)]
    reports = [student.run("repeated", sizes, device, *seeds) for sizes in WIDE]
    for got in reports:
        check_weights(got)
        if got["same_seed"] < got["all"]:
            fail("same_seed_differs")
        if got["other_seed"] == got["all"]:
            fail("other_seed_same")


def check_places(student, rng, device, forms):
    calls = [(sizes, *form) for sizes in some_sizes(rng) for form in forms]
    reports = [student.run("places", *call) for call in calls]

    def check_place(name, got, _shape):
        if got != device:
            fail("made_elsewhere", name=name, got=str(got), expected=device)

    check_each(reports, [sizes for sizes, *_ in calls], check_place)


def test_made_on_device(student, rng, device):
    check_places(student, rng, device, [(device, False), (f"{device}:0", False), (device, True)])


def test_made_on_host(student, rng):
    check_places(student, rng, "cpu", [("cpu", False), ("cpu", True)])


def test_default_device(student, rng, device):
    got = [student.run("default_place", sizes, device) for sizes in some_sizes(rng)]
    if any(place != "cpu" for place in got):
        fail("default_device_left")


def test_no_device_in_make_params(student, submission, rng, device):
    networks = some_sizes(rng)
    reports = [student.run("shapes", sizes, device) for sizes in networks]
    assert_no_device_named(submission, "make_params")
    check_each(reports, networks, lambda *_: None)


# -- forward --------------------------------------------------------------------------------------


def network(rng, n, sizes, dtype=np.float32):
    """Return x and params, so that relu acts in every hidden layer and would act on the output."""
    x = rounded(rng.normal(size=(n, sizes[0])))
    params, z = {}, x
    for k, outputs in enumerate(sizes[1:], start=1):
        weights, bias = layer(rng, z, outputs, last=k == len(sizes) - 1)
        params |= {f"W{k}": weights, f"b{k}": bias}
        z = np.maximum(z @ weights + bias, 0)
    return tensor(x.astype(dtype)), {key: tensor(v.astype(dtype)) for key, v in params.items()}


def rounded(values):
    """Return multiples of 1/64, which float32 holds exactly."""
    return np.round(64 * values) / 64


def layer(rng, z, outputs, last):
    """Draw weights and bias of one layer; its total inputs stay below 5."""
    while True:
        weights = rng.normal(size=(z.shape[1], outputs))
        weights = rounded(weights * 2 / np.abs(z @ weights).max())
        u = z @ weights
        bias = rounded(rng.normal(size=outputs) / 2 - (u.mean(axis=0) if len(u) > 1 else 0))
        if np.abs(bias).min() > 0.1 and tells(u + bias, last):
            return weights, bias


def tells(u, last):
    """Tell whether relu changes each column of u and, in a hidden layer, leaves something a row."""
    on, off = u > 0.05, u < -0.05
    axis = 0 if len(u) > 1 else 1
    both = on.any(axis=axis) & off.any(axis=axis)
    return both.all() and (last or on.any(axis=1).all())


def check_outputs(student, reference, *networks):
    """Compare y once all calls are made: together they tell mistakes apart."""
    results = [student.forward(*arguments) for arguments in networks]
    for got, arguments in zip(results, networks, strict=True):
        # Whether it is on the device is for a check of its own.
        assert_close(anywhere(got), anywhere(reference.forward(*arguments)))


def test_one_layer(student, reference, rng):
    check_outputs(student, reference, network(rng, 4, (4, 4)), network(rng, 5, (3, 2)))


def test_two_layers(student, reference, rng):
    check_outputs(student, reference, network(rng, 4, (4, 4, 4)), network(rng, 6, (3, 5, 2)))


def test_three_layers(student, reference, rng):
    networks = [network(rng, 4, (4, 4, 4, 4)), network(rng, 6, (2, 3, 3, 1))]
    check_outputs(student, reference, *networks, network(rng, 1, (2, 4, 3, 2)))


def test_eleven_layers(student, reference, rng):
    check_outputs(student, reference, network(rng, 4, (4,) * 12), network(rng, 6, ELEVEN))


def test_order_of_keys(student, reference, rng):
    x, params = network(rng, 4, (4, 4, 4, 4))
    backwards = [f"{letter}{k}" for k in (3, 2, 1) for letter in "Wb"]
    letters = [f"{letter}{k}" for letter in "Wb" for k in (1, 2, 3)]
    drawn = [str(key) for key in rng.permutation(letters)]
    orders = [backwards, letters, drawn]
    networks = [(x, {key: params[key] for key in order}) for order in orders]
    check_outputs(student, reference, *networks)


def test_dtype(student, rng):
    dtypes = ("float32", "float64")
    outcomes = [student.forward.outcome(*network(rng, 5, (3, 4, 2), dtype)) for dtype in dtypes]
    for outcome, dtype in zip(outcomes, dtypes, strict=True):
        for got in returned(outcome):
            assert_dtype(got.value, dtype)
    assert_computed(outcomes)


def two_calls(student, rng):
    """Return two networks and what comes of them; one that raises is for other checks."""
    networks = [network(rng, 5, (3, 4, 2)) for _ in range(2)]
    return networks, [student.forward.outcome(*arguments) for arguments in networks]


def test_unmodified(student, rng):
    _, outcomes = two_calls(student, rng)
    assert_unmodified(*outcomes)
    assert_computed(outcomes)


def test_no_device_in_forward(student, submission, rng, remark):
    networks, outcomes = two_calls(student, rng)
    assert_no_device_named(submission, "forward")
    assert_computed(outcomes)
    if student.run("moved", *networks[0]):
        remark("moved_each_call")


def test_output_on_device(student, rng):
    _, outcomes = two_calls(student, rng)
    for got in returned(*outcomes):
        assert_on_device(got.value)
    assert_computed(outcomes)


@needs("test_two_layers")
def test_no_round_trips(student, rng):
    # What is created on the device may be made of numbers of Python.
    assert_no_traffic(student.forward.watched(*network(rng, 5, (3, 4, 2))), apart_from={"made"})


# -- of both, what is not displayed ---------------------------------------------------------------


@hidden
def test_other_params(student, rng, device):
    networks = [[7, 2, 5], [1, 40, 1], rng.integers(1, 9, size=12).tolist()]
    for sizes in networks:
        check_tensors(student.run("without_weights", sizes, device), sizes)
    # A drive could be made to report other tensors than there are. The tensors themselves come last
    # since nobody else draws the same weights: what they show is compared with no known mistake.
    for sizes in networks:
        got = student.make_params(sizes, device)
        check_tensors(got, sizes)
        for name in shapes_of(sizes):
            if name.startswith("W") and got[name].array.size > 2:
                check_drawn(got[name].array)


def check_tensors(got, sizes):
    if not isinstance(got, dict):
        fail("not_a_dict", got=type(got).__name__)
    for name, shape in shapes_of(sizes).items():
        check_tensor(name, got.get(name), shape)
    assert_on_device(got)


def check_tensor(name, got, shape):
    if got is None:
        fail("key_missing", name=name)
    if not isinstance(got, Tensor):
        fail("not_a_tensor", name=name, got=type(got).__name__)
    check_shape(name, got.shape, shape)
    check_float32(name, got.dtype, shape)
    check_zero(name, np.count_nonzero(got.array), shape)


def check_drawn(weights):
    if (n := np.unique(weights).size) < LEAST_DIFFERENT * weights.size:
        fail("weights_repeated", n=n, all=weights.size)


@hidden
def test_other_networks(student, reference, rng):
    sizes = [(3, 3, 3, 3, 3), (6, 2), (2, 7, 3), (5, 6, 3, 4, 6, 2)]
    networks = [network(rng, n, size) for n, size in zip((3, 3, 8, 5), sizes, strict=True)]
    check_outputs(student, reference, *networks)


# -- facts about wrong results --------------------------------------------------------------------


def output(got, right):
    """Return y and the right one in float64 where y is a tensor of finite numbers, else None."""
    if not isinstance(got, Tensor) or not isinstance(right, Tensor) or not right.array.size:
        return None
    if got.array.dtype.kind not in "iuf" or not np.isfinite(got.array).all():
        return None
    return got.array.astype(np.float64), right.array.astype(np.float64)


def same(one, other):
    """Tell whether values are equal, within what float32 loses."""
    if one.shape != other.shape:
        return False
    return np.allclose(one, other, rtol=1e-4, atol=1e-4 * np.abs(other).max(initial=0))


def wrong_output(got, right):
    """Return y where it is wrong in values alone, else None."""
    pair = output(got, right)
    if pair is None or pair[0].shape != pair[1].shape or same(*pair):
        return None
    return pair[0]


def layers_of(call, activation=lambda u: np.maximum(u, 0)):
    """Yield the total input and the output of each layer."""
    x, params = call.args
    z, layers = x.array.astype(np.float64), len(params) // 2
    for k in range(1, layers + 1):
        u = z @ params[f"W{k}"].array + params[f"b{k}"].array
        z = activation(u)
        yield k, layers, u, z


OTHERS = {
    "tanh": np.tanh,
    "leaky_relu": lambda u: np.where(u > 0, u, 0.01 * u),
    "elu": lambda u: np.where(u > 0, u, np.expm1(np.minimum(u, 0))),
    "silu": lambda u: u / (1 + np.exp(-u)),
    "softplus": lambda u: np.logaddexp(u, 0),
    "abs": np.abs,
}


@observation
def output_transposed(call, got, right):
    pair = output(got, right)
    return pair is not None and same(pair[0].T, pair[1]) and not same(*pair)


@observation
def other_activation(call, got, right):
    """y is what comes out with another function in the hidden layers."""
    y = wrong_output(got, right) if call.name == "forward" else None
    for name, function in OTHERS.items() if y is not None else ():
        *_, (_, layers, u, _) = layers_of(call, function)
        if layers > 1 and same(y, u):
            return {"name": name}
    return False


@observation
def output_not_negative(call, got, right):
    """No output is negative, where some of the right ones are."""
    y = wrong_output(got, right)
    return y is not None and y.size > 7 and (y >= 0).all() and y.any() and (right.array < 0).any()


@observation
def output_sums_to_one(call, got, right):
    y = wrong_output(got, right)
    return y is not None and y.ndim == 2 and y.size > 1 and np.allclose(y.sum(axis=1), 1, atol=1e-4)


@observation(first=True)
def total_of_layer(call, got, right):
    """y is the total input of a layer before the last."""
    pair = output(got, right)
    for k, layers, u, _ in layers_of(call) if pair and call.name == "forward" else ():
        if k < layers and same(pair[0], u):
            return {"layer": k, "layers": layers}
    return False


@observation(first=True)
def output_of_layer(call, got, right):
    """y is the output of a hidden layer."""
    pair = output(got, right)
    for k, layers, _, z in layers_of(call) if pair and call.name == "forward" else ():
        if k < layers and same(pair[0], z):
            return {"layer": k, "layers": layers}
    return False


@observation
def rows_alike(call, got, right):
    y = wrong_output(got, right)
    return y is not None and len(y) > 1 and y.any() and bool((y == y[0]).all())
