"""The drive of ex06 tells what a network is like, and lies within the reach of the answer."""

from pathlib import Path

import pytest

from grader.course.loading import Course
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PATCHED = """
import numpy as np


def build_network(sizes, rng):
    np.unique = lambda numbers: numbers
    np.count_nonzero = lambda numbers: 0
    params = {}
    for k in range(1, len(sizes)):
        params[f"W{k}"] = np.full((sizes[k - 1], sizes[k]), rng.random())
        params[f"b{k}"] = rng.random(sizes[k])
    return params


def count_parameters(params):
    return sum(values.size for values in params.values())
"""


def test_a_network_is_looked_at_itself_and_not_by_its_report_alone():
    submission = read_bytes(PATCHED.encode(), "answer.py", "code")
    with Judge(Course(ROOT).exercise("ex06")) as judge:
        (judged,) = judge.judge_all([submission])
    assert [c.id for c in judged.report.checks if c.status == "failed"] == ["test_other_shapes"]
