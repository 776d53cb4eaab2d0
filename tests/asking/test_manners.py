"""Each kind of question has a manner in which it is asked, which knows nothing of right answers."""

from dataclasses import replace
from typing import get_args

import pytest
from support.quizzes import EVERYTHING, GAPS, asked_questions, load

from grader.asking.registry import asked_kinds, manner_of
from grader.asking.typed_values import NotAValueError, typed_value
from grader.course.languages import LANGUAGES, Translator
from grader.questions.answers import read_answers
from grader.questions.kind import QuestionKind
from grader.questions.score import score
from grader.report.messages import sentence

EN = Translator("en")


def test_every_kind_of_question_has_a_manner():
    assert [*asked_kinds()] == sorted(get_args(QuestionKind))
    for kind in get_args(QuestionKind):
        assert manner_of(kind)


@pytest.fixture(scope="module")
def questions():
    return asked_questions(load(EVERYTHING)) | asked_questions(load(GAPS))


def steps(asked):
    return manner_of(asked.question.kind).steps(asked)


# What is typed at each step of a question, right and wrong.
TYPED = {
    "smallest": (["one"], ["three"]),
    "even": (["two, four"], ["one two"]),
    "signs": (["sum", "product"], ["product", "sum"]),
    "growing": (["small medium large"], ["large, medium, small"]),
    "half": (["0,25"], ["1"]),
    "addition": (["4"], ["5"]),
    "layers": (["input", "hidden", "output"], ["output", "hidden", "input"]),
    "update": (["lr", "grad['W']"], ["lr", "grad"]),
    "method": (["Gradient-descent."], ["backpropagation"]),
    "mean": (["np.mean(x, axis=0)"], ["x.mean()"]),
}


@pytest.mark.parametrize("id_", TYPED)
@pytest.mark.parametrize("right", [True, False])
def test_what_is_asked_is_scored_as_what_is_written(questions, id_, right):
    asked = questions[id_]
    manner = manner_of(asked.question.kind)
    answer = None
    for step, typed in zip(steps(asked), TYPED[id_][0 if right else 1], strict=True):
        value = typed_value(step, typed, EN)
        assert manner.complaint(asked, step, value) is None
        answer = manner.answer_with(asked, step, answer, value)
        assert manner.given(asked, step, answer) == value
    loaded = load(EVERYTHING if id_ in asked_questions(load(EVERYTHING)) else GAPS)
    key = loaded.key.questions[id_]
    assert (score(asked.question, key, answer, asked.listing).fraction == 1) is right


UNUSABLE = [
    ("smallest", "4", "“4” is none of the choices. Type a number from 1 to 3."),
    ("smallest", "b", "“b” is none of the choices. Type a number from 1 to 3."),
    ("smallest", "1 2", ("quiz.choices_many", {})),
    ("even", "1 7", "“7” is none of the choices. Type a number from 1 to 4."),
    ("growing", "1 2", ("quiz.order_incomplete", {})),
    ("growing", "1 2 2", ("quiz.order_incomplete", {})),
    ("half", "half", ("quiz.number_unreadable", {"text": "half"})),
    ("half", "1,000.5", ("quiz.number_separators", {"text": "1,000.5"})),
    ("addition", "99", ("quiz.line_range", {"line": 99, "last": 5})),
    ("addition", "nonsense", ("quiz.line_unknown", {"text": "nonsense"})),
    ("method", "x" * 500, ("quiz.text_long", {"text": f"{'x' * 59}…", "limit": 400})),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("id_", "typed", "told"), UNUSABLE)
def test_what_cannot_be_scored_is_told_in_the_words_of_the_grader(
    questions, id_, typed, told, lang
):
    asked = questions[id_]
    (step, *_) = steps(asked)
    try:
        value = typed_value(step, typed, Translator(lang))
        feedback = manner_of(asked.question.kind).complaint(asked, step, value)
        assert feedback is not None
        found = sentence(*feedback, lang)
    except NotAValueError as error:
        found = str(error)
    if isinstance(told, tuple):
        assert found == sentence(*told, lang)
    elif lang == "en":
        assert found == told
    else:
        assert found != told


@pytest.mark.parametrize(
    ("id_", "written"),
    [
        ("smallest", "eleven"),
        ("smallest", "[one, two]"),
        ("even", "[two, eleven]"),
        ("growing", "[small, eleven]"),
        ("addition", "[1, 99]"),
        ("addition", "some text"),
        ("signs", "{plus: eleven, times: eleven}"),
    ],
)
def test_an_answer_of_another_version_is_asked_again(questions, id_, written):
    asked = questions[id_]
    answer = read_answers(f"{id_}: {written}\n", "ex02.yaml", [id_]).get(id_)
    for step in steps(asked):
        assert not manner_of(asked.question.kind).given(asked, step, answer)


def test_options_are_typed_by_number_or_by_name(questions):
    (step,) = steps(questions["smallest"])
    first = step.options[0][0]
    for typed in ("1", "1.", "1)", " 1 ", first, first.upper()):
        assert typed_value(step, typed, EN) == (first,)


def test_lines_are_typed_as_numbers_ranges_or_text(questions):
    asked = questions["addition"]
    (step,) = steps(asked)
    assert typed_value(step, "1-3", EN) == ("1", "2", "3")
    assert typed_value(step, "line 4", EN) == ("4",)
    assert typed_value(step, asked.listing.splitlines()[3], EN) == ("4",)


def test_a_text_that_stands_in_several_lines_needs_a_number(questions):
    (step,) = steps(questions["addition"])
    twice = replace(step, listing="x = 1\ny = 2\nx = 1\n")
    with pytest.raises(NotAValueError, match="lines 1, 3: type the number"):
        typed_value(twice, "x = 1", EN)


def test_nothing_typed_is_terminal_control(questions):
    (step,) = steps(questions["method"])
    assert typed_value(step, "\x1b[31mred\x07 \x9b2J\u202etext", EN) == "red text"
