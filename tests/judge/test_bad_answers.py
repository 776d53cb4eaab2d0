"""Bad input to every kind of question, of these courses and the built-in one."""

import json
from pathlib import Path

import pytest
from support.languages import LANGUAGES
from support.text_blocks import block

from grader.course.loading import Course
from grader.judge.reading.submission import UnreadableSubmissionError, read_bytes
from grader.judge.run import Judge
from grader.questions.keys import right_answers
from grader.report.consistency import contradiction
from grader.report.localise import localise

COURSES = Path(__file__).resolve().parents[1] / "courses"
EXERCISES = [
    ("tiny", "ex02"),
    ("typed", "ex01"),
    *(("", id_) for id_ in ("ex01", "ex08", "ex14", "ex20", "ex34")),
]
DAMAGED = {
    "escape": " a\x1bb",
    "null": " 'a\x00b'",
    "delete": " [a\x7f]",
    "C1": "\n  a: b\x9bc",
    "open quotation mark": " 'a",
    "open bracket": " [a, b",
    "an anchor": "\n  - &x\n    - a",
    "a tag": " !!python/object:os.system\n  a: b",
    "text below": " a\n  b: c",
}
WRONG = {
    "an unknown choice": " no_such_thing",
    "text": " a quarter",
    "two numbers": " [0.25, 0.5]",
    "ten thousand letters": " " + "x" * 10_000,
    "ten thousand items": " [" + ", ".join("x" * 2_000) + "]",
    "escaped controls": ' "a\\x1b[2J\\x07\\u202e"',
    "anchor": " &x",
    "alias": " *x",
    "tag": " !x",
    "directive": " %x",
    "item of a list": " - - x",
    "a mapping": "\n  no_such_thing: x",
    "tabs": "\n\tno_such_thing: x\n\tnone_either: y",
    "folded text": " >\n  no such thing",
}
EMPTY = {
    "nothing": "",
    "blanks": "   ",
    "a bar": " |",
    "an angle": " >",
    "an empty list": " []",
    "empty quotation marks": ' ""',
    "nobody can see it": " '\u200b\ufeff\u2060'",
    "nothing but controls": " \x1b\x07",
    "a null": " '\x00'",
    "escapes that nobody can see": ' "\\x00\\x07\\u200b"',
}


def _course(name):
    return Course(COURSES / name if name else COURSES.parents[1])


@pytest.fixture(scope="module", params=EXERCISES, ids=lambda one: " ".join(one).strip())
def court(request):
    name, id_ = request.param
    with Judge(_course(name).exercise(id_)) as judge:
        model = judge.exercise.quiz
        right = right_answers(model, judge.exercise.key)
        tried = {question.kind: question.id for question in reversed(model.questions)}
        answers = {key: f" {json.dumps(value)}" for key, value in right.items()}
        yield judge, answers, tried.values()


def judged(judge, answers):
    text = "".join(f"{name}:{answer}\n" for name, answer in answers.items())
    report = judge.judge(read_bytes(text.encode(), "answers.yaml", "quiz"))
    assert contradiction(report) is None
    return report


def read_aloud(judge, report):
    """Read what is told in each language: sentences of which nothing is hidden."""
    for lang in LANGUAGES:
        text = localise(report, judge.exercise.course, lang)
        sentences = [m.text for check in text.checks for m in check.feedback]
        sentences += [m.text for m in text.load.feedback]
        for said in sentences:
            assert 0 < len(said) < 300
            assert "{{" not in said
            assert not set(map(chr, [*range(32), 127, *range(128, 160), 0x202E])) & set(said)
            assert lang != "ru" or any("а" <= letter <= "я" for letter in said)


def only(judge, right, name, answer, status):
    """Judge right answers but for one, and expect of all others that they stay right."""
    report = judged(judge, {**right, name: answer})
    checks = {check.id: check for check in report.checks}
    bad = checks.pop(name)
    assert bad.status in status
    assert bad.feedback
    assert bad.reached == 0 or bad.status == "needs_review"
    assert {check.status for check in checks.values()} <= {"passed", "needs_review"}
    read_aloud(judge, report)
    return bad


