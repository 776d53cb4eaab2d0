from math import factorial

import numpy as np

from grader import (
    assert_close,
    assert_unmodified,
    fail,
    hidden,
    observation,
    seeded,
    showing,
)

REPORTS = "sizes", "times", "partners", "gathered", "dtypes", "mixed", "left"
EPOCHS = 600  # of 4 samples: a fair shuffle misses one of their 24 orders twice in 10¹⁰ times
DTYPES = [("float32", "int64"), ("float64", "float32"), ("uint8", "uint8"), ("int64", "bool")]


@showing(*REPORTS)
def program(x, d, size, seed):
    """Write a run of the drive as the call that it makes; the arrays as their shapes."""
    return [
        f"x, d = …  # {np.shape(x)}, {np.shape(d)}",
        f"list(mini_batches(x, d, {size}, np.random.default_rng({seed})))",
    ]


@showing("again")
def program_of_two_epochs(x, d, size, seed):
    call = f"list(mini_batches(x, d, {size}, rng))"
    arrays = f"x, d = …  # {np.shape(x)}, {np.shape(d)}"
    return [arrays, f"rng = np.random.default_rng({seed})", call, call]


@showing("orders")
def program_of_many_epochs(x, d, size, seed, epochs):
    arrays, rng, call, _ = program_of_two_epochs(x, d, size, seed)
    return [arrays, rng, f"orders = [{call} for _ in range({epochs})]"]


@showing("seeds")
def program_of_three_epochs(x, d, size, seed, other):
    return program(x, d, size, seed) + [program(x, d, size, number)[1] for number in (seed, other)]


def samples(rng, n, inputs=(3,), outputs=()):
    """Draw x and d; no two rows of x begin with the same number, and no two of d are equal.

    All are multiples of 1/64, which float32 holds exactly.
    """
    x, d = [
        np.round(64 * rng.normal(size=(n, *shape))) / 64 + distinct(rng, n, shape)
        for shape in (inputs, outputs)
    ]
    return x, d


def distinct(rng, n, shape):
    """Return for each sample a number of its own, on all its places."""
    return (16.0 * rng.permutation(n)).reshape(n, *(1 for _ in shape))


def labels(rng, n):
    """Draw labels that are integers; no two are equal."""
    return rng.permutation(3 * n)[:n]


def seed(rng):
    return int(rng.integers(1, 1 << 30))


def runs(student, name, *arguments):
    """Return the reports of several calls, all made before the first is judged."""
    reports = [student.run(name, *given) for given in arguments]
    for report in reports:
        if isinstance(report, dict) and "returned" in report:
            fail("not_iterable", got=report["returned"])
        if isinstance(report, dict) and "in place of a pair" in report:
            fail("not_a_pair", got=report["in place of a pair"])
        if isinstance(report, dict) and "batches" in report:
            fail("no_batches")
        if isinstance(report, dict) and "unknown samples" in report:
            fail("samples_unknown")
    return reports


def check_sizes(student, reference, rng, *cases):
    arguments = [(*samples(rng, n), size, seed(rng)) for n, size in cases]
    reports = runs(student, "sizes", *arguments)
    for got, given in zip(reports, arguments, strict=True):
        right = reference.run("sizes", *given)
        if len(got) != len(right):
            fail("batch_count", got=len(got), expected=len(right), n=len(given[0]), size=given[2])
        for number, (lengths, expected) in enumerate(zip(got, right, strict=True), start=1):
            if list(lengths) != list(expected):
                fail("batch_size", number=number, got=pair(lengths), expected=expected[0])


def pair(lengths):
    """Return one length, or both where they differ."""
    return " / ".join(str(int(length)) for length in dict.fromkeys(lengths))


def test_sizes(student, reference, rng):
    check_sizes(student, reference, rng, (23, 5), (13, 4), (11, 3), (10, 6))


def test_full_batches(student, reference, rng):
    check_sizes(student, reference, rng, (20, 5), (12, 3), (18, 6))


def test_large_size(student, reference, rng):
    """One batch with all samples, and one for each sample."""
    check_sizes(student, reference, rng, (7, 10), (9, 9), (5, 64), (6, 1), (1, 1), (1, 3))


def check_once(student, rng, *cases):
    arguments = [(*samples(rng, n), size, seed(rng)) for n, size in cases]
    for report in runs(student, "times", *arguments):
        counts = list(report.values())
        if not any(counts):
            fail("samples_unknown")
        if min(counts) == 0 or max(counts) > 1:
            fail("not_once", never=counts.count(0), often=sum(count > 1 for count in counts))


