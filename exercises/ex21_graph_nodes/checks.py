import numpy as np

from grader import assert_close, fail, hidden, observation, showing

LONGEST_NAME = 40


def number(rng, low, high):
    return round(float(rng.uniform(low, high)), 3)


def play_all(student, reference, *games):
    """Compare the results of all games, once all are played: together they tell mistakes apart."""
    got = [student.run("play", nodes, lines) for nodes, lines in games]
    for results, (nodes, lines) in zip(got, games, strict=True):
        if isinstance(results, dict) and "no_pair" in results:
            refuse_other_than_pair(results)
        assert_close(results, reference.run("play", nodes, lines))


def refuse_other_than_pair(results):
    call, kind = results["no_pair"], results.get("type")
    if call not in CALLS or not is_name(kind):
        return
    if kind == "NoneType":
        fail("nothing_returned", call=CALLS[call])
    fail("no_pair", call=CALLS[call], type=kind)


def is_name(word):
    return isinstance(word, str) and word.isidentifier() and len(word) <= LONGEST_NAME


CALLS = {
    f"{kind.lower()}{number}.backward": f"{kind}.backward"
    for kind in ("Add", "Mul")
    for number in ("", "1", "2", "3")
}


def check_gradients(student, reference, *points):
    got = [student.gradients(*point) for point in points]
    for found, point in zip(got, points, strict=True):
        if isinstance(found, dict):
            refuse_other_keys(found)
        assert_close(found, reference.gradients(*point))


def refuse_other_keys(found):
    extra = [key for key in found if key not in {"x", "y", "z", "p"}]
    if extra and is_name(extra[0]):
        fail("other_keys", key=extra[0])
    if extra:
        fail("odd_keys")


@showing("play", entry="{0}")
def program(nodes, lines):
    """Write the nodes and their calls as the Python that they stand for."""
    return [*(f"{name} = {kind}()" for name, kind in nodes.items()), *map(python, lines)]


def python(line):
    left, right = line.split(" = ")
    call, *words = right.split()
    return f"{left} = {call}({', '.join(words)})"


def test_forward(student, reference, rng):
    a, b = number(rng, 1, 2), number(rng, -4, -3)
    nodes = {"add": "Add", "mul": "Mul"}
    lines = [f"s = add.forward {a} {b}", f"m = mul.forward {a} {b}"]
    play_all(student, reference, (nodes, lines))


def node_game(kind, inputs, *grads):
    """Return a game of one node: a forward pass, and a backward pass for each of the gradients."""
    name = kind.lower()
    lines = [f"out = {name}.forward {inputs[0]} {inputs[1]}"]
    for count, grad in enumerate(grads):
        mark = "" if len(grads) == 1 else count + 1
        lines.append(f"grad_a{mark}, grad_b{mark} = {name}.backward {grad}")
    return {name: kind}, lines


def test_add_backward(student, reference, rng):
    inputs = number(rng, 2, 3), number(rng, -6, -5)
    grads = 1.0, number(rng, -4, -3)
    play_all(student, reference, *(node_game("Add", inputs, grad) for grad in grads))


def test_mul_backward(student, reference, rng):
    games = [
        node_game("Mul", (number(rng, 2, 3), number(rng, -6, -5)), 1.0),
        node_game("Mul", (number(rng, -8, -7), number(rng, 4, 5)), 1.0),
    ]
    play_all(student, reference, *games)


def test_mul_incoming(student, reference, rng):
    inputs = number(rng, 2, 3), number(rng, -6, -5)
    grads = number(rng, -4, -3), number(rng, 0.1, 0.4)
    play_all(student, reference, *(node_game("Mul", inputs, grad) for grad in grads))


def test_zero(student, reference, rng):
    a, b, grad = number(rng, 2, 3), number(rng, -6, -5), number(rng, -4, -3)
    games = [
        node_game("Mul", (0.0, b), grad),
        node_game("Mul", (a, 0.0), grad),
        node_game("Mul", (a, b), 0.0),
        node_game("Add", (0.0, b), grad),
        node_game("Add", (a, b), 0.0),
    ]
    play_all(student, reference, *games)


