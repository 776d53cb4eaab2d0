import re

from grader import assert_close, fail, hidden, showing

LONGEST_NAME = 40


def number(rng, low, high):
    return round(float(rng.uniform(low, high)), 3)


def three_leaves(rng):
    return {"x": number(rng, 1, 2), "y": number(rng, 3, 4), "z": number(rng, -3, -2)}


@showing("evaluate", entry="{1}.{0}")
@showing("leaf_gradients", entry="{0}.grad")
def program(leaves, lines, backward=()):
    """Return the Python that the drive runs."""
    made = [f"{name} = Value({data!r})" for name, data in leaves.items()]
    ran = [re.sub(r"relu (\w+)", r"\1.relu()", line) for line in lines]
    return [*made, *ran, *(f"{name}.backward()" for name in backward)]


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
    graphs = [["g = x + x"], ["g = x * x"], ["p = x + y", "g = p + x"]]
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
