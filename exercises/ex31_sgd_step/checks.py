from itertools import pairwise

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
    showing,
)

RATES = [n / 64 for n in (3, 5, 6, 9, 11, 13, 20, 27)]  # exact in float32; none is 1


@showing("belongings")
def program(params, grads, learning_rate):
    """Write a run of the drive without its numbers."""
    return [f"sgd_step(params, grads, {learning_rate})  # {names(params)}; {names(grads)}"]


def names(arrays):
    return ", ".join(f'"{key}"' for key in arrays)


def drawn(rng, shape):
    """Draw multiples of 1/64 of either sign, 0.25 to 4 in size: the first below 1, and not all."""
    size = rng.integers(32, 257, size=shape)
    size.flat[0] = rng.integers(16, 58)
    return size * rng.choice([-1, 1], size=shape) / 64


def network(rng, sizes):
    """Draw the parameters of a network, and a gradient for each of them."""
    shapes = {}
    for k, (inputs, outputs) in enumerate(pairwise(sizes), start=1):
        shapes |= {f"W{k}": (inputs, outputs), f"b{k}": (outputs,)}
    return arrays(rng, shapes)


def arrays(rng, shapes):
    return [{key: drawn(rng, shape) for key, shape in shapes.items()} for _ in range(2)]


def without(grads, *keys):
    return {key: value for key, value in grads.items() if key not in keys}


def rates(rng, count):
    return [float(rate) for rate in rng.choice(RATES, count, replace=False)]


def check_steps(student, reference, steps):
    """Compare the results once all steps are made: together they tell mistakes apart."""
    results = [student.sgd_step(*step) for step in steps]
    for got, step in zip(results, steps, strict=True):
        assert_close(got, reference.sgd_step(*step))


def test_step(student, reference, rng):
    sizes = [(2, 3, 4), (3, 3, 3)]
    one, other = rates(rng, 2)
    steps = [(*network(rng, size), rate) for size, rate in zip(sizes, (one, other), strict=True)]
    check_steps(student, reference, steps)


def test_keys(student, rng):
    params, grads = network(rng, (3, 2, 4))
    one, other = rates(rng, 2)
    results = [
        student.sgd_step(params, given, rate)
        for given, rate in [(grads, one), (without(grads, "W2"), other)]
    ]
    for got in results:
        if not isinstance(got, dict):
            fail("not_a_dict")
        for key in params:
            if key not in got:
                fail("key_missing", key=key)
        for key in got:
            if key not in params:
                fail("key_too_many", key=str(key))


def test_rates(student, reference, rng):
    params, grads = network(rng, (3, 2, 4))
    check_steps(student, reference, [(params, grads, rate) for rate in [*rates(rng, 2), 2.5]])


def test_without_gradient(student, reference, rng):
    """Some keys have no gradient: a layer, all biases, the first array, the last one.

    With layers of one width, a gradient that meets a parameter not its own raises nothing.
    """
    params, grads = network(rng, (3, 3, 3, 3))
    gaps = [("W2", "b2"), ("b1", "b2", "b3"), ("W1",), ("b3",)]
    steps = [
        (params, without(grads, *gap), rate)
        for gap, rate in zip(gaps, rates(rng, len(gaps)), strict=True)
    ]
    check_steps(student, reference, steps)


def test_no_gradient(student, reference, rng):
    """No key has a gradient, then one alone."""
    params, grads = network(rng, (3, 3, 3))
    one, other = rates(rng, 2)
    alone = {"W2": grads["W2"]}
    check_steps(student, reference, [(params, {}, one), (params, alone, other)])


def test_other_names(student, reference, rng):
    shapes = {"kernel": (2, 3, 4), "scale": (1,), "embedding": (5, 2), "shift": (3,)}
    params, grads = arrays(rng, shapes)
    one, other = rates(rng, 2)
    steps = [(params, grads, one), (params, without(grads, "embedding"), other)]
    check_steps(student, reference, steps)


def test_order_of_keys(student, reference, rng):
    """The gradients come in another order than the parameters; all arrays have one shape."""
    params, grads = arrays(rng, {f"{letter}{k}": (3, 3) for k in (1, 2, 3) for letter in "WUV"})
    backwards = dict(reversed(grads.items()))
    turned = dict([*list(grads.items())[4:], *list(grads.items())[:4]])
    one, other = rates(rng, 2)
    check_steps(student, reference, [(params, backwards, one), (params, turned, other)])


def test_unmodified(student, rng):
    """Whose arrays the step changes is asked of the drive, so that mistakes are told apart."""
    params, grads = network(rng, (2, 3, 4))
    other, _ = network(rng, (2, 3, 4))
    one, two, three = rates(rng, 3)
    steps = [(params, grads, one), (other, grads, two), (params, without(grads, "W1", "b1"), three)]
    outcomes = [student.sgd_step.outcome(*step) for step in steps]
    assert_computed(outcomes[:2])
    student.run("belongings", *steps[0])
    assert_unmodified(*outcomes)


def in_float32(params, grads, rate):
    params, grads = [
        {key: value.astype(np.float32) for key, value in given.items()} for given in (params, grads)
    ]
    return params, grads, rate


def test_float32(student, reference, rng):
    params, grads = network(rng, (3, 2, 4))
    one, other = rates(rng, 2)
    steps = [(params, grads, one), (params, without(grads, "W2"), other)]
    check_steps(student, reference, [in_float32(*step) for step in steps])