def test_forward_again(student, reference, rng):
    lines = [
        f"out1 = mul.forward {number(rng, 2, 3)} {number(rng, -6, -5)}",
        f"out2 = mul.forward {number(rng, 7, 8)} {number(rng, -10, -9)}",
        f"out3 = mul.forward {number(rng, -13, -12)} {number(rng, 15, 16)}",
        f"grad_a, grad_b = mul.backward {number(rng, -4, -3)}",
    ]
    play_all(student, reference, ({"mul": "Mul"}, lines))


def test_backward_twice(student, reference, rng):
    inputs = number(rng, 2, 3), number(rng, -6, -5)
    grads = number(rng, -4, -3), number(rng, 0.1, 0.4)
    games = [node_game(kind, inputs, *grads) for kind in ("Mul", "Add")]
    play_all(student, reference, *games)


def test_two_objects(student, reference, rng):
    lines = [
        f"out1 = mul1.forward {number(rng, 2, 3)} {number(rng, -6, -5)}",
        f"out2 = mul2.forward {number(rng, 7, 8)} {number(rng, -10, -9)}",
        f"grad_a1, grad_b1 = mul1.backward {number(rng, -4, -3)}",
        f"grad_a2, grad_b2 = mul2.backward {number(rng, 0.1, 0.4)}",
    ]
    play_all(student, reference, ({"mul1": "Mul", "mul2": "Mul"}, lines))


def test_gradients(student, reference, rng):
    points = [
        (number(rng, 1, 2), number(rng, 3, 4), number(rng, -3, -2)),
        (number(rng, -9, -8), number(rng, 5, 6), number(rng, 1, 2)),
    ]
    check_gradients(student, reference, *points)


@hidden
def test_other_points(student, reference, rng):
    x, z = number(rng, 1, 2), number(rng, -3, -2)
    check_gradients(student, reference, (x, x, z), (x, -x, z), (x, 2 * x, 0.0), (z, z, z))


@hidden
def test_larger_graph(student, reference, rng):
    """g = (v w + b) (v w + c) x: the gradients of v w are summed by nobody here."""
    v, w, b, c, x = (number(rng, low, low + 1) for low in (1, -3, 4, -7, 9))
    nodes = {"mul1": "Mul", "add1": "Add", "add2": "Add", "mul2": "Mul", "mul3": "Mul"}
    lines = [
        f"p = mul1.forward {v} {w}",
        f"q = add1.forward p {b}",
        f"r = add2.forward p {c}",
        "s = mul2.forward q r",
        f"g = mul3.forward s {x}",
        "grad_s, grad_x = mul3.backward 1.0",
        "grad_q, grad_r = mul2.backward grad_s",
        "grad_p1, grad_b = add1.backward grad_q",
        "grad_p2, grad_c = add2.backward grad_r",
        "grad_v1, grad_w1 = mul1.backward grad_p1",
        "grad_v2, grad_w2 = mul1.backward grad_p2",
    ]
    play_all(student, reference, (nodes, lines))


# -- facts about wrong results --------------------------------------------------------------------


def is_number(value):
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)


def same(one, other):
    return is_number(one) and bool(np.isclose(one, other, rtol=1e-6, atol=1e-9))


def same_pair(one, other):
    return same(one[0], other[0]) and same(one[1], other[1])


def was_played(call, got):
    return bool(call.args) and isinstance(call.args[0], dict) and isinstance(got, dict)


def wrong_backwards(call, got, right):
    """Return the backward passes with wrong numbers, none where an earlier one is wrong as well.

    Each comes as its place in the lines, node, incoming gradient, pair that is got and right pair.
    """
    if not was_played(call, got) or got.keys() != right.keys():
        return []
    found = []
    for place, line in enumerate(call.args[1]):
        left, node, method, words = parts(line)
        if method != "backward":
            continue
        pair, expected = [got[name] for name in left], [right[name] for name in left]
        if not all(map(is_number, pair)):
            return []
        if not same_pair(pair, expected):
            if words[0] in right:
                break  # what came in may be wrong already
            found.append((place, node, float(words[0]), pair, expected))
    return found


def parts(line):
    left, right = line.split(" = ")
    call, *words = right.split()
    node, method = call.split(".")
    return left.split(", "), node, method, words


