"""Whatever a student hands in: it is read, or refused with a message, in a moment."""

import json
import random
from decimal import Decimal
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from support.text_blocks import block

from grader.course.loading import Course
from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.reading.submission import read_bytes
from grader.ownwork.look import find_forbidden
from grader.ownwork.policy import Policy
from grader.questions.answers import read_answers, unknown_questions
from grader.questions.score import points, score
from grader.report.messages import CATALOGUE
from grader.report.models import Message

ROUNDS = 10 * settings().max_examples
COURSE = Course(Path(__file__).resolve().parents[1] / "courses" / "tiny")
QUIZZES = [COURSE.exercise("ex02"), COURSE.exercise("ex03")]
PYTHON = """\
# -*- coding: utf-8 -*-
import torch.nn.functional as F
from numpy import exp as e


def double(x, *, k=1, **rest):
    '''Doc.'''
    return {**rest, "a": [F.softmax(x), lambda: 1], f"{x!r:>{k}}": (yield)}
"""
NOTEBOOK = json.dumps(
    {
        "nbformat": 4,
        "cells": [
            {"cell_type": "markdown", "source": "# Title"},
            {"cell_type": "code", "source": ["%matplotlib inline\n", "!ls\n", "x = 1 \\\n", "+ 2"]},
            {
                "cell_type": "code",
                "source": block("""
                    %%time
                      y = '''%x
                    !''' # ?
                    files = !ls
                    help?"""),
            },
        ],
    }
)
ANSWERS = """\
smallest: b
even: [two, four]
signs: {one: plus, two: minus}
growing:
  - a
  - b
half: 0,5
addition: 3
head: for i in x:
"""
PIECES = [
    *("\0", "\x1b[2J", "\u202e", "\ud800", "\ufeff", "\r", "\n", "\t", "\x0c", "\u2028", "é"),
    *(
        "(",
        "[",
        "{",
        "}",
        "]",
        ")",
        '"',
        "'",
        "'''",
        "\\",
        "#",
        "%%",
        "!",
        "?",
        ":",
        ",",
        "-",
        "&a ",
    ),
    *("*a", "!!int ", "? ", "|", ">", "- ", "a: ", "<<: ", "---\n", "...\n", "%YAML 1.1\n", "%TAG"),
    *('"\\UFFFFFFFF"', '"\\ud800"', "1-99 ", "1/0", "1e999", "9" * 5000, " " * 3000, "lambda:"),
    *("not ", "-" * 500, "(" * 300, "coding: rot13", "coding: idna", "null", "true", "[]", "{}"),
]
FILES = [("ex01.py", PYTHON), ("ex01.ipynb", NOTEBOOK), ("ex02.yaml", ANSWERS)]


def altered(draw, text):
    """Return a file with pieces put in or left out, and bytes altered."""
    parts = list(text)
    for _ in range(draw.randrange(1, 5)):
        at = draw.randrange(len(parts) + 1)
        parts[at : at + draw.choice([0, 1, 1, 5, 40])] = [draw.choice(PIECES)] * draw.choice(
            [1, 1, 3]
        )
    data = bytearray("".join(parts).encode("utf-8", "surrogatepass"))
    for _ in range(draw.choice([0, 0, 0, 1, 5])):
        at = draw.randrange(len(data) + 1)
        data[at : at + 1] = bytes([draw.randrange(256)])
    return bytes(data)


def look_at_code(submission):
    try:
        tree = submission.tree
    except SyntaxError:
        return
    find_forbidden(
        tree, ["double", "softmax"], Policy(["torch.nn.*", ".sum"], ["torch.nn.Softmax"])
    )
    for line in (-1, 0, 1, 10**400):
        assert submission.where(line).line >= 1


