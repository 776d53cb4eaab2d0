"""Answer files: strings only, and nothing that costs or surprises."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.models import Question
from grader.course.unreadable import Unreadable
from grader.questions.answers import read_answers, unknown_questions
from grader.questions.plain_yaml import same_key


def given_in(text):
    return read_answers(text, "ex14.yaml").given


def refusal(text):
    with pytest.raises(Unreadable) as caught:
        read_answers(text, "ex14.yaml")
    return caught.value.id, caught.value.arguments


@pytest.mark.parametrize(
    "text",
    ["yes", "no", "0x10", "1e3", "2024-01-01", "1:30", "~", "null", "0,25", "-3", "1_000", ".5"],
)
def test_every_answer_stays_the_text_it_was(text):
    assert given_in(f"mean: {text}") == {"mean": text}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("%YAML 1." + "9" * 5000 + "\n---\na: 1\n", 1),
        ('a: 1\nb:\n    "\\UFFFFFFFF"\n', 3),
        ("a: {x: [[[[[[[[1]]]]]]]]\n  }\n", 1),
    ],
)
def test_what_yaml_s_own_parser_stumbles_over_is_told(text, line):
    assert refusal(text) == ("read.yaml", {"file": "ex14.yaml", "line": line})


def test_lists_and_mappings_are_read():
    text = "a: [W, b]\nb:\n  - x\n  - y\nc:\n  batch: whole\nd:\n"
    assert given_in(text) == {
        "a": ["W", "b"],
        "b": ["x", "y"],
        "c": {"batch": "whole"},
        "d": "",
    }


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "--- # a comment\n", "\n\n"])
def test_a_file_without_entries_answers_nothing(text):
    assert given_in(text) == {}


@pytest.mark.parametrize("text", ["just text", "- a\n- b", "42", "[a, b]"])
def test_a_file_that_is_no_mapping_is_told(text):
    assert refusal(text) == ("read.yaml_not_mapping", {"file": "ex14.yaml"})


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: &x 2\n", 2),
        ("a: &x [1]\nb: *x\n", 1),
        ("a: 1\n\nb: !!python/object:os.system x\n", 3),
        ("a: !t 1\n", 1),
        ("a: *x\n", 1),
        ("a: {<<: *x}\n", 1),
        ("&k a: 1\n", 1),
    ],
)
def test_anchors_aliases_and_tags_are_refused(text, line):
    assert refusal(text) == ("read.yaml_alias", {"line": line})


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", "a", 3),
        ("a: 1\nA: 3\n", "A", 2),
        ("q:\n  x: 1\n  x: 2\n", "x", 3),
        ("mini-batch: 1\nmini_batch: 2\n", "mini_batch", 2),
    ],
)
def test_two_answers_to_one_question_are_told_of(text, key, line):
    found = read_answers(text, "ex14.yaml")
    assert list(found.twice.values()) == [(key, line)]
    assert set(found.twice) <= {same_key(name) for name in found.given}


@pytest.mark.parametrize("text", ["a:\na: 1\n", "a: 1\na: ''\n", "a: 1\nA: 1\n", "a: []\na: 1"])
def test_of_two_answers_an_empty_one_is_none(text):
    found = read_answers(text, "ex14.yaml")
    assert (found.get("a"), found.twice) == ("1", {})


def test_a_gap_that_is_filled_below_its_empty_line_is_filled():
    found = read_answers("q:\n  x:\n  y: 2\n  x: 1\n", "ex14.yaml")
    assert (found.get("q"), found.twice) == ({"x": "1", "y": "2"}, {})


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: [1, 2\n", 3),
        ("a: 1\n\x07b: 2\n", 2),
        ("a: 1\n---\nb: 2\n", 2),
        ("? [a]\n: 1\n", 1),
        ("a:\n" + "".join(" " * n + "x:\n" for n in range(1, 9)), 5),
        ("a: 1\nb: 'it\n", 3),
        ("a: 1\n  b: 2\n", 2),
    ],
)
def test_a_syntax_error_is_told_with_its_line(text, line):
    assert refusal(text) == ("read.yaml", {"file": "ex14.yaml", "line": line})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("head: for i in range(3):", "for i in range(3):"),
        ("head: for i in range(3):  # loop", "for i in range(3):"),
        ("head: x = {'a': 1}", "x = {'a': 1}"),
        ("head: @decorator", "@decorator"),
        ("head: [a, b] = f(x)", "[a, b] = f(x)"),
        ("head:1,285", "1,285"),
        ("head :\u00a01,285", "1,285"),
        ("head: - 3", "- 3"),
        ('head: d["a"]: int = 3', 'd["a"]: int = 3'),
    ],
)
def test_a_pasted_line_or_a_missing_space_is_read_as_meant(text, value):
    assert given_in(f"before: 1\n{text}\nafter: [x, y]\n") == {
        "before": "1",
        "head": value,
        "after": ["x", "y"],
    }


def test_a_pasted_line_in_a_list_is_read_as_meant():
    text = "lines:\n  - @decorator\n  - x = 1\n"
    assert given_in(text) == {"lines": ["@decorator", "x = 1"]}


def test_questions_are_found_however_they_are_spelt():
    answers = read_answers("Mini-Batch : 1\nother: 2\n", "ex33.yaml")
    assert answers.get("mini_batch") == "1"
    assert answers.get("mean") is None


def test_an_answer_to_no_question_is_reported():
    questions = [Question(id="mean", kind="numeric")]
    answers = read_answers("maen: 2\n'\\x1b': 3\n", "ex14.yaml")
    assert unknown_questions(answers, questions) == [("maen", "mean"), ("\\x1b", None)]


def test_a_question_that_is_answered_is_not_meant_by_another_name():
    questions = [Question(id="mean", kind="numeric")]
    answers = read_answers("Mean: 1\nmaen: 2\n", "ex14.yaml")
    assert unknown_questions(answers, questions) == [("maen", None)]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{a: " * 50_000,
        "- " * 50_000,
        "? " * 50_000,
        "a: [" + "x," * 100_000 + "]",
        "".join(f"k{n}: 1\n" for n in range(20_000)),
        "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n",
    ],
)
def test_a_bomb_costs_nothing(text):
    started = time.monotonic()
    refusal(text)
    assert time.monotonic() - started < 3


@given(st.text(max_size=80) | st.text("ab:-[]{},&*!|>'\"# \n?%@", max_size=40))
def test_any_text_is_read_or_refused_with_a_sentence(text):
    try:
        answers = read_answers(text, "ex14.yaml")
    except Unreadable as refused:
        assert refused.id.startswith("read.yaml")  # noqa: PT017 - both outcomes are fine
    else:
        assert isinstance(answers.given, dict)
