from itertools import pairwise

import numpy as np

from grader import (
    assert_close,
    assert_computed,
    assert_unmodified,
    fail,
    hidden,
    observation,
    seeded,
    showing,
)

COURSE = [2, 3, 3, 1]
NO_WEIGHTS = "no weights"  # what the drive reports where no key begins with W


@showing("shapes", "dtypes", "nonzero")
def program(sizes, *seeds):
    """Write a run of the drive as the calls that it makes."""
    return [f"build_network({list(sizes)}, np.random.default_rng({seed}))" for seed in seeds]


@showing("different", result="")
def counted(sizes, seed):
    """Write a run that only counts weights; the sentence tells how many."""
    return program(sizes, seed)


@showing("repeated", result="")
def repeated(sizes, first, second):
    """Write the three calls of which the weights are compared."""
    return program(sizes, first, first, second)


def some_sizes(rng):
    """Draw networks of different depth in which no two neighbouring layers are equally wide."""
    widths = [int(width) for width in rng.permutation([2, 3, 4, 5, 6])]
    return [widths[:4], widths[2:], widths[:2], COURSE]


def seed(rng):
    return int(rng.integers(1, 1000))


def runs(program_, name, rng_seed, networks):
    return [program_.run(name, sizes, rng_seed) for sizes in networks]


def check_dictionary(params):
    if not isinstance(params, dict):
        fail("not_a_dict", got=str(params))


def check_shapes(student, reference, rng, letter, networks):
    """Compare shapes once all networks are built: together they tell mistakes apart."""
    number = seed(rng)
    results = runs(student, "shapes", number, networks)
    for got, right in zip(results, runs(reference, "shapes", number, networks), strict=True):
        check_dictionary(got)
        for key in (key for key in right if key.startswith(letter)):
            if key not in got:
                fail("key_missing", key=key)
            if list(got[key]) != list(right[key]):
                fail("wrong_shape", key=key, got=shape(got[key]), expected=shape(right[key]))


def shape(lengths):
    return str(tuple(int(length) for length in lengths))


def test_keys(student, reference, rng):
    number, networks = seed(rng), some_sizes(rng)
    results = runs(student, "shapes", number, networks)
    for got, right in zip(results, runs(reference, "shapes", number, networks), strict=True):
        check_dictionary(got)
        for key in right:
            if key not in got:
                fail("key_missing", key=key)
        for key in got:
            if key not in right:
                fail("key_too_many", key=key)


def test_weight_shapes(student, reference, rng):
    check_shapes(student, reference, rng, "W", some_sizes(rng))


def test_bias_shapes(student, reference, rng):
    check_shapes(student, reference, rng, "b", some_sizes(rng))


def test_biases_zero(student, reference, rng):
    number, networks = seed(rng), some_sizes(rng)
    results = runs(student, "nonzero", number, networks)
    for got, right in zip(results, runs(reference, "nonzero", number, networks), strict=True):
        check_dictionary(got)
        for key in (key for key in right if key.startswith("b")):
            if key not in got:
                fail("key_missing", key=key)
            if got[key]:
                fail("bias_not_zero", key=key)


def test_weights_differ(student, rng):
    number = seed(rng)
    for got in runs(student, "different", number, [*some_sizes(rng), [4, 4, 4, 4]]):
        if got == NO_WEIGHTS:
            fail("no_weights")
        check_dictionary(got)
        if got["different"] < got["all"]:
            fail("weights_repeated", n=got["different"], all=got["all"])


def test_from_rng(student, rng):
    numbers = [int(number) for number in rng.choice(1000, 2, replace=False)]
    results = [student.run("repeated", sizes, *numbers) for sizes in some_sizes(rng)]
    for got in results:
        if got == NO_WEIGHTS:
            fail("no_weights")
        check_dictionary(got)
        if got["same_seed"] < got["all"]:
            fail("same_seed_differs")
        if got["other_seed"] == got["all"]:
            fail("other_seed_same")


def test_dtype(student, reference, rng):
    number, networks = seed(rng), some_sizes(rng)
    results = runs(student, "dtypes", number, networks)
    for got, right in zip(results, runs(reference, "dtypes", number, networks), strict=True):
        check_dictionary(got)
        if not got:
            fail("no_weights")
        for key in got:
            if str(got[key]).startswith("<"):
                fail("not_an_array", key=key, got=str(got[key]).strip("<>"))
            if got[key] != "float64":
                fail("wrong_dtype", key=key, dtype=got[key])
        if len(got) < len(right) // 2:
            fail("no_weights")


def test_sizes_unchanged(student, rng):
    networks = some_sizes(rng)
    outcomes = [student.build_network.outcome(sizes, seeded(seed(rng))) for sizes in networks]
    assert_unmodified(*outcomes)
    assert_computed(outcomes[:2])


def parameters(rng, sizes):
    """Draw a dictionary as build_network makes it; about a third of its numbers are 0."""
    params = {}
    for k, (inputs, outputs) in enumerate(pairwise(sizes), start=1):
        params[f"W{k}"] = drawn(rng, (inputs, outputs))
        params[f"b{k}"] = drawn(rng, outputs)
    return params