@pytest.mark.parametrize("answer", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_answer_costs_its_question(court, answer):
    judge, right, tried = court
    for name in tried:
        bad = only(judge, right, name, answer, {"failed", "needs_review"})
        told = {"read.yaml", "read.yaml_alias", "read.control"}
        assert (bad.feedback[0].id in told) == (bad.status == "failed")


def test_a_text_for_a_teacher_is_kept_without_its_control_characters(court):
    judge, right, tried = court
    for name in tried:
        bad = only(judge, right, name, " |\n  a \x0btext\x1b", {"failed", "needs_review"})
        assert bad.answer in {None, "a text"}
        assert (bad.answer is None) == (bad.status == "failed")


@pytest.mark.parametrize("answer", WRONG.values(), ids=WRONG)
def test_a_wrong_answer_costs_its_question(court, answer):
    judge, right, tried = court
    for name in tried:
        only(judge, right, name, answer, {"failed", "needs_review"})


@pytest.mark.parametrize("answer", EMPTY.values(), ids=EMPTY)
def test_an_answer_that_nobody_can_see_is_none(court, answer):
    judge, right, tried = court
    for name in tried:
        only(judge, right, name, answer, {"unanswered"})


def test_two_answers_to_a_question_cost_it(court):
    judge, right, tried = court
    for name in tried:
        bad = only(judge, right, name, f"{right[name]}\n{name}: other", {"failed"})
        assert bad.feedback[0].id == "quiz.twice"


def test_answers_are_read_in_any_order_with_any_line_ends_and_names_that_are_none(court):
    judge, right, _ = court
    answers = {"no_such_question": " x", **dict(reversed(right.items()))}
    text = "".join(f"{name}:{answer}\r\n" for name, answer in answers.items())
    for data in (text.encode("utf-8-sig"), text.replace("\r\n", "\r").encode()):
        report = judge.judge(read_bytes(data, "answers.yaml", "quiz"))
        assert {check.status for check in report.checks} <= {"passed", "needs_review"}
        assert [m.id for m in report.load.feedback] == ["quiz.unknown_question"]
        read_aloud(judge, report)


def test_answers_in_json_are_read(court):
    judge, right, _ = court
    data = json.dumps({name: json.loads(answer) for name, answer in right.items()}, indent=1)
    report = judge.judge(read_bytes(data.encode(), "answers.yaml", "quiz"))
    assert {check.status for check in report.checks} <= {"passed", "needs_review"}


@pytest.mark.parametrize("name", ["answers.py", "answers.ipynb", "answers.json", "answers"])
def test_a_file_of_another_kind_is_told(name):
    with pytest.raises(UnreadableSubmissionError) as caught:
        read_bytes(b"{}", name, "quiz")
    assert caught.value.id == "read.suffix"


@pytest.mark.parametrize(
    "text",
    [
        block("""
            import numpy as np


            def softmax(x):
                return x
        """),
        json.dumps([{"half": 1}]),
        "half 0.25\n",
        block("""
            import numpy as np

            try:
                import torch
            except ImportError:
                pass
        """),
    ],
)
def test_what_is_no_answer_file_is_told(court, text):
    judge, *_ = court
    with pytest.raises(UnreadableSubmissionError) as caught:
        judge.judge(read_bytes(text.encode(), "answers.yaml", "quiz"))
    assert caught.value.id.startswith("read.yaml")


@pytest.mark.parametrize("before", ["Jane Doe, group 3", "- Jane", "&k x: 1", "\x1b[2J", "'Jane"])
def test_what_stands_before_the_first_answer_is_told_and_costs_none(court, before):
    judge, right, _ = court
    text = f"# quiz\n\n{before}\n" + "".join(f"{name}:{right[name]}\n" for name in right)
    report = judge.judge(read_bytes(text.encode(), "answers.yaml", "quiz"))
    assert {check.status for check in report.checks} <= {"passed", "needs_review"}
    (said,) = report.load.feedback
    assert said.id.startswith("read.")
    assert said.args["line"] in {3, 4}
    read_aloud(judge, report)


def test_a_notebook_as_answers_is_told_of(court):
    judge, *_ = court
    notebook = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    data = json.dumps(notebook).encode()
    report = judge.judge(read_bytes(data, "answers.yaml", "quiz"))
    assert {check.status for check in report.checks} == {"unanswered"}
    assert len(report.load.feedback) == len(notebook)
    read_aloud(judge, report)
