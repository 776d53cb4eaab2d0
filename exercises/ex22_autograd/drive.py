"""Build a graph from lines such as "p = x + y" or "r = relu p", and report its numbers.

The numbers are reported as the submission keeps them; the checks judge them.
"""

import operator
import sys

OPERATIONS = {"+": operator.add, "*": operator.mul}


def evaluate(submission, leaves, lines, backward=()):
    """Return data and grad of every value, after `backward()` of those named, in that order."""
    values, made = build(submission, leaves, lines)
    if made is not None:
        return {"made": made}
    for name in backward:
        values[name].backward()
    for name in ("data", "grad"):
        if not all(hasattr(value, name) for value in values.values()):
            return {"lacks": name, "has": likely_name(submission, name)}
    return {
        "data": {name: value.data for name, value in values.items()},
        "grad": {name: value.grad for name, value in values.items()},
    }


def leaf_gradients(submission, leaves, lines, backward):
    """Return grad of the leaves alone, after `backward()` of the values named, in that order."""
    report = evaluate(submission, leaves, lines, backward)
    if "grad" not in report:
        return report
    return {name: report["grad"][name] for name in leaves}


def likely_name(submission, name):
    """Return the one attribute that a value keeps this number in, or nothing."""
    number = {"data": 0.8125, "grad": 0}[name]
    leaf = submission.Value(0.8125)
    own = getattr(leaf, "__dict__", {})
    found = [key for key, value in own.items() if type(value) in (int, float) and value == number]
    return found[0] if len(found) == 1 else ""


def count_calls(submission, doublings):
    """Count the function calls of one `backward()` through as many steps v = v + v."""
    value = submission.Value(1.0)
    for _ in range(doublings):
        value = value + value
    calls = 0

    def count(_frame, event, _arg):
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        value.backward()
    finally:
        sys.setprofile(None)
    return calls


def build(submission, leaves, lines):
    """Return the values by name, and the type of the first result that is no Value, if any."""
    values = {name: submission.Value(data) for name, data in leaves.items()}
    for line in lines:
        name, _, *words = line.split()
        result = compute(words, values)
        if not hasattr(result, "backward"):
            return values, type(result).__name__
        values[name] = result
    return values, None


def compute(words, values):
    """Return the result of ["relu", "x"], ["x", "+", "y"] or ["2", "*", "x"]."""
    if words[0] == "relu":
        return values[words[1]].relu()
    left, symbol, right = words
    return OPERATIONS[symbol](operand(left, values), operand(right, values))


def operand(word, values):
    """Return the value of that name, else the plain number that the word is."""
    if word in values:
        return values[word]
    return int(word) if word.isdigit() else float(word)
