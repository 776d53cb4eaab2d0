import numpy as np

from grader import (
    Tensor,
    anywhere,
    assert_close,
    assert_computed,
    assert_dtype,
    assert_same_traffic,
    assert_unmodified,
    fail,
    hidden,
    needs,
    returned,
    tensor,
)

NAMES = ("W1", "b1", "W2", "b2")
SQUARE = (4, 4, 4)  # inputs, hidden, classes: a wrong product shows in the values alone
MIXED = (5, 6, 3)
FEW, MANY = 5, 50
SLOW = 1 / 64  # a learning rate with which errors of rounding hardly grow


def sixteenths(rng, shape):
    return np.round(16 * rng.normal(size=shape)) / 16


def problem(rng, n=9, sizes=SQUARE, dtype=np.float32):
    """Return x, d and params as tensors; every class occurs, and no u1 is 0 at the start."""
    inputs, hidden_neurons, classes = sizes
    params = {
        "W1": sixteenths(rng, (inputs, hidden_neurons)) / 2,
        "b1": sixteenths(rng, hidden_neurons) + 1 / 2048,
        "W2": sixteenths(rng, (hidden_neurons, classes)) / 2,
        "b2": sixteenths(rng, classes),
    }
    d = rng.permutation(np.arange(n) % classes)
    floats = {name: tensor(value.astype(dtype)) for name, value in params.items()}
    return tensor(sixteenths(rng, (n, inputs)).astype(dtype)), tensor(d.astype(np.int64)), floats


def results(student, reference, calls):
    """Return what was got and what is right, wherever it is, once all calls are made."""
    got = [anywhere(student.train(*call)) for call in calls]
    return zip(got, [anywhere(reference.train(*call)) for call in calls], strict=True)


def test_form(student, rng):
    calls = [(*problem(rng), 0.25, 2), (*problem(rng, 7, MIXED), 0.25, 1)]
    got = [student.train(*call) for call in calls]
    for result, (_, _, params, _, steps) in zip(got, calls, strict=True):
        check_form(result, params, steps)


def check_form(result, params, steps):
    if not (isinstance(result, tuple | list) and len(result) == 2):
        fail("not_a_pair", got=type(result).__name__)
    trained, losses = result
    check_params(trained, params)
    if not isinstance(losses, Tensor) or losses.array.ndim != 1:
        fail("losses_not_numbers", got=form(losses))
    if losses.shape != (steps,):
        fail("losses_count", n=int(losses.array.size), steps=steps)


def check_params(trained, params):
    if not isinstance(trained, dict):
        fail("params_not_a_dict", got=type(trained).__name__)
    for name, parameter in params.items():
        if name not in trained:
            fail("key_missing", name=name)
        if not isinstance(trained[name], Tensor):
            fail("not_a_tensor", name=name)
        if trained[name].shape != parameter.shape:
            fail("wrong_shape", name=name, got=form(trained[name]), expected=str(parameter.shape))
    if len(trained) > len(params):
        fail("key_too_many", n=len(trained))


def form(value):
    return str(value.shape) if isinstance(value, Tensor) else type(value).__name__


@needs("test_form")
def test_first_step(student, reference, rng):
    calls = [(*problem(rng), 0.25, 1), (*problem(rng, 7, MIXED), 0.5, 1)]
    for got, right in results(student, reference, calls):
        assert_close(got[0], right[0])


@needs("test_form")
def test_steps(student, reference, rng):
    calls = [(*problem(rng), 0.25, 2), (*problem(rng, 7, MIXED), 0.25, 6)]
    calls.append((*problem(rng), SLOW, MANY))  # what one step hardly changes shows after many
    for got, right in results(student, reference, calls):
        assert_close(got[0], right[0])


@needs("test_form")
def test_losses(student, reference, rng, remark):
    calls = [(*problem(rng), 0.25, 1), (*problem(rng, 7, MIXED), 0.25, 6)]
    for got, right in results(student, reference, calls):
        assert_close(got[1], right[1])
        if got[1].requires_grad:
            remark("graph_kept")


@needs("test_form")
def test_other_rates(student, reference, rng):
    x, d, params = problem(rng)
    calls = [(x, d, params, rate, 3) for rate in (0.0, 0.0625, 1.0)]
    for got, right in results(student, reference, calls):
        assert_close(got[0], right[0])


def test_unmodified(student, rng):
    outcomes = [student.train.outcome(*problem(rng), 0.25, 2) for _ in range(2)]
    assert_unmodified(*outcomes)
    assert_computed(outcomes)


def test_dtype(student, rng):
    dtypes = ("float32", "float64")
    outcomes = [student.train.outcome(*problem(rng, dtype=dtype), 0.25, 2) for dtype in dtypes]
    for outcome, dtype in zip(outcomes, dtypes, strict=True):
        for got in returned(outcome):
            if not (isinstance(got.value, tuple | list) and len(got.value) == 2):
                fail("not_a_pair", got=type(got.value).__name__)
            trained, losses = got.value
            for name in NAMES if isinstance(trained, dict) else ():
                if name in trained:
                    assert_dtype(trained[name], dtype)
            assert_dtype(losses, dtype)
    assert_computed(outcomes)


@needs("test_form")
def test_places(student, rng, device):
    trained, losses = student.train(*problem(rng), 0.25, 2)
    for name in NAMES:
        if (got := kind_of(trained[name])) != device:
            fail("params_moved", name=name, got=got, expected=device)
    if kind_of(losses) != "cpu":
        fail("losses_on_device", got=kind_of(losses))


def kind_of(tensor_):
    return tensor_.device.split(":")[0]


@needs("test_steps", "test_losses")
def test_no_waiting(student, reference, rng):
    calls = [(*problem(rng), SLOW, steps) for steps in (FEW, MANY)]
    few, many = [student.train.watched(*call) for call in calls]
    for watched, call in zip((few, many), calls, strict=True):
        assert_close(anywhere(watched.value), anywhere(reference.train(*call)))
    assert_same_traffic(few, many, steps=MANY)


@hidden
@needs("test_form")
def test_fresh_networks(student, reference, rng):
    sizes = [SQUARE, *rng.integers(2, 8, size=(3, 3)).tolist()]
    calls = [(*problem(rng, 12, size), 0.25, 4) for size in sizes]
    for got, right in results(student, reference, calls):
        assert_close(got[0], right[0])
        assert_close(got[1], right[1])