def test_each_once(student, rng):
    check_once(student, rng, (23, 5), (12, 4), (10, 7))


def check_pairs(student, *arguments):
    for beside in runs(student, "partners", *arguments):
        if not any(beside.values()):
            fail("samples_unknown")
        for sample, found in beside.items():
            if found not in {"", own_label(sample)}:
                fail("pair_broken")


def own_label(sample):
    return sample.replace("x", "d")


def test_pairs(student, rng):
    cases = [(*samples(rng, 23), 5), (samples(rng, 12)[0], labels(rng, 12), 4)]
    check_pairs(student, *[(*case, seed(rng)) for case in cases])


def test_shuffled(student, rng):
    """A shuffle that cannot reach every order is seen with few samples and many epochs."""
    arguments = [(*samples(rng, n), size, seed(rng)) for n, size in [(23, 5), (24, 4)]]
    for report in runs(student, "mixed", *arguments):
        if report["given order"]:
            fail("given_order")
        if report["given batches"]:
            fail("given_batches")
        if report["given neighbours"]:
            fail("given_neighbours")
    check_orders(student, (*samples(rng, 4), 2, seed(rng), EPOCHS))


def check_orders(student, arguments):
    """Ask for every order; epochs that are all alike, or lack samples, cost other checks."""
    (report,) = runs(student, "orders", arguments)
    got, n = report.get("different orders", 0), len(arguments[0])
    if 1 < got < factorial(n):
        fail("few_orders", epochs=EPOCHS, n=n, got=got, expected=factorial(n))


def check_epochs(student, *arguments):
    for report in runs(student, "again", *arguments):
        if report["same order again"]:
            fail("same_order")
        if report["same batches again"]:
            fail("same_batches")


def test_next_epoch(student, rng):
    """Two epochs draw from one generator, as in a training loop."""
    check_epochs(student, *[(*samples(rng, n), size, seed(rng)) for n, size in [(23, 5), (24, 4)]])


def test_from_rng(student, rng):
    one, other = [int(number) for number in rng.choice(1 << 30, 2, replace=False)]
    arguments = [(*samples(rng, n), size, one, other) for n, size in [(23, 5), (24, 4)]]
    for report in runs(student, "seeds", *arguments):
        if not report["equal seeds, one order"]:
            fail("same_seed_differs")
        if report["other seeds, one order"]:
            fail("other_seed_same")


def check_values(student, reference, *arguments):
    reports = runs(student, "gathered", *arguments)
    for got, given in zip(reports, arguments, strict=True):
        assert_close(got, reference.run("gathered", *given))


def test_values(student, reference, rng):
    arguments = [(*samples(rng, 12, (inputs,)), 4, seed(rng)) for inputs in (3, 12, 1)]
    check_values(student, reference, *arguments)


def test_more_axes(student, reference, rng):
    """Labels with several columns, inputs with several axes."""
    shapes = [((3,), (4,)), ((2, 3), ()), ((3, 2, 2), (2,)), ((12,), (12,)), ((2,), (1,))]
    arguments = [(*samples(rng, 12, *shape), 4, seed(rng)) for shape in shapes]
    check_values(student, reference, *arguments)


def test_dtype(student, rng):
    arguments = []
    for x_dtype, d_dtype in DTYPES:
        x = rng.permutation(128)[:12].reshape(6, 2).astype(x_dtype)
        d = rng.permutation(128)[:6].astype(d_dtype)
        arguments.append((x, d, 3, seed(rng)))
    for got, (x_dtype, d_dtype) in zip(runs(student, "dtypes", *arguments), DTYPES, strict=True):
        for name, expected in (("x_batch", x_dtype), ("d_batch", d_dtype)):
            if got[name] != expected:
                fail("wrong_dtype", name=name, got=got[name], expected=expected)


def test_unmodified(student, rng):
    """Ask the drive too: a generator changes nothing before it is read."""
    cases = [(*samples(rng, n), size) for n, size in [(12, 4), (13, 5)]]
    outcomes = [student.mini_batches.outcome(*case, seeded(seed(rng))) for case in cases]
    for same in runs(student, "left", *[(*case, seed(rng)) for case in cases]):
        for name in ("x", "d"):
            if not same[f"{name} unchanged"]:
                fail("changed", name=name)
    assert_unmodified(*outcomes)


@hidden
def test_other_sizes(student, reference, rng):
    cases = [(int(rng.integers(20, 40)), int(rng.integers(2, 9))) for _ in range(3)]
    check_sizes(student, reference, rng, *cases, (17, 16), (16, 17), (3, 2))
    check_once(student, rng, *cases)