def look_at_answers(text):
    """Score all questions of all kinds; feedback must fit into a report."""
    answers = read_answers(text, "ex02.yaml")
    for quiz in QUIZZES:
        for question in quiz.quiz.questions:
            listing = quiz.listing(question.listing) if question.listing else None
            key = quiz.key.questions[question.id]
            scored = score(question, key, answers.get(question.id), listing)
            assert Decimal(0) <= points(question, scored.fraction) <= question.points
            assert (scored.fraction == 1) == (scored.feedback == ())
            for name, args in scored.feedback:
                assert name in CATALOGUE or name.startswith("exercise.")
                Message(id=name, args=args).model_dump_json()
        for name, _ in unknown_questions(answers, quiz.quiz.questions):
            assert len(name) <= 100


def read(name, data):
    """Read a file as the judge does; return whether it could be read."""
    try:
        submission = read_bytes(data, name, "quiz" if name.endswith(".yaml") else "code")
        if name.endswith(".yaml"):
            look_at_answers(submission.source)
    except UnreadableSubmissionError as refused:
        Message(id=refused.id, args=refused.arguments).model_dump_json()
        return False
    if not name.endswith(".yaml"):
        look_at_code(submission)
    return True


@pytest.mark.parametrize(("name", "text"), FILES, ids=[name for name, _ in FILES])
def test_an_altered_file_is_read_or_refused(name, text, soon):
    assert read(name, text.encode())
    draw = random.Random(name)  # noqa: S311
    count = 0
    for _ in range(ROUNDS):
        data = altered(draw, text)
        with soon():
            count += read(name, data)
    assert ROUNDS // 20 < count < ROUNDS


@given(st.binary(max_size=300), st.sampled_from([name for name, _ in FILES]))
def test_arbitrary_bytes_are_read_or_refused(data, name):
    read(name, data)


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
trees = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["cells", "worksheets", "cell_type", "source", "input"])
            | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
cells = st.fixed_dictionaries(
    {"cell_type": st.just("code") | scalars},
    optional={"source": st.lists(st.text(max_size=20)) | trees, "input": st.text()},
)


@given(trees | st.fixed_dictionaries({"cells": st.lists(cells | trees, max_size=4)}))
def test_json_of_any_form_is_a_notebook_or_refused(tree):
    read("ex01.ipynb", json.dumps(tree).encode())


words = st.sampled_from(
    [
        *"ab12,;>→:|-?[]{}&*!%@` \n\t'\"",
        "- ",
        "a: ",
        "even: ",
        "addition: ",
        "1-99",
        "->",
        "two",
        "\\",
    ]
)


@given(st.lists(words | st.text(max_size=3), max_size=40).map("".join))
def test_answers_of_any_form_are_scored_or_refused(text):
    read("ex02.yaml", text.encode("utf-8", "surrogatepass"))


LONG = {
    "spaces in a notebook": ("ex01.ipynb", ["x = 1\n", " " * 200_000 + "x"]),
    "lines of a notebook": ("ex01.ipynb", "\n" * 4_000_000),
    "spaces before a magic": ("ex01.ipynb", ["x = 1\n", "a" + " " * 200_000 + "b ?"]),
    "nothing but brackets": ("ex01.py", "(" * 500_000),
    "a chain of names": ("ex01.py", "a" + ".b" * 100_000),
    "ranges of lines": ("ex02.yaml", "addition: " + "1-99 " * 200_000),
    "a line far away": ("ex02.yaml", "addition: line" + " " * 500_000 + "x"),
    "blanks between choices": ("ex02.yaml", 'even: "a' + "\\t" * 300_000 + 'b"'),
    "many choices": ("ex02.yaml", "even: " + "two > " * 100_000),
    "brackets on every line": (
        "ex02.yaml",
        "\n".join(f"a{n}: {n}" + "[" * 950 for n in range(400)),
    ),
    "keys in their thousands": ("ex02.yaml", "".join(f"even_{n}: 1\n" for n in range(2_000))),
}


@pytest.mark.parametrize(("name", "content"), LONG.values(), ids=LONG)
def test_a_long_file_takes_no_more_than_its_length(name, content, soon):
    if name.endswith(".ipynb"):
        content = json.dumps({"cells": [{"cell_type": "code", "source": content}]})
    with soon():
        read(name, content.encode())
