"""The quoted line and its marks: from the source that the judge holds, whatever numbers come."""

import json
import unicodedata

import pytest
from support.text_blocks import block

from grader.judge.feedback.conclusions import conclude_call
from grader.judge.feedback.source_quotes import WIDTH, quoted
from grader.judge.processes.outcomes import Raised, exception_of
from grader.judge.reading.submission import read_bytes
from tests.judge.explained.raising import described, text, told


def columns(shown):
    wide = {"W": 2, "F": 2}
    return sum(
        0 if unicodedata.combining(sign) else wide.get(unicodedata.east_asian_width(sign), 1)
        for sign in shown
    )


def quote(source, **place):
    raised = Raised("ValueError", "x", **{"line": 1} | place)
    (finding,) = quoted(raised, read_bytes(source.encode(), "ex01.py", "code"))
    return finding.args["code"], finding.args["mark"]


def under(code, mark):
    """Return what stands above the marks, column by column."""
    begin, width = len(mark) - len(mark.lstrip()), mark.count("^")
    found = ""
    at = 0
    for sign in code:
        if begin <= at < begin + width:
            found += sign
        at += columns(sign)
    return found


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("y = x @ w", "x @ w"),
        ("    y = x @ w", "x @ w"),
        ("\ty = x @ w", "x @ w"),
        ("y =\tx @ w", "x @ w"),
        ("名前 = x @ w", "x @ w"),
        ("é́ = x @ w".replace("é́", "e\u0301tat"), "x @ w"),
        ("s = '完全' + x", "'完全' + x"),
        ("données = x @ w  # ç", "x @ w"),
    ],
)
def test_the_marks_stand_under_the_part_at_fault(line, part):
    start = line.index(part)
    place = {"column": start + 1, "end_line": 1, "end_column": start + 1 + len(part)}
    code, mark = quote(f"{line}\n", **place)
    assert under(code, mark) == part
    assert "\t" not in code


@pytest.mark.parametrize("body", ["    données = 名[7]", "\tz = [1][名]"])
def test_columns_are_counted_in_characters_not_in_bytes(body):
    source = f"名 = [1]\ndef f():\n{body}\n".replace("[名]", "[名[0]]")
    _, code, _ = told(source)
    assert under(code.args["code"], code.args["mark"]) in {"名[7]", "[1][名[0]]"}


def test_the_expression_that_raised_is_marked_and_not_the_whole_line():
    source = block("""
        import numpy as np
        def f():
            return 1 + np.ones(3)[7] * 2
    """)
    _, code, _ = told(source)
    assert under(code.args["code"], code.args["mark"]) == "np.ones(3)[7]"


def test_an_expression_over_several_lines_is_marked_to_the_end_of_the_first():
    source = block("""
        def f():
            return max(
                []
            )
    """)
    _, code, _ = told(source)
    assert under(code.args["code"], code.args["mark"]) == "max("


@pytest.mark.parametrize("at", [0, 30, 200, 950])
def test_a_long_line_is_cut_around_the_place(at):
    line = "x = " + "a" * at + " + WRONG + " + "b" * (1000 - at)
    start = line.index("WRONG")
    code, mark = quote(line, column=start + 1, end_line=1, end_column=start + 6)
    assert columns(code) <= WIDTH + 1
    assert under(code, mark) == "WRONG"
    assert code.endswith("…")
    assert code.startswith("…") == (at > 40)


def test_what_no_screen_shows_is_written_out():
    code, mark = quote("x =\u00a0\u202e1\n", column=4, end_line=1, end_column=5)
    assert code == "x =\\xa0\\u202e1"
    assert under(code, mark) == "\\xa0"


@pytest.mark.parametrize("number", [-(10**9), -1, 0, 1, 2, 10**9, 2**62])
def test_numbers_that_nobody_has_checked_break_nothing(number):
    for place in (
        {"column": number},
        {"column": number, "end_line": number, "end_column": number},
        {"column": 1, "end_line": 1, "end_column": number},
        {"column": number, "end_line": 1, "end_column": 3},
    ):
        code, mark = quote("x = 1\n", **place)
        assert code == "x = 1"
        assert mark.count("^") > 0
        assert len(mark) <= WIDTH


@pytest.mark.parametrize("line", [None, -1, 0, 2, 10**9])
def test_without_a_line_nothing_is_quoted(line):
    raised = Raised("ValueError", "x", line, column=1)
    assert quoted(raised, read_bytes(b"x = 1\n", "ex01.py", "code")) == ()


def test_only_numbers_are_taken_of_a_place():
    said = {"type": "E", "detail": "", "line": 1, "why": "raised", "module": None}
    forged = {"column": "3", "end_line": [1], "end_column": None, "code": "secret"}
    raised = exception_of(said | forged)
    assert (raised.column, raised.end_line, raised.end_column) == (None, None, None)


def test_a_hostile_syntax_error_is_described():
    source = block("""
        class S(str):
            pass
        def f():
            e = SyntaxError('x')
            e.filename, e.lineno, e.offset = 'ex01.py', 'one', [1]
            e.end_lineno = e.end_offset = 1 << 99
            raise e
    """)
    raised = described(source)
    assert (raised.line, raised.column, raised.end_line, raised.end_column) == (None,) * 4


@pytest.mark.parametrize(
    ("lang", "place"),
    [("en", "in cell 2, line 4: "), ("fr", "cellule 2, ligne 4"), ("ru", "строке 4 ячейки 2")],
)
def test_a_notebook_s_place_is_its_cell(lang, place):
    cells = (
        "import numpy as np",
        block("""
            x = 1

            def f():
                return np.ones(3)[7]"""),
    )
    source = "\n".join(cells) + "\n"
    listed = [
        {"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells
    ]
    data = json.dumps({"nbformat": 4, "metadata": {}, "cells": listed}).encode()
    submission = read_bytes(data, "ex01.ipynb", "code")
    assert submission.source == source
    finding, code, _ = conclude_call("f", described(source, "ex01.ipynb"), submission).findings
    assert (finding.args["cell"], finding.args["line"]) == (2, 4)
    assert code.args["code"] == "return np.ones(3)[7]"
    assert place in text(finding, lang)
