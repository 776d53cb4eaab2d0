"""Each check of the course asserts its own thing: right answers in odd forms, and constants."""

from pathlib import Path

import pytest
from support.text_blocks import block

from grader.course.loading import Course
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge, Options

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
STABLE = """\
import numpy as np


def softmax(x):
    e = np.exp(x - x.max(axis={axis}, keepdims=True))
    return {result}
"""
QUOTIENT = "e / e.sum(axis={axis}, keepdims=True)"
SHIFTED = "x - x.max(axis=-1, keepdims=True)"
LOSS = """\
import numpy as np


def cross_entropy_error(d, y):
    if y.ndim == 1:
        d = d.reshape(1, d.size)
        y = y.reshape(1, y.size)
    if d.size == y.size:
        d = d.argmax(axis=1)
    return {result}
"""
MEAN = "-np.mean(np.log(y[np.arange(len(y)), d.reshape(-1)] + 1e-7))"
BATCHES = """\
import numpy as np


def cross_entropy_error(d, y):
    n = y.shape[0]
    return np.mean(-np.log(y[np.arange(n), d]))
"""
BACKWARD = """\
import torch


def backward(x, d, params):
    W1, b1, W2, b2 = (params[name] for name in ("W1", "b1", "W2", "b2"))
    u1 = x @ W1 + b1
    z1 = torch.relu(u1)
    u2 = z1 @ W2 + b2
    y = torch.exp(u2 - torch.logsumexp(u2, dim=1, keepdim=True))
    y[torch.arange(len(x), device=x.device), d] -= 1
    delta2 = y / len(x)
    delta1 = delta2 @ W2.T * (u1 > 0)
    return {"W1": x.T @ delta1, "b1": delta1.sum(0), "W2": z1.T @ delta2, "b2": delta2.sum(0)}
"""
RENAMED = """\
class Value:
    def __init__(self, value, inputs=()):
        self.value, self.grad, self.inputs = value, 0.0, inputs

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.value + other.value, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.value * other.value, ((self, other.value), (other, self.value)))

    __radd__, __rmul__ = __add__, __mul__

    def relu(self):
        return Value(max(self.value, 0.0), ((self, float(self.value > 0)),))

    def backward(self, incoming=1.0):
        self.grad += incoming
        for value, slope in self.inputs:
            value.backward(incoming * slope)
"""


def judged(exercise, *sources, seeds=(None,)):
    """Judge each source under each seed; yield the results by check."""
    with Judge(Course(ROOT).exercise(exercise)) as judge:
        for seed in seeds:
            judge.options = Options(seed=seed)
            submissions = [read_bytes(source.encode(), "a.py", "code") for source in sources]
            for one in judge.judge_all(submissions):
                yield {check.id: check for check in one.report.checks}


def failing(checks):
    return {name for name, c in checks.items() if c.status != "passed" and c.reason != "device"}


def softmax(result=QUOTIENT, axis=-1):
    return STABLE.format(axis=axis, result=result.format(axis=axis))


def test_a_form_that_raises_is_for_another_check():
    (checks,) = judged("ex11", softmax(axis=1))
    assert not failing(checks) & {"test_dtype", "test_unmodified"}
    (checks,) = judged("ex15", LOSS.format(result=MEAN))
    assert failing(checks) == {"test_one_sample_integer", "test_other_samples"}
    (checks,) = judged("ex15", BATCHES)
    assert checks["test_unmodified"].status == "passed"
    one_sample = [f"test_one_sample_{form}" for form in ("integer", "zero_dimensional", "array")]
    assert {checks[name].misconception for name in one_sample} == {"one_sample_fails"}


CONSTANTS = {
    "ex11": [
        block("""
            def softmax(x):
                return {}
        """),
        "0.0",
        "0 * x",
        "x * 0 + 0.25",
        "[0.5]",
        "None",
    ],
    "ex15": [
        block("""
            def cross_entropy_error(d, y):
                return {}
        """),
        "0.0",
        "y[..., 0] * 0",
        "None",
    ],
    "ex23": [
        block("""
            def numerical_gradient(f, x, h=1e-4):
                f(x)
                return {}
        """),
        *("0.0", "0.0 * x", "x * 0.0 + 1.5", "[]", "f", "None"),
    ],
    "ex42": [
        block("""
            def backward(x, d, params):
                return {}
        """),
        *("0.0", "{{k: 0 * v for k, v in params.items()}}"),
        *("{{k: 0 * v + 0.1 for k, v in params.items()}}", "{{}}", "None"),
    ],
}
ABOUT_OTHER_THINGS = {"test_dtype", "test_unmodified", "test_x_unchanged"}


@pytest.mark.parametrize("exercise", CONSTANTS)
def test_a_constant_earns_nothing_for_dtype_or_unchanged_arguments(exercise):
    template, *values = CONSTANTS[exercise]
    sources = [
        template.replace("{}", value.replace("{{", "{").replace("}}", "}")) for value in values
    ]
    for value, checks in zip(values, judged(exercise, *sources), strict=True):
        there = ABOUT_OTHER_THINGS & set(checks)
        assert there
        assert there <= failing(checks), value


@pytest.mark.parametrize(
    "result",
    [
        f"np.ma.array({QUOTIENT})",
        f"({QUOTIENT}).view(type('Mine', (np.ndarray,), {{{{}}}}))",
        f"np.exp(np.clip({SHIFTED}, -700, 0)) / e.sum(axis=-1, keepdims=True)",
        f"np.exp(np.clip({SHIFTED}, -36, 0)) / e.sum(axis=-1, keepdims=True)",
    ],
    ids=["masked", "a subclass", "exponents cut off at -700", "exponents cut off at -36"],
)
def test_right_probabilities_in_other_clothes_earn_all(result):
    for checks in judged("ex11", softmax(result), seeds=(None, 1, 2)):
        assert failing(checks) == set()


def test_a_result_in_half_precision_is_told_so():
    (checks,) = judged("ex15", LOSS.format(result=f"np.float16({MEAN})"))
    told = {checks[name].feedback[0].id for name in failing(checks) - {"test_one_sample_integer"}}
    assert "compare.precision" in told
    assert not any(check.misconception for check in checks.values() if check.status == "failed")


def test_large_logits_are_allowed_what_float32_loses_there():
    for checks in judged("ex42", BACKWARD, seeds=(None, *range(8))):
        assert failing(checks) == set()


def test_an_attribute_of_another_name_is_one_sentence_everywhere():
    (checks,) = judged("ex22", RENAMED)
    told = {(m.id, m.args.get("found")) for c in checks.values() for m in c.feedback}
    assert told == {("exercise.attribute_named", "value")}
