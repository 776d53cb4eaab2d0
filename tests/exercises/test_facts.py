"""Facts and names that another mistake meets by chance: none of them is told."""

from pathlib import Path

import pytest

from grader.course.loading import Course
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge, Options

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]

LOSS = """
import numpy as np


def cross_entropy_error(d, y):
    d, y = np.asarray(d), np.asarray(y)
    d = d.argmax(-1) if d.shape == y.shape else d
    y, d = np.atleast_2d(y), d.reshape(-1)
    n = len(y)
    p = y[np.arange(n), d]
    return {}
"""

ERROR = """
import numpy as np


def mean_squared_error(d, y):
    e = np.asarray(d) - y
    return {}
"""

SLOPES = """
import numpy as np


def numerical_gradient(f, x, h=1e-4):
    given, x = x, np.array(x, dtype=np.float64)
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[i] = h
        g[i] = (f(x + e) - f(x - e)) / (2 * h)
    return {}
"""

SOFTMAX = """
import numpy as np


def softmax(x):
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    y = e / np.sum(e, axis=-1, keepdims=True)
    return {}
"""

AUTOGRAD = """
class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.grad = 0
        self.inputs = inputs

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, [(self, 1), (other, 1)])

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, [(self, other.data), (other, self.data)])

    __radd__ = __add__
    __rmul__ = __mul__

    def relu(self):
        return Value(max(0, self.data), [(self, int(self.data > 0))])

    def backward(self):
        visited = set()

        def go(value, grad):
            {}

        go(self, 1)
"""

WALKS = {
    "first path alone": """if value not in visited:
                visited.add(value)
                value.grad += grad
                for source, slope in value.inputs:
                    go(source, slope * grad)""",
    "last path alone": """order = visited or []
            def visit(node):
                if node not in order:
                    for source, _ in node.inputs:
                        visit(source)
                    order.append(node)
            visit(value)
            grads = {value: grad}
            for node in reversed(order):
                for source, slope in node.inputs:
                    grads[source] = slope * grads[node]
            for node, total in grads.items():
                node.grad += total""",
    "the last operand alone": """value.grad += grad
            later = []
            for source, slope in value.inputs:
                later.append(lambda: go(source, slope * grad))
            for call in later:
                call()""",
    "equal operands once": """value.grad += grad
            for source, slope in dict(value.inputs).items():
                go(source, slope * grad)""",
}

BY_CHANCE = [
    ("ex09", ERROR, "np.sum(e**2) * (1 // 2) / np.size(e)", "errors_not_squared"),
    ("ex09", ERROR, "np.sum(e**2) * (1 // 2) / np.size(e)", "one_element"),
    ("ex15", LOSS, "-np.mean(np.log(np.where(p > 0, p, 1)))", "no_logarithm"),
    ("ex15", LOSS, "-np.mean(np.log(p + 1e-7)) / 2", "divided_by_classes"),
    ("ex15", LOSS, "-np.log(np.prod(p) + 1e-7)", "all_classes"),
    ("ex15", LOSS, "-np.mean(np.log(y[:, d] + 1e-7))", "epsilon_read"),
    ("ex15", LOSS, "-np.mean(np.log(y.min(1) + 1e-7))", "neighbour_class"),
    ("ex15", LOSS, "0.0", "logarithm_of_labels"),
    ("ex15", LOSS, "-np.mean(np.log(p + 1e-7)).round(2)", "too_large"),
    (
        "ex15",
        LOSS,
        "-np.mean(0.9 * np.log(p + 1e-7) + 0.1 * np.log(y + 1e-7).mean(1))",
        "epsilon_read",
    ),
    ("ex15", LOSS, "-np.mean(np.log(np.maximum(p, 1e-2)))", "of_other_probabilities"),
    ("ex15", LOSS, "-np.mean(np.log(np.full(n, 0.001)))", "first_sample_alone"),
    ("ex23", SLOPES, "g.round(4)", "few_digits"),
    ("ex23", SLOPES, "g.astype(np.float32)", "few_digits"),
    ("ex23", SLOPES, "g.astype(np.float32)", "sign_differs"),
    ("ex23", SLOPES, "given * 1.0", "x_moved_along"),
    ("ex23", SLOPES, "g / np.linalg.norm(g)", "step_in_float32"),
    ("ex11", SOFTMAX, "y.astype(np.float16)", "few_digits"),
    ("ex11", SOFTMAX, "y[0] if y.ndim > 1 else y", "one_value_a_row"),
    ("ex11", SOFTMAX, "y.round(3)", "few_digits"),
    ("ex11", SOFTMAX, "y.T", "columns_sum_to_one"),
    ("ex11", SOFTMAX, "y / len(y) if y.ndim > 1 else y", "whole_sums_to_one"),
    ("ex11", SOFTMAX, "np.where(np.arange(len(y))[:, None] < 1, y, 0)", "whole_sums_to_one"),
    ("ex22", AUTOGRAD, WALKS["first path alone"], "overwrites"),
    ("ex22", AUTOGRAD, WALKS["last path alone"], "first_use_only"),
    ("ex22", AUTOGRAD, WALKS["the last operand alone"], "number_cuts_graph"),
    ("ex22", AUTOGRAD, WALKS["equal operands once"], "data_for_gradient"),
]


@pytest.mark.parametrize(("exercise", "source", "result", "fact"), BY_CHANCE)
def test_no_fact_is_told_by_chance(exercise, source, result, fact):
    submission = read_bytes(source.format(result).encode(), "answer.py", "code")
    for seed in (None, 1):
        with Judge(Course(ROOT).exercise(exercise), Options(seed=seed)) as judge:
            (judged,) = judge.judge_all([submission])
        told = {message.id for check in judged.report.checks for message in check.feedback}
        assert any(check.status == "failed" for check in judged.report.checks)
        assert f"exercise.{fact}" not in told
