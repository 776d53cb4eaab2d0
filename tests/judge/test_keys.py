"""Keys: what an author is told, and the answers that prove a key."""

from fractions import Fraction

import pytest
from pydantic import ValidationError
from support.text_blocks import block

from grader.course.models import Key, KeyFile, Question, QuestionExercise
from grader.questions.keys import (
    all_right_answers,
    key_problems,
    mistaken_answers,
    right_answers,
)
from grader.questions.registry import kind_of
from grader.questions.score import score

LISTING = block("""
    def f(x):
        y = 2 * x

        return y
""")
LISTINGS = {"listing.py": LISTING}

EXERCISE = QuestionExercise.model_validate(
    {
        "id": "ex14",
        "slug": "tiny",
        "section": "errors",
        "kind": "quiz",
        "questions": [
            {"id": "mean", "kind": "numeric"},
            {"id": "loss", "kind": "numeric"},
            {"id": "which", "kind": "single", "choices": ["relu", "sigmoid", "step"]},
            {"id": "trained", "kind": "multiple", "choices": ["w", "b", "x", "u"]},
            {"id": "order", "kind": "ordering", "choices": ["forward", "backward", "update"]},
            {
                "id": "pairs",
                "kind": "matching",
                "items": ["two", "many"],
                "choices": ["sigmoid", "softmax", "relu"],
            },
            {"id": "line", "kind": "lines", "listing": "listing.py"},
            {"id": "gaps", "kind": "cloze", "gaps": ["first", "last"]},
            {"id": "word", "kind": "short_text"},
        ],
    }
)
KEY = {
    "mean": {"answer": 1.284, "tolerance": 0.005, "mistakes": {"sum": 2.568, "log2": [1.852]}},
    "loss": {"answer": "1.140", "tolerance": 0.005, "mistakes": {"log2": 1.645}},
    "which": {"answer": "relu", "mistakes": {"history": ["step"]}},
    "trained": {"answer": ["w", "b"], "mistakes": {"data": ["x"], "computed": ["u"]}},
    "order": {
        "answer": ["forward", "backward", "update"],
        "mistakes": {"early": ["update", "forward", "backward"]},
    },
    "pairs": {
        "answer": {"two": "sigmoid", "many": "softmax"},
        "mistakes": {"swapped": {"two": "softmax", "many": "sigmoid"}},
    },
    "line": {"answer": [2], "mistakes": {"head": [1], "end": 4}},
    "gaps": {
        "answer": {"first": {"en": "input", "fr": ["entrée", "d'entrée"]}, "last": "output"},
        "mistakes": {"ends": {"first": ["output", "sortie"], "last": "input"}},
    },
    "word": {"answer": ["epoch", "an epoch"], "mistakes": {"step": ["batch", "mini-batch"]}},
}


def key_file(**changes):
    return KeyFile.model_validate({"questions": {**KEY, **changes}})


def problems(**changes):
    return [
        (found.field, found.problem.split("{{")[0], found.arguments)
        for found in key_problems(EXERCISE, key_file(**changes), LISTINGS)
    ]


def test_a_sound_key_has_no_problems():
    assert problems() == []


def test_right_answers_earn_everything():
    key = key_file()
    right = right_answers(EXERCISE, key)
    for question in EXERCISE.questions:
        result = score(question, key.questions[question.id], right[question.id], LISTING)
        assert (result.fraction, result.feedback) == (1, ())


def test_every_text_that_a_key_accepts_is_among_the_right_answers():
    key = key_file()
    every = all_right_answers(EXERCISE, key)
    assert every[0] == right_answers(EXERCISE, key)
    assert [answers["gaps"]["first"] for answers in every] == ["input", "entrée", "d'entrée"]
    assert [answers["word"] for answers in every] == ["epoch", "an epoch", "an epoch"]
    for answers in every:
        for question in EXERCISE.questions:
            result = score(question, key.questions[question.id], answers[question.id], LISTING)
            assert result.fraction == 1


def test_mistaken_answers_are_wrong_only_where_the_mistake_is_known():
    key = key_file()
    mistaken = mistaken_answers(EXERCISE, key)
    assert set(mistaken) == {
        "sum",
        "log2",
        "history",
        "data",
        "computed",
        "early",
        "swapped",
        "head",
        "end",
        "ends",
        "step",
    }
    for mistake, answers in mistaken.items():
        for question in EXERCISE.questions:
            of_question = key.questions[question.id]
            result = score(question, of_question, answers[question.id], LISTING)
            if mistake in of_question.mistakes:
                assert result.fraction < 1
                assert result.mistake == mistake
                assert [id_ for id_, _ in result.feedback if id_.startswith("exercise.")] == [
                    f"exercise.{mistake}"
                ]
            else:
                assert result.fraction == 1


def test_questions_without_a_key_and_keys_without_a_question_are_told():
    key = KeyFile.model_validate({"questions": {"other": {"answer": 1}}})
    found = {problem.field for problem in key_problems(EXERCISE, key, LISTINGS)}
    assert found == {"questions.other"} | {f"questions.{q.id}" for q in EXERCISE.questions}


