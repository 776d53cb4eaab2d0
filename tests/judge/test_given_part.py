"""A file with blanks: what is told of those left open, and of given lines that were changed."""

import json
import time

import pytest
from support.text_blocks import block

from grader.judge.feedback.given_part import LISTED, findings
from grader.judge.reading.submission import read_bytes

STUB = '''\
import numpy as np


def double(x):
    """Twice x."""
    total = 0
    # blank: sum
    total = ...
    if total > 10:
        total = total + 1
    else:
        total = total - 1
    # blank
    total = total * 0
    return total
'''
FILLED = STUB.replace("total = ...", "total = x + x").replace("total * 0", "total * 1")


def told(source, name="ex01.py"):
    """Return what is told of a source: ids, lines, given lines."""
    submission = read_bytes(source.encode(), name, "code")
    return [
        (found.id.removeprefix("note."), found.args.get("line"), found.args.get("given"))
        for found in findings(STUB, submission)
    ]


def replaced(*pairs):
    source = FILLED
    for old, new in pairs:
        assert old in source
        source = source.replace(old, new)
    return source


@pytest.mark.parametrize(
    "source",
    [
        FILLED,
        replaced(
            ("    total = x + x", "    n = x\n    for part in (n, n):\n        total += part")
        ),
        replaced(("# blank: sum", "# Fill this in."), ("    # blank\n", "")),
        replaced(("total = 0", "total=0 # none"), ('"""Twice x."""', "'''Much said.'''")),
        replaced(("if total > 10:", "if (total\n            > 10):")),
        replaced(("import numpy", "import math\nimport numpy"), ("x + x", "twice(x)"))
        + block("""


            def twice(x):
                return 2 * x


            if __name__ == '__main__':
                double(2)
        """),
        replaced(
            ("    total = 0\n", ""), ("    total = x + x\n", "    total = x + x\n    total = 0\n")
        ),
    ],
    ids=["filled", "lines", "comments", "format", "wrapped", "around", "order"],
)
def test_blanks_may_be_filled_in_any_way(source):
    assert told(source) == []


def test_a_blank_that_is_left_is_told_with_its_line():
    assert told(STUB) == [("blank", 8, None)]


def test_a_given_line_that_is_changed_is_named_by_its_line():
    source = replaced(("total = total + 1", "total = total + 2"))
    assert told(source) == [("given_changed", 10, "total = total + 1")]


def test_a_given_line_that_is_gone_is_named():
    assert told(replaced(("    return total\n", ""))) == [("given_lost", None, "return total")]


def test_a_line_in_another_branch_is_another_line():
    above, below = "        total = total + 1\n", "        total = total - 1\n"
    source = replaced((f"{above}    else:\n{below}", f"{below}    else:\n{above}"))
    assert told(source) == [
        ("given_changed", 10, "total = total + 1"),
        ("given_changed", 12, "total = total - 1"),
    ]


def test_what_fills_a_blank_is_not_taken_for_a_changed_line():
    source = replaced(("        total = total - 1", "        pass"))
    assert told(source) == [("given_lost", None, "total = total - 1")]


def test_many_changes_are_counted():
    kinds = [kind for kind, _, _ in told("x = 1\n")]
    assert kinds == ["given_lost"] * LISTED + ["given_more"]


def test_in_a_notebook_the_cell_is_named():
    cells = ["import numpy as np\n", STUB.partition("\n\n\n")[2]]
    made = [{"cell_type": "code", "source": text, "metadata": {}, "outputs": []} for text in cells]
    source = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made})
    (found,) = findings(STUB, read_bytes(source.encode(), "ex01.ipynb", "code"))
    assert (found.args["cell"], found.args["line"]) == (2, 5)


@pytest.mark.parametrize(
    "source",
    [
        "def double(x:\n",
        f"{FILLED}\ny = {'-' * 5000}1\n",
        f"{FILLED}\ny = 0x{'f' * 5000}\n",
        f"{FILLED}\n" + "total = 0\n" * 6000,
        "def double(x):\n" + "    return total\n" * 3000,
        f"{FILLED}\ny = '{'a' * 60_000}'\n",
    ],
    ids=["syntax", "nested", "number", "lines", "alike", "long"],
)
def test_hostile_sources_are_compared_quickly_or_not_at_all(source):
    start = time.process_time()
    told(source)
    assert time.process_time() - start < 2


CHECKS = """\
def test_one(student, reference):
    assert_close(student.double(3.0), reference.double(3.0))


def test_two(student, reference):
    assert_close(student.double(4.0), reference.double(4.0))
"""
BLANK = block("""
    def double(x):
        y = 2
        # blank: factor
        y = ...
        return x * y
""")
RIGHT = block("""
    def double(x):
        y = 2
        y = 2 * 1
        return x * y
""")


@pytest.fixture
def blanks(court):
    court.exercise(
        CHECKS,
        reference=RIGHT,
        wrong={
            "squared": block("""
                def double(x):
                    return x * ...
            """)
        },
    )
    court.write("exercises/ex01_double/stub.py", BLANK)
    return court


def test_a_changed_line_is_noted_and_judged_all_the_same(blanks):
    report = blanks.judge(
        block("""
            def double(x):
                y = 2
                y = 1
                return x * y * 2
        """)
    )
    assert (report.reached, report.load.status) == (2, "passed")
    (note,) = report.load.feedback
    assert note.text.startswith("Line 4: in the given code this line is `return x * y`.")


def test_an_open_blank_is_told_in_place_of_what_it_leads_to(blanks):
    report = blanks.judge(BLANK)
    assert report.reached == 0
    for check in report.checks:
        assert check.feedback[0].text.startswith(
            "double cannot go on, because the blank in line 4 is not filled in yet."
        )
        # A known wrong answer that ends in the same exception is no mistake of this student's.
        assert check.misconception is None


def test_an_open_blank_that_is_returned_is_told(blanks):
    report = blanks.judge(
        block("""
            def double(x):
                y = 2
                y = ...
                return y
        """)
    )
    assert report.checks[0].feedback[0].text.startswith("`...` stands in place of a number")


def test_without_blanks_nothing_is_compared(court):
    court.exercise(CHECKS)
    assert (
        court.judge(
            block("""
                def double(x):
                    y = ...
                    return 2 * x
            """)
        ).load.feedback
        == []
    )
