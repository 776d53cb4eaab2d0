"""A sealed key scores every answer as the key itself does, and cannot be read."""

import json

import pytest
from support.quizzes import COURSES

from grader.course.loading import Course
from grader.course.locate import builtin_root
from grader.course.models import Key, Question
from grader.questions.keys import all_right_answers, mistaken_answers
from grader.questions.score import score
from grader.questions.sealing import opened_key, sealed_question

NUMBER = Question(id="n", kind="numeric")
KEY = Key(answer=1.140, tolerance=0.005, mistakes={"sign": -1.140, "log2": [1.6444, 1.65]})
BORDERS = ("1.135", "1.145", "1.1349", "1.1451", "1,14", "57/50", "-1.14", "1.6494", "1.655", "0")
COURSE = Course(builtin_root())
QUIZZES = [name for name in COURSE.names if COURSE.exercise(name).model.kind != "code"]


def alike(question, key, answer, listing=""):
    """Return the scores by the key and by its seal, but for numbers that are told to be near."""
    sealed = sealed_question(question, key, listing)
    whole = score(question, key, answer, listing)
    opened = score(question, opened_key(question, sealed, answer, listing), answer, listing)
    if [id_ for id_, _ in whole.feedback] == ["quiz.number_near"]:
        assert [id_ for id_, _ in opened.feedback] == ["quiz.wrong"]
        return whole.fraction, opened.fraction
    return whole, opened


def wrong_answers(question):
    """Return answers that may be wrong, for any kind."""
    choices = [*question.choices]
    yield from (*choices, choices, choices[::-1], choices[1:], "zzz", ["1", "2"], "3", "2.5", "")
    yield dict.fromkeys(question.items, choices[0] if choices else "")
    yield {item: choices[at % len(choices)] for at, item in enumerate(question.items)}
    yield dict.fromkeys(question.gaps, "relu")


def each_question(exercise):
    key = exercise.key
    known = [*all_right_answers(exercise.quiz, key), *mistaken_answers(exercise.quiz, key).values()]
    for question in exercise.quiz.questions:
        listing = exercise.listing(question.listing) if question.listing else ""
        answers = [one[question.id] for one in known]
        yield question, key.questions[question.id], listing, [*answers, *wrong_answers(question)]


def hold(exercise):
    for question, key, listing, answers in each_question(exercise):
        sealed = sealed_question(question, key, listing)
        for at, answer in enumerate(answers):
            if answer in answers[:at]:
                continue
            whole = score(question, key, answer, listing)
            opened = opened_key(question, sealed, answer, listing)
            here = score(question, opened, answer, listing)
            if [id_ for id_, _ in whole.feedback] == ["quiz.number_near"]:
                assert here.fraction == 0
            else:
                assert here == whole, (question.id, answer)


@pytest.mark.parametrize("course", ["tiny", "typed"])
def test_every_kind_is_scored_alike(course):
    for exercise in Course(COURSES / course).exercises():
        if exercise.model.kind != "code":
            hold(exercise)


@pytest.mark.slow
@pytest.mark.parametrize("name", QUIZZES)
def test_the_whole_course_is_scored_alike(name):
    hold(COURSE.exercise(name))


@pytest.mark.parametrize("answer", BORDERS)
def test_a_number_is_right_up_to_the_border_of_its_tolerance(answer):
    whole, opened = alike(NUMBER, KEY, answer)
    assert whole == opened


@pytest.mark.parametrize("answer", ["1/3", "0.3333333", "2/6", "-1/3"])
def test_a_number_without_a_tolerance_is_exact(answer):
    whole, opened = alike(NUMBER, Key(answer="1/3", mistakes={"sign": "-1/3"}), answer)
    assert whole == opened


def test_a_seal_tells_neither_the_answer_nor_how_many_facts_are_right():
    choices = ("alpha", "beta", "gamma", "delta")
    question = Question(id="q", kind="multiple", choices=choices)
    key = Key(answer=["alpha", "beta"], mistakes={"slip": ["gamma"]})
    sealed = sealed_question(question, key)
    text = sealed.model_dump_json()
    assert not [word for word in (*choices, "slip", "right") if word in text]
    assert len(sealed.facts) == len(choices)
    assert len({len(fact) for fact in sealed.facts.values()}) == 1
    assert sealed_question(question, key).salt != sealed.salt


def test_of_a_number_the_digits_beyond_its_tolerance_alone_are_told():
    sealed = sealed_question(NUMBER, KEY)
    assert sealed.public["width"] == "1/100"
    assert all(0 <= eval(begin) < 0.01 for begin in sealed.public["begins"])  # noqa: S307 - fractions
    assert "1.14" not in json.dumps(sealed.public)


def test_a_free_text_waits_for_a_teacher_as_ever():
    question = Question(id="t", kind="free_text", points=2)
    key = Key(key_points={"one": 2})
    whole, opened = alike(question, key, "Some text.")
    assert whole == opened
    assert whole.text == "Some text."