def test_a_missing_listing_is_told():
    found = key_problems(EXERCISE, key_file(), {})
    assert [(p.field, p.arguments) for p in found] == [("questions.line", {"file": "listing.py"})]


@pytest.mark.parametrize(
    ("question", "key", "field"),
    [
        ("mean", {"answer": "many"}, "answer"),
        ("mean", {"answer": True}, "answer"),
        ("mean", {"answer": [1.0]}, "answer"),
        ("mean", {"answer": float("nan")}, "answer"),
        ("mean", {"answer": 1, "mistakes": {"m": "x"}}, "mistakes.m"),
        ("mean", {"answer": 1, "tolerance": 0.1, "mistakes": {"m": 1.1}}, "mistakes.m"),
        ("mean", {"answer": 1, "mistakes": {"m": []}}, "mistakes.m"),
        ("mean", {"answer": 1, "mistakes": {"m": 2, "n": [3, 2]}}, "mistakes.n"),
        ("mean", {"answer": 1, "mistakes": {"m": 2, "n": {}}}, "mistakes.n"),
        ("which", {"answer": "tanh"}, "answer"),
        ("which", {"answer": ["relu"]}, "answer"),
        ("which", {"answer": "relu", "tolerance": 1}, "tolerance"),
        ("which", {"answer": "relu", "mistakes": {"m": "tanh"}}, "mistakes.m"),
        ("which", {"answer": "relu", "mistakes": {"m": ["step", "relu"]}}, "mistakes.m"),
        ("which", {"answer": "relu", "mistakes": {"m": "step", "n": "step"}}, "mistakes.n"),
        ("trained", {"answer": "w"}, "answer"),
        ("trained", {"answer": []}, "answer"),
        ("trained", {"answer": ["w", "w"]}, "answer"),
        ("trained", {"answer": ["w", "z"]}, "answer"),
        ("trained", {"answer": ["w"], "mistakes": {"m": ["w"]}}, "mistakes.m"),
        ("trained", {"answer": ["w"], "mistakes": {"m": [["x"]]}}, "mistakes.m"),
        ("order", {"answer": ["forward", "backward"]}, "answer"),
        ("order", {"answer": ["forward", "backward", "backward"]}, "answer"),
        (
            "order",
            {**KEY["order"], "mistakes": {"m": ["forward", "backward", "update"]}},
            "mistakes.m",
        ),
        ("order", {**KEY["order"], "mistakes": {"m": ["forward"]}}, "mistakes.m"),
        ("order", {"answer": ["update", "forward", "backward"]}, "answer"),
        ("pairs", {"answer": ["sigmoid"]}, "answer"),
        ("pairs", {"answer": {"two": "sigmoid"}}, "answer"),
        ("pairs", {"answer": {"two": "sigmoid", "many": "tanh"}}, "answer"),
        ("pairs", {**KEY["pairs"], "mistakes": {"m": {"three": "sigmoid"}}}, "mistakes.m"),
        ("pairs", {**KEY["pairs"], "mistakes": {"m": {"two": "sigmoid"}}}, "mistakes.m"),
        ("pairs", {**KEY["pairs"], "mistakes": {"m": {}}}, "mistakes.m"),
        ("line", {"answer": [0]}, "answer"),
        ("line", {"answer": [5]}, "answer"),
        ("line", {"answer": [3]}, "answer"),
        ("line", {"answer": ["2"]}, "answer"),
        ("line", {"answer": [2, 2]}, "answer"),
        ("line", {"answer": []}, "answer"),
        ("line", {"answer": [2], "mistakes": {"m": [2]}}, "mistakes.m"),
        ("line", {"answer": [2], "mistakes": {"m": [9]}}, "mistakes.m"),
        ("gaps", {"answer": ["input", "output"]}, "answer"),
        ("gaps", {"answer": {}}, "answer"),
        ("gaps", {"answer": {"first": "input"}}, "answer"),
        ("gaps", {"answer": {"first": [], "last": "output"}}, "answer"),
        ("gaps", {"answer": {"first": " ", "last": "output"}}, "answer"),
        ("gaps", {"answer": {"first": 0.5, "last": "output"}}, "answer"),
        ("gaps", {"answer": {**KEY["gaps"]["answer"], "middle": "hidden"}}, "answer"),
        ("gaps", {**KEY["gaps"], "mistakes": {"m": {"last": "Output."}}}, "mistakes.m"),
        ("gaps", {**KEY["gaps"], "mistakes": {"m": {"last": ["x", "output"]}}}, "mistakes.m"),
        ("gaps", {**KEY["gaps"], "mistakes": {"m": {"middle": "x"}}}, "mistakes.m"),
        ("gaps", {**KEY["gaps"], "mistakes": {"m": {"last": []}}}, "mistakes.m"),
        ("gaps", {**KEY["gaps"], "mistakes": {"m": {"last": 1}}}, "mistakes.m"),
        ("gaps", {**KEY["gaps"], "mistakes": {"m": "x"}}, "mistakes.m"),
        ("gaps", {**KEY["gaps"], "mistakes": {"m": []}}, "mistakes.m"),
        ("word", {"answer": []}, "answer"),
        ("word", {"answer": ""}, "answer"),
        ("word", {"answer": [None]}, "answer"),
        ("word", {"answer": {"de": "Epoche"}}, "answer"),
        ("word", {"answer": "epoch", "tolerance": 1}, "tolerance"),
        ("word", {"answer": "epoch", "mistakes": {"m": ["batch", "Epoch"]}}, "mistakes.m"),
        ("word", {"answer": "epoch", "mistakes": {"m": []}}, "mistakes.m"),
        ("word", {"answer": "epoch", "mistakes": {"m": [["batch"]]}}, "mistakes.m"),
        ("word", {"answer": "epoch", "mistakes": {"m": 5}}, "mistakes.m"),
        ("word", {"answer": "epoch", "mistakes": {"m": "batch", "n": "Batch"}}, "mistakes.n"),
    ],
)
def test_a_faulty_key_is_told_with_its_field(question, key, field):
    assert {found[0] for found in problems(**{question: key})} == {f"questions.{question}.{field}"}