def inputs_of(call, right, place):
    """Return the inputs of a forward pass, given by its place in the lines."""
    words = parts(call.args[1][place])[3]
    return [right[word] if word in right else float(word) for word in words]


def forwards(call, before):
    """Return place and node of every forward pass among the first lines."""
    found = [(place, *parts(line)[1:3]) for place, line in enumerate(call.args[1][:before])]
    return [(place, node) for place, node, method in found if method == "forward"]


@observation(first=True)
def forward_wrong(call, got, right):
    if not was_played(call, got):
        return False
    for line in call.args[1]:
        left, node, method, _ = parts(line)
        value = got.get(left[0])
        if method == "forward" and is_number(value) and not same(value, right[left[0]]):
            return {"call": f"{call.args[0][node]}.forward", "value": float(value)}
    return False


@observation
def pair_order(call, got, right):
    found = wrong_backwards(call, got, right)
    return bool(found) and all(same_pair(pair[::-1], expected) for *_, pair, expected in found)


@observation(first=True)
def grad_left_out(call, got, right):
    """Right pairs but for the incoming gradient, which is not among their factors."""
    found = wrong_backwards(call, got, right)
    if not found or any(grad in {0.0, 1.0} for _, _, grad, *_ in found):
        return False
    left_out = all(
        same_pair([value * grad for value in pair], expected)
        for _, _, grad, pair, expected in found
    )
    return left_out and {"grad": found[0][2]}


@observation
def other_object(call, got, right):
    """Pairs made of the inputs of another object of the same class."""
    found = wrong_backwards(call, got, right)
    nodes = call.args[0] if found else {}
    return bool(found) and all(
        any(
            node != other and nodes[node] == nodes[other] == "Mul" and made_of(call, right, at, one)
            for at, other in forwards(call, one[0])
        )
        for one in found
        for node in (one[1],)
    )


@observation
def earlier_forward(call, got, right):
    """Pairs made of the inputs of a forward pass of the same object before the latest."""
    found = wrong_backwards(call, got, right)
    return bool(found) and all(
        any(
            one[1] == node and call.args[0][node] == "Mul" and made_of(call, right, at, one)
            for at, node in forwards(call, one[0])
        )
        for one in found
    )


def made_of(call, right, at, one):
    """Tell whether a pair is that of a product with the inputs of the forward pass at a place."""
    a, b = inputs_of(call, right, at)
    _, _, grad, pair, _ = one
    return same_pair(pair, (grad * b, grad * a))


@observation(first=True)
def own_value(call, got, right):
    """Each of the pair is the incoming gradient times the input's own value."""
    found = wrong_backwards(call, got, right)
    for place, node, grad, pair, _ in found:
        latest = [at for at, other in forwards(call, place) if other == node][-1:]
        if not latest:
            return False
        a, b = inputs_of(call, right, latest[0])
        if grad == 0 or not same_pair(pair, (grad * a, grad * b)):
            return False
    return bool(found) and {"call": f"{call.args[0][found[0][1]]}.backward"}


@observation(first=True)
def one_is_right(call, got, right):
    """Pairs with one right number, the same one in all of them."""
    found = wrong_backwards(call, got, right)
    if not found:
        return False
    hits = {
        tuple(same(value, other) for value, other in zip(pair, expected, strict=True))
        for *_, pair, expected in found
    }
    if hits not in ({(True, False)}, {(False, True)}):
        return False
    names = ("first", "second") if hits == {(True, False)} else ("second", "first")
    place = {"first": 1, "second": 2}
    return {
        "call": f"{call.args[0][found[0][1]]}.backward",
        "right": place[names[0]],
        "wrong": place[names[1]],
    }


@observation(first=True)
def some_are_right(call, got, right):
    """What `gradients` returns is right for some of the four."""
    if not call.args or isinstance(call.args[0], dict) or not isinstance(got, dict):
        return False
    if got.keys() != right.keys() or not all(map(is_number, got.values())):
        return False
    good = [name for name in right if same(got[name], right[name])]
    bad = [name for name in right if name not in good]
    return bool(good and bad) and {"right": ", ".join(good), "wrong": ", ".join(bad)}