def drawn(rng, shape):
    values = np.round(64 * rng.normal(size=shape)) / 64
    return np.where(rng.random(size=shape) < 1 / 3, 0.0, values)


def check_counts(student, reference, dictionaries):
    results = [student.count_parameters(params) for params in dictionaries]
    for got, params in zip(results, dictionaries, strict=True):
        assert_close(got, reference.count_parameters(params))


def test_count(student, reference, rng):
    networks = [COURSE, some_sizes(rng)[0], [4, 6, 5, 2]]
    check_counts(student, reference, [parameters(rng, sizes) for sizes in networks])


def test_count_any(student, reference, rng):
    networks = [[3, 2], [64, 50, 10], [5, *rng.integers(2, 6, size=11).tolist(), 2]]
    check_counts(student, reference, [parameters(rng, sizes) for sizes in networks])


@hidden
def test_other_shapes(student, reference, rng):
    networks = [[7, 2, 5], [1, 4, 1], [3, 6, 2, 7, 4, 5, 2, 8, 3, 4, 6, 1]]
    check_shapes(student, reference, rng, ("W", "b"), networks)
    number = seed(rng)
    for sizes in networks:
        right = reference.build_network(sizes, seeded(number))
        check_arrays(student.build_network(sizes, seeded(number)), right)


def check_arrays(params, right):
    """Look at a network itself: a drive could be made to report another."""
    check_dictionary(params)
    for key, array in right.items():
        value = params.get(key)
        if value is None:
            fail("key_missing", key=key)
        if not isinstance(value, np.ndarray):
            fail("not_an_array", key=key, got=type(value).__name__)
        if value.shape != array.shape:
            fail("wrong_shape", key=key, got=shape(value.shape), expected=shape(array.shape))
        if value.dtype != np.float64:
            fail("wrong_dtype", key=key, dtype=str(value.dtype))
        if key.startswith("b") and value.any():
            fail("bias_not_zero", key=key)
    weights = np.concatenate([params[key].ravel() for key in right if key.startswith("W")])
    if (n := np.unique(weights).size) < weights.size:
        fail("weights_repeated", n=n, all=weights.size)


@hidden
def test_other_counts(student, reference, rng):
    networks = [rng.integers(1, 12, size=size).tolist() for size in (2, 4, 6)]
    check_counts(student, reference, [parameters(rng, [9, *sizes]) for sizes in networks])


# -- facts about wrong results --------------------------------------------------------------------


def shape_report(got, right):
    """Tell whether both are reports of shapes."""
    return isinstance(got, dict) and isinstance(right, dict) and isinstance(right.get("W1"), list)


@observation(first=True)
def weights_first_transposed(call, got, right):
    """The shape of W1 is turned round."""
    if not shape_report(got, right) or not isinstance(got.get("W1"), list | tuple):
        return False
    turned, expected = list(got["W1"]), list(right["W1"])
    if turned != expected[::-1] or turned == expected:
        return False
    return {"got": shape(turned), "expected": shape(expected)}


@observation
def weights_only(call, got, right):
    """All weights are there, and as many keys in all as there are layers."""
    if not shape_report(got, right) or not got:
        return False
    return all(key in got for key in right if key.startswith("W")) and len(got) * 2 == len(right)


@observation
def not_a_dictionary(call, got, right):
    """What the drive reports is the name of a type."""
    return isinstance(got, str) and got != NO_WEIGHTS and {"got": got}


@observation(first=True)
def key_lacking(call, got, right):
    if not isinstance(got, dict) or not isinstance(right, dict) or "W1" not in right:
        return False
    missing = [key for key in right if key not in got]
    return bool(missing) and {"key": missing[0]}


@observation(first=True)
def shape_differs(call, got, right):
    if not shape_report(got, right):
        return False
    for key in right:
        if isinstance(got.get(key), list | tuple) and list(got[key]) != list(right[key]):
            return {"key": key, "got": shape(got[key]), "expected": shape(right[key])}
    return False


@observation(first=True)
def other_dtype(call, got, right):
    """Names of dtypes are reported, and one is not that of the right network."""
    names = isinstance(got, dict) and isinstance(right, dict) and isinstance(right.get("W1"), str)
    if not names:
        return False
    names = {key: got[key] for key in right if isinstance(got.get(key), str)}
    other = [key for key, name in names.items() if name != "float64" and not name.startswith("<")]
    return bool(other) and {"key": other[0], "dtype": got[other[0]]}


@observation(first=True)
def repeated_weights(call, got, right):
    if not isinstance(got, dict) or "different" not in got or got["different"] >= got["all"]:
        return False
    return {"n": int(got["different"]), "all": int(got["all"])}


@observation(first=True)
def count_differs(call, got, right):
    number = isinstance(got, int | float | np.integer | np.floating) and np.isfinite(got)
    wrong = call.name == "count_parameters" and number and got != right
    return wrong and {"got": int(got) if got == int(got) else float(got), "expected": int(right)}
