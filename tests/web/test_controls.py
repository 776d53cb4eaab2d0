"""Every kind of question has controls, and their values are read as they were meant."""

import inspect
from typing import get_args

import pytest
from starlette.datastructures import FormData
from support.quizzes import EVERYTHING, GAPS, asked_questions, load

from grader.asking import step as steps
from grader.asking.registry import manner_of
from grader.course.loading import Course
from grader.course.locate import builtin_root
from grader.pages.environment import environment
from grader.questions.kind import QuestionKind
from grader.web.controls.registry import CONTROLS, control_of

OPTIONS = (("a", "A"), ("b", "B"), ("c", "C"))


def test_every_form_of_step_has_a_control_and_a_macro():
    forms = {
        one
        for _, one in inspect.getmembers(steps, inspect.isclass)
        if issubclass(one, steps.Step) and one is not steps.Step
    }
    assert forms == CONTROLS.keys()
    macros = environment("en", "grader.web").loader.get_source(None, "controls.html")[0]
    for control in CONTROLS.values():
        assert f"{{% macro {control.macro}(field) %}}" in macros
        assert f'field.macro == "{control.macro}"' in macros


def test_every_kind_of_question_is_answered_by_controls():
    exercises = [load(EVERYTHING), load(GAPS)]
    exercises += [one for one in Course(builtin_root()).exercises() if one.model.kind != "code"]
    seen = set()
    for exercise in exercises:
        for asked in asked_questions(exercise).values():
            found = manner_of(asked.question.kind).steps(asked)
            assert found
            assert all(control_of(step) for step in found)
            seen.add(asked.question.kind)
    assert seen == {*get_args(QuestionKind)}


ONE, SOME = steps.OneOf(options=OPTIONS), steps.SomeOf(options=OPTIONS)
ORDER, LISTED = steps.InOrder(options=OPTIONS), steps.LinesOf(listing="x\ny\n")


@pytest.mark.parametrize(
    ("step", "sent", "value"),
    [
        (ONE, [("q", "b")], ("b",)),
        (ONE, [("q", "")], ()),
        (ONE, [], ()),
        (SOME, [("q", "c"), ("q", "a")], ("a", "c")),
        (SOME, [("q", "x"), ("q", "a")], ("a", "x")),
        (SOME, [], ()),
        (ORDER, [("q.a", "2"), ("q.b", "1"), ("q.c", "3")], ("b", "a", "c")),
        (ORDER, [("q.a", ""), ("q.b", ""), ("q.c", "")], ()),
        (ORDER, [("q.a", "2"), ("q.b", ""), ("q.c", "1")], ("c", "a")),
        (ORDER, [("q.a", "0"), ("q.b", "4"), ("q.c", "x")], ()),
        (LISTED, [("q", "10"), ("q", "2"), ("q", "1")], ("1", "2", "10")),
        (LISTED, [("q", "x"), ("q", "²"), ("q", "-1")], ()),
        (steps.Line(), [("q", "  a\r\nb ")], "a b"),
        (steps.Line(), [], ""),
        (steps.Text(), [("q", "one\r\n  two\rthree\n")], "one\n  two\nthree"),
    ],
)
def test_a_control_is_read(step, sent, value):
    assert control_of(step).read(step, FormData(sent), "q") == value


@pytest.mark.parametrize("places", ["112", "111", "133", "221"])
def test_an_order_with_two_at_one_place_is_none(places):
    sent = FormData([(f"q.{id_}", place) for (id_, _), place in zip(OPTIONS, places, strict=True)])
    value = control_of(ORDER).read(ORDER, sent, "q")
    assert 0 < len(value) < 3
