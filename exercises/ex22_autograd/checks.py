import numpy as np

from grader import assert_close, fail, hidden, observation, showing

LONGEST_NAME = 40


def number(rng, low, high):
    return round(float(rng.uniform(low, high)), 3)


def three_leaves(rng):
    return {"x": number(rng, 1, 2), "y": number(rng, 3, 4), "z": number(rng, -3, -2)}


def compare(got, expected):
    if isinstance(got, dict) and "made" in got:
        fail("not_a_value")
    if isinstance(got, dict) and got.get("lacks") in {"data", "grad"}:
        if is_name(got.get("has")):
            fail("attribute_named", name=got["lacks"], found=got["has"])
        fail("attribute_missing", name=got["lacks"])
    assert_close(got, expected)


def is_name(word):
    return isinstance(word, str) and word.isidentifier() and len(word) <= LONGEST_NAME


def check_graphs(student, reference, leaves, graphs, backward=("g",)):
    """Compare all values of all graphs, once all are built: together they tell mistakes apart."""
    got = [student.run("evaluate", leaves, lines, list(backward)) for lines in graphs]
    for values, lines in zip(got, graphs, strict=True):
        expected = reference.run("evaluate", leaves, lines, list(backward))
        compare(values, expected)


def check_leaves(student, reference, leaves, lines, *orders):
    """Compare the gradients of the leaves after several calls of backward(), in each order."""
    got = [student.run("leaf_gradients", leaves, lines, order) for order in orders]
    for gradients, order in zip(got, orders, strict=True):
        expected = reference.run("leaf_gradients", leaves, lines, order)
        compare(gradients, expected)


@showing("evaluate", entry="{1}.{0}")
def program(leaves, lines, backward=()):
    """Write a graph and its calls of backward() as the Python that they stand for."""
    made = [f"{name} = Value({data!r})" for name, data in leaves.items() if used(name, lines)]
    calls = [f"{name}.backward()" for name in backward]
    return [*made, *map(python, lines), *calls]


@showing("leaf_gradients", entry="{0}.grad")
def program_of_leaves(leaves, lines, backward):
    return program(leaves, lines, backward)


def used(name, lines):
    return any(name in line.split() for line in lines)


def python(line):
    name, _, *words = line.split()
    return f"{name} = {words[1]}.relu()" if words[0] == "relu" else line


def test_forward(student, reference, rng):
    lines = ["s = x + y", "p = s * z", "r = relu p", "t = relu s"]
    check_graphs(student, reference, three_leaves(rng), [lines], backward=())


def test_sum(student, reference, rng):
    check_graphs(student, reference, three_leaves(rng), [["g = x + y"]])


def test_product(student, reference, rng):
    check_graphs(student, reference, three_leaves(rng), [["g = x * y"], ["g = y * z"]])


def test_chain(student, reference, rng):
    graphs = [["p = x + y", "g = p * z"], ["p = x * y", "g = z * p"]]
    check_graphs(student, reference, three_leaves(rng), graphs)


def test_relu(student, reference, rng):
    lines = ["r = relu x", "s = relu z", "t = r + s", "g = relu t"]
    check_graphs(student, reference, three_leaves(rng), [lines])


def test_relu_at_zero(student, reference, rng):
    leaves = {"x": 0.0, "y": number(rng, -2, -1)}
    check_graphs(student, reference, leaves, [["r = relu x", "s = relu y", "g = r + s"]])


def test_number_on_the_right(student, reference, rng):
    graphs = [["g = x + 3"], [f"g = x * {number(rng, 4, 5)}"]]
    check_graphs(student, reference, {"x": number(rng, 1, 2)}, graphs)


def test_number_on_the_left(student, reference, rng):
    graphs = [["g = 3 + x"], [f"g = {number(rng, 4, 5)} * x"]]
    check_graphs(student, reference, {"x": number(rng, 1, 2)}, graphs)