@hidden
def test_other_epochs(student, rng):
    arguments = [(*samples(rng, n), size, seed(rng)) for n, size in [(31, 7), (40, 8)]]
    check_pairs(student, *arguments)
    check_epochs(student, *arguments)


# -- facts about wrong results --------------------------------------------------------------------


def is_report(call, name, got, kind=list):
    """Tell whether a call is a run of that function of the drive that could report."""
    return call.name == name and isinstance(got, kind) and (kind is list or "x[0]" in got)


def reported(call, got):
    """Return what the drive reports where it cannot read batches, of the result of a call too."""
    if call.name != "mini_batches":
        return got if isinstance(got, dict) else {}
    batches = list(got) if isinstance(got, list | tuple | dict) else getattr(got, "items", None)
    if not isinstance(batches, list):
        return {"returned": type(got).__name__}
    wrong = [batch for batch in batches if not isinstance(batch, tuple | list) or len(batch) != 2]
    if wrong:
        return {"in place of a pair": type(wrong[0]).__name__}
    return {} if batches else {"batches": 0}


@observation(first=True)
def no_iterable(call, got, right):
    report = reported(call, got)
    return "returned" in report and {"got": report["returned"]}


@observation(first=True)
def no_pair(call, got, right):
    report = reported(call, got)
    return "in place of a pair" in report and {"got": report["in place of a pair"]}


@observation
def no_batch(call, got, right):
    return "batches" in reported(call, got)


@observation(first=True)
def twice_and_never(call, got, right):
    if not is_report(call, "times", got, dict):
        return False
    often, never = most(got), [sample for sample in got if got[sample] == 0]
    return got[often] > 1 and bool(never) and {"often": often, "never": never[0]}


def most(counts):
    return max(counts, key=counts.get)


@observation
def unknown_samples(call, got, right):
    """No row of the batches of x is a row of x."""
    if isinstance(got, dict) and "unknown samples" in got:
        return True
    reports = any(is_report(call, name, got, dict) for name in ("times", "partners"))
    return reports and not any(got.values())


@observation(first=True)
def never(call, got, right):
    if not is_report(call, "times", got, dict) or not any(got.values()):
        return False
    left_out = [sample for sample in got if got[sample] == 0]
    return bool(left_out) and {"never": left_out[0], "count": len(left_out), "all": len(got)}


@observation(first=True)
def more_than_once(call, got, right):
    if not is_report(call, "times", got, dict):
        return False
    often = most(got)
    return got[often] > 1 and {"often": often, "times": int(got[often])}


@observation(first=True)
def wrong_partner(call, got, right):
    if not is_report(call, "partners", got, dict):
        return False
    for sample, found in got.items():
        others = [one for one in found.split(", ") if one not in {"", "?", own_label(sample)}]
        if others:
            return {"one": sample, "other": others[0]}
    return False


@observation(first=True)
def too_few(call, got, right):
    if not is_report(call, "sizes", got) or len(got) >= len(right):
        return False
    return {"got": len(got), "expected": len(right), "samples": len(call.args[0])}


@observation(first=True)
def too_many(call, got, right):
    if not is_report(call, "sizes", got) or len(got) <= len(right):
        return False
    return {"got": len(got), "expected": len(right), "samples": len(call.args[0])}


@observation(first=True)
def sizes_differ(call, got, right):
    """Batches of x and of d that are not equally long."""
    if not is_report(call, "sizes", got):
        return False
    for number, (one, other) in enumerate(got, start=1):
        if one != other:
            return {"number": number, "x": int(one), "d": int(other)}
    return False


@observation(first=True)
def uneven(call, got, right):
    """As many batches as there should be, of other sizes."""
    if not is_report(call, "sizes", got) or len(got) != len(right):
        return False
    lengths = ", ".join(str(int(one)) for one, _ in got[:8])
    expected = ", ".join(str(int(one)) for one, _ in right[:8])
    return lengths != expected and {"got": lengths, "expected": expected}


@observation(first=True)
def place_left_out(call, got, right):
    """A place at which a sample never comes, in many epochs with different orders."""
    if call.name != "orders" or not isinstance(got, dict) or got.get("different orders", 0) < 2:
        return False
    for sample in sorted(right.keys() - {"different orders"}):
        places = set(right[sample].split(", ")) - set(got[sample].split(", "))
        if places:
            return {"sample": sample, "place": min(places)}
    return False


@observation(first=True)
def other_dtype(call, got, right):
    if call.name != "dtypes" or not isinstance(got, dict):
        return False
    for name in right:
        if got.get(name) != right[name]:
            return {"name": name, "got": str(got.get(name)), "expected": right[name]}
    return False