def test_dtype(student, rng):
    params, grads = network(rng, (3, 2, 4))
    others, _ = network(rng, (3, 2, 4))
    (rate,) = rates(rng, 1)
    for convert, dtype in [(lambda *step: step, "float64"), (in_float32, "float32")]:
        outcomes = [
            student.sgd_step.outcome(*convert(given, grads, rate)) for given in (params, others)
        ]
        assert_computed(outcomes)
        for outcome in returned(*outcomes):
            if not isinstance(outcome.value, dict):
                fail("not_a_dict")
            for value in outcome.value.values():
                assert_dtype(value, dtype)


@hidden
def test_other_networks(student, reference, rng):
    sizes = [(4, 1), (1, 5, 2), (3, 4, 2, 5, 2), (2,) * 12]
    steps = [
        (*network(rng, size), rate)
        for size, rate in zip(sizes, rates(rng, len(sizes)), strict=True)
    ]
    check_steps(student, reference, steps)


@hidden
def test_other_gaps(student, reference, rng):
    params, grads = network(rng, (3, 3, 3, 3, 3))
    steps = []
    for rate in rates(rng, 3):
        gap = rng.choice(list(params), 3, replace=False)
        steps.append((params, without(grads, *gap), rate))
    check_steps(student, reference, steps)


# -- facts about wrong results --------------------------------------------------------------------


def fits(got, right):
    """Tell whether a result is a dictionary of arrays, with the keys and shapes that are asked."""
    return (
        isinstance(got, dict)
        and isinstance(right, dict)
        and got.keys() == right.keys()
        and all(
            isinstance(got[key], np.ndarray)
            and got[key].shape == np.shape(right[key])
            and got[key].dtype.kind in "iuf"
            and np.isfinite(got[key]).all()
            for key in right
        )
    )


def close(one, other):
    return np.allclose(one, other, rtol=1e-5, atol=1e-6)


def moved(call, got):
    """Return by how much each entry that has a gradient differs from the given one."""
    params, grads = call.args[:2]
    return {key: np.asarray(got[key], np.float64) - params[key] for key in grads}


def is_step(call, got, right):
    return call.name == "sgd_step" and fits(got, right)


@observation
def not_a_dictionary(call, got, right):
    return call.name == "sgd_step" and not isinstance(got, dict)


@observation(first=True)
def keys_missing(call, got, right):
    if call.name != "sgd_step" or not isinstance(got, dict):
        return False
    missing = [key for key in right if key not in got]
    return bool(missing) and {"keys": names(missing[:4])}


@observation(first=True)
def keys_too_many(call, got, right):
    if call.name != "sgd_step" or not isinstance(got, dict):
        return False
    unknown = [key for key in got if key not in right and isinstance(key, str)]
    return bool(unknown) and {"key": unknown[0]}


@observation(first=True)
def other_dtype(call, got, right):
    """The values are right, in another dtype than that of the parameters."""
    if not is_step(call, got, right) or not all(close(got[key], right[key]) for key in right):
        return False
    other = [key for key in right if got[key].dtype != right[key].dtype]
    return bool(other) and {"key": other[0], "dtype": str(got[other[0]].dtype)}


@observation
def nothing_moved(call, got, right):
    """Every entry is as it was, although there are gradients."""
    if not is_step(call, got, right) or not call.args[1]:
        return False
    return all(close(change, 0) for change in moved(call, got).values())


@observation
def step_alone(call, got, right):
    """The entries with a gradient are learning rate times gradient, of either sign."""
    if not is_step(call, got, right) or not call.args[1]:
        return False
    steps = [(got[key], call.args[2] * call.args[1][key]) for key in call.args[1]]
    return any(all(close(one, sign * step) for one, step in steps) for sign in (1, -1))


def factors(call, got):
    """Return for each entry the number that its right step was multiplied by, None without one."""
    found = {}
    for key, change in moved(call, got).items():
        ratio = change / (-call.args[2] * np.asarray(call.args[1][key], np.float64))
        found[key] = float(ratio.flat[0]) if close(ratio, ratio.flat[0]) else None
    return found


@observation
def uphill_throughout(call, got, right):
    """Every number moves along its gradient, not against it."""
    if not is_step(call, got, right) or not call.args[1]:
        return False
    return all((moved(call, got)[key] * call.args[1][key] > 0).all() for key in call.args[1])


@observation(first=True)
def factor(call, got, right):
    """All steps are the right ones times the same number."""
    if not is_step(call, got, right) or not call.args[1]:
        return False
    found = list(factors(call, got).values())
    if None in found or not close(found, found[0]) or abs(found[0] - 1) < 1e-3:
        return False
    return {"factor": float(f"{found[0]:.4g}")}


@observation(first=True)
def factor_of_entry(call, got, right):
    """The step of one entry is the right one times a number, another one than elsewhere."""
    if not is_step(call, got, right) or not call.args[1]:
        return False
    found = factors(call, got)
    other = [key for key in found if found[key] is not None and abs(found[key] - 1) > 1e-3]
    sized = [key for key in other if np.size(got[key]) > 1 and abs(found[key]) > 1e-3]
    return bool(sized) and {"key": sized[0], "factor": float(f"{found[sized[0]]:.4g}")}


@observation(first=True)
def untouched_moved(call, got, right):
    """An entry without gradient differs from the given one."""
    if not is_step(call, got, right):
        return False
    params, grads = call.args[:2]
    wrong = [key for key in params if key not in grads and not close(got[key], params[key])]
    return bool(wrong) and {"key": wrong[0]}


@observation(first=True)
def entries_right(call, got, right):
    """Some entries are right, others are not."""
    if not is_step(call, got, right):
        return False
    wrong = [key for key in right if not close(got[key], right[key])]
    good = [key for key in right if key not in wrong]
    return bool(wrong and good) and {"wrong": names(wrong[:3]), "right": names(good[:3])}