def test_used_twice(student, reference, rng):
    graphs = [
        ["g = x + x"],
        ["g = x * x"],
        ["p = x + y", "g = p + x"],
        ["p = x * y", "g = x + p"],  # here the two contributions differ
    ]
    check_graphs(student, reference, three_leaves(rng), graphs)


def test_order(student, reference, rng, remark):
    graphs = [
        ["p = x + y", "q = p + y", "g = p + q"],
        ["p = x + y", "q = p + y", "g = q + p"],
        ["p = x + y", "q = p + z", "r = q + y", "g = r + p"],
        ["p = x + y", "q = p + z", "r = y + q", "g = p + r"],
    ]
    check_graphs(student, reference, three_leaves(rng), graphs)
    doublings = 11
    if student.run("count_calls", doublings) >= 2**doublings:
        remark("walks_every_path")


def test_second_backward(student, reference, rng):
    lines = ["p = x + y", "q = p + z", "g = q + x", "h = q + y"]
    check_leaves(student, reference, three_leaves(rng), lines, ["g", "g"], ["g", "h"])


@hidden
def test_two_outputs(student, reference, rng):
    lines = ["p = x * y", "q = p * z", "g = p + x", "h = q + y"]
    check_leaves(student, reference, three_leaves(rng), lines, ["g", "h"], ["h", "g", "h"])


@hidden
def test_network(student, reference, rng):
    """Samples s and t share the weights: 2 inputs, a hidden layer of 2 (a1 is off) and one of 2."""
    leaves = {f"{sample}{i}": number(rng, 1, 2) for sample in "st" for i in range(2)}
    lines = []
    for sample in "st":
        inputs = [f"{sample}0", f"{sample}1"]
        for layer in (["a0", "a1"], ["b0", "b1"], ["c0"]):
            inputs = [neuron(lines, inputs, name) for name in layer]
        lines.append(f"loss_{sample} = {inputs[0]} * {inputs[0]}")
    for name in ("a0", "a1", "b0", "b1", "c0"):
        sign = -1 if name == "a1" else 1
        leaves |= {part + name: sign * number(rng, 0.5, 1.5) for part in ("v_", "w_", "bias_")}
    check_graphs(student, reference, leaves, [[*lines, "g = loss_s + loss_t"]])


def neuron(lines, inputs, name):
    """Append the lines of relu(input0 * v + input1 * w + bias) and return the output's name."""
    out = f"{inputs[0]}_{name}"
    lines += [
        f"{out}_p = {inputs[0]} * v_{name}",
        f"{out}_q = {inputs[1]} * w_{name}",
        f"{out}_s = {out}_p + {out}_q",
        f"{out}_u = {out}_s + bias_{name}",
        f"{out} = relu {out}_u",
    ]
    return out


# -- facts about wrong results --------------------------------------------------------------------


def numbers(got, right):
    """Return the gradients of a result and the right ones, by name; None where there are none."""
    got, right = (
        value.get("grad", value) if isinstance(value, dict) else {} for value in (got, right)
    )
    same = isinstance(got, dict) and got.keys() == right.keys() and len(right) > 0
    return (got, right) if same else (None, None)


def is_number(value):
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)


def differ(one, other):
    return not np.isclose(one, other, rtol=1e-6, atol=1e-9)


def wrong_names(got, right):
    """Return the names whose gradients are wrong; nothing where one is no number."""
    if got is None or not all(map(is_number, got.values())):
        return []
    return [name for name in right if differ(got[name], right[name])]


def listed(names, attribute=""):
    return ", ".join(f"{name}{attribute}" for name in names[:4])


@observation(first=True)
def operand_changed(call, got, right):
    """Leaves whose data is another number than the one that they were made with."""
    if not (isinstance(got, dict) and isinstance(got.get("data"), dict) and len(call.args) > 1):
        return False
    data = got["data"]
    names = [n for n, given in call.args[0].items() if is_number(data.get(n))]
    changed = [n for n in names if differ(data[n], call.args[0][n])]
    return bool(changed) and {"names": listed(changed, ".data")}