def test_one_text_cannot_be_two_mistakes_of_a_gap():
    key = {**KEY["gaps"], "mistakes": {"m": {"last": "x"}, "n": [{"last": ["y", "X"]}]}}
    assert {found[0] for found in problems(gaps=key)} == {
        "questions.gaps.mistakes.m",
        "questions.gaps.mistakes.n",
    }


def test_a_problem_names_what_is_wrong():
    found = key_problems(EXERCISE, key_file(which={"answer": "tanh"}), LISTINGS)
    assert (
        found[0].problem == "{{choice}} is not a choice of this question; choose from {{choices}}"
    )
    assert found[0].arguments == {"choice": "tanh", "choices": "relu, sigmoid, step"}


def test_a_mistake_of_ordering_may_have_several_orders():
    orders = [["update", "forward", "backward"], ["update", "backward", "forward"]]
    key = {**KEY["order"], "mistakes": {"early": orders}}
    assert problems(order=key) == []


@pytest.mark.parametrize(
    ("choices", "answer", "share"),
    [("ab", "a", 0.5), ("abc", "a", None), ("abcd", "a", None)],
)
def test_a_guess_earns_no_more_than_a_third(choices, answer, share):
    question = Question(id="q", kind="single", choices=tuple(choices))
    assert unfair(question, answer) == ([] if share is None else ["guessing earns "])


@pytest.mark.parametrize(
    ("choices", "right", "told"),
    [("abcdefg", 2, []), ("abcd", 2, []), ("abcde", 3, ["naming all choices"])],
)
def test_naming_all_choices_earns_nothing(choices, right, told):
    question = Question(id="q", kind="multiple", choices=tuple(choices))
    assert unfair(question, list(choices[:right])) == told


@pytest.mark.parametrize(
    ("kind", "fields", "answer", "share"),
    [
        ("multiple", {"choices": "abcdefg"}, ["a", "b"], Fraction(9, 254)),
        ("ordering", {"choices": "abc"}, ["a", "b", "c"], Fraction(1, 3)),
        ("ordering", {"choices": "abcd"}, ["a", "b", "c", "d"], Fraction(5, 48)),
        ("matching", {"choices": "abcd", "items": "xy"}, {"x": "a", "y": "b"}, Fraction(1, 4)),
        ("numeric", {}, 0.25, 0),
        ("lines", {"listing": "listing.py"}, [2], Fraction(1, 3)),
    ],
)
def test_what_luck_earns_is_the_mean_over_all_answers(kind, fields, answer, share):
    lists = {name: list(value) for name, value in fields.items() if name != "listing"}
    question = Question.model_validate({"id": "q", "kind": kind, **fields, **lists})
    assert kind_of(kind).by_chance(question, Key(answer=answer), LISTING) == share


def unfair(question, answer):
    exercise = EXERCISE.model_copy(update={"questions": (question,)})
    key = KeyFile(questions={"q": Key(answer=answer)})
    problems = (found.problem.partition("{{")[0] for found in key_problems(exercise, key, {}))
    return [problem.partition(" earns points")[0] for problem in problems]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"kind": "cloze"}, "gaps belong to a cloze question"),
        ({"kind": "numeric", "gaps": ["a"]}, "gaps belong to a cloze question"),
        ({"kind": "cloze", "gaps": ["a", "a"]}, "must be unique"),
        ({"kind": "cloze", "gaps": ["A b"]}, "pattern"),
        ({"kind": "cloze", "gaps": ["a"], "choices": ["x", "y"]}, "has no choices"),
        ({"kind": "short_text", "choices": ["x", "y"]}, "has no choices"),
        ({"kind": "short_text", "compare": "letters"}, "words"),
        ({"kind": "numeric", "compare": "words"}, "compares no texts"),
    ],
)
def test_the_structure_of_a_question_fits_its_kind(fields, told):
    with pytest.raises(ValidationError, match=told):
        Question.model_validate({"id": "q", **fields})