@observation(first=True)
def data_wrong(call, got, right):
    if not (isinstance(got, dict) and isinstance(got.get("data"), dict) and "data" in right):
        return False
    data, expected = got["data"], right["data"]
    names = [n for n in expected if is_number(data.get(n)) and differ(data[n], expected[n])]
    return bool(names) and {"names": listed(names, ".data")}


@observation(first=True)
def data_no_number(call, got, right):
    if not (isinstance(got, dict) and isinstance(got.get("data"), dict) and "data" in right):
        return False
    names = [name for name in right["data"] if not is_number(got["data"].get(name))]
    return bool(names) and {"names": listed(names, ".data")}


@observation(first=True)
def grad_missing(call, got, right):
    got, right = numbers(got, right)
    names = [] if got is None else [name for name in right if got[name] is None]
    return bool(names) and {"names": listed(names, ".grad")}


@observation(first=True)
def grad_at_first(call, got, right):
    """Gradients that are not 0 although no backward() has run."""
    got, right = numbers(got, right)
    names = wrong_names(got, right)
    if not names or (len(call.args) > 2 and len(call.args[2])):
        return False
    return {"names": listed(names), "value": float(got[names[0]])}


@observation(first=True)
def leaves_at_zero(call, got, right):
    got, right = numbers(got, right)
    names = wrong_names(got, right)
    still = [name for name in names if got[name] == 0]
    return bool(names) and still == names and {"names": listed(names)}


@observation(first=True)
def data_for_gradient(call, got, right):
    data = got.get("data") if isinstance(got, dict) else None
    got, right = numbers(got, right)
    names = wrong_names(got, right)
    if not names or not isinstance(data, dict) or not all(is_number(data.get(n)) for n in names):
        return False
    if not any(differ(right[n], 2 * data[n]) for n in names):
        return False  # half of a square's slope
    return not any(differ(got[n], data[n]) for n in names) and {"names": listed(names)}


@observation(first=True)
def too_often(call, got, right):
    got, right = numbers(got, right)
    names = wrong_names(got, right)
    if not names or any(right[name] == 0 for name in names):
        return False
    times = [got[name] / right[name] for name in names]
    whole = round(times[0])
    return (
        2 <= whole <= 9 and np.allclose(times, whole) and {"names": listed(names), "times": whole}
    )


@observation(first=True)
def half_is_missing(call, got, right):
    got, right = numbers(got, right)
    names = wrong_names(got, right)
    if not names or any(right[name] == 0 for name in names):
        return False
    halves = not any(differ(got[name], right[name] / 2) for name in names)
    return halves and {"names": listed(names)}


@observation(first=True)
def some_are_right(call, got, right):
    got, right = numbers(got, right)
    names = wrong_names(got, right)
    if not names:
        return False
    others = [name for name in right if name not in names and right[name] != 0]
    return bool(others) and {"right": listed(others), "wrong": listed(names)}


@observation(first=True)
def seed(call, got, right):
    """The result's own gradient after one backward() of it alone."""
    got, right = numbers(got, right)
    backward = list(call.args[2]) if len(call.args) > 2 else []
    if got is None or len(backward) != 1 or backward[0] not in right:
        return False
    name = backward[0]
    own = is_number(got[name]) and np.isfinite(got[name]) and differ(got[name], right[name])
    return own and {"name": name, "value": float(got[name])}


@observation(first=True)
def after_several(call, got, right):
    """The gradients of the leaves after more than one backward()."""
    got, right = numbers(got, right)
    backward = list(call.args[2]) if len(call.args) > 2 else []
    names = wrong_names(got, right)
    if not names or len(backward) < 2:
        return False
    return {"calls": "; ".join(f"{name}.backward()" for name in backward), "names": listed(names)}
