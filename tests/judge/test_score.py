"""Scoring: points, the mistake that is recognised, and the sentence that is said."""

from decimal import Decimal
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.text_blocks import block

from grader.course.models import Key, Question
from grader.questions.answers import read_answers
from grader.questions.kind import QuestionKind
from grader.questions.registry import kind_of
from grader.questions.score import points, score

LISTING = """\
import numpy as np

def train(network, x, d, steps=3):
    learning_rate = 0.1  # eta
    for step in range(steps):
        grad = gradient(network, x, d)
        for key in ("W1", "b1"):
            network[key] -= learning_rate * grad[key]
        if step % 2 == 0:
            print(f"step {step}")
        else:
            # nothing to say
            pass
    pass
    return {"network": network}
"""


def scored(question, key, text, listing=None):
    """Score an answer as it stands in a file."""
    answers = read_answers(f"q: {text}\n", "ex14.yaml")
    return score(question, key, answers.get("q"), listing)


def ids(result):
    return [message for message, _ in result.feedback]


# -- single ------------------------------------------------------------------------------------

SINGLE = Question(id="q", kind="single", choices=("relu", "sigmoid", "step_function"))
SINGLE_KEY = Key(answer="relu", mistakes={"history": ["step_function"], "old": "sigmoid"})


@pytest.mark.parametrize("text", ["relu", "ReLU", " relu ", "'relu'", "[relu]", "relu,"])
def test_the_right_choice_earns_everything(text):
    result = scored(SINGLE, SINGLE_KEY, text)
    assert (result.fraction, result.feedback, result.mistake) == (1, (), None)


@pytest.mark.parametrize(
    ("text", "mistake"),
    [("step-function", "history"), ("Step function", "history"), ("sigmoid", "old")],
)
def test_a_wrong_choice_is_named(text, mistake):
    result = scored(SINGLE, SINGLE_KEY, text)
    assert result.fraction == 0
    assert result.feedback == ((f"exercise.{mistake}", {}),)
    assert result.mistake == mistake


def test_a_wrong_choice_without_a_name_is_just_wrong():
    assert ids(scored(SINGLE, Key(answer="relu"), "sigmoid")) == ["quiz.wrong"]


@pytest.mark.parametrize("text", ["tanh", "relu tanh", "{relu: yes}", "','", "[[relu, x]]"])
def test_an_unknown_choice_is_told_with_the_choices(text):
    result = scored(SINGLE, SINGLE_KEY, text)
    assert result.fraction == 0
    assert ids(result) == ["quiz.choice_unknown"]
    assert result.feedback[0][1]["choices"] == "relu, sigmoid, step_function"


@pytest.mark.parametrize("text", ["relu, sigmoid", "[relu, sigmoid]", "relu sigmoid"])
def test_two_choices_where_one_is_asked_are_refused(text):
    assert ids(scored(SINGLE, SINGLE_KEY, text)) == ["quiz.choices_many"]


@pytest.mark.parametrize(
    "question",
    [
        SINGLE,
        Question(id="q", kind="multiple", choices=("a", "b")),
        Question(id="q", kind="ordering", choices=("a", "b")),
        Question(id="q", kind="matching", choices=("a", "b"), items=("x",)),
        Question(id="q", kind="numeric"),
        Question(id="q", kind="lines", listing="listing.py"),
        Question(id="q", kind="cloze", gaps=("a", "b")),
        Question(id="q", kind="short_text"),
    ],
)
@pytest.mark.parametrize("text", ["", "''", "[]", "{}", "['', ]", "\n  -\n  -"])
def test_no_answer_is_told(question, text):
    result = scored(question, Key(answer="x"), text, LISTING)
    assert result.fraction == 0
    assert ids(result) == ["quiz.unanswered"]
    assert result.unanswered


# -- multiple ----------------------------------------------------------------------------------

MULTIPLE = Question(id="q", kind="multiple", choices=("x", "y", "w", "b", "u", "rho"))
MULTIPLE_KEY = Key(
    answer=["w", "b"],
    mistakes={"data": ["x", "y"], "computed": "u", "chosen_by_hand": ["rho"]},
)


@pytest.mark.parametrize(
    "text", ["W, b", "[b, W]", "w b", "b; w", "\n  - W\n  - b", "[W, b, W]", "'W, b,'"]
)
def test_all_right_choices_earn_everything(text):
    assert scored(MULTIPLE, MULTIPLE_KEY, text).fraction == 1


@pytest.mark.parametrize(
    ("text", "fraction", "feedback"),
    [
        ("W", "1/2", [("quiz.partly", {"right": 1, "total": 2})]),
        ("W, b, x", "1/2", [("exercise.data", {}), ("quiz.partly", {"right": 2, "total": 3})]),
        ("W, x", "0", [("exercise.data", {})]),
        ("x, u, rho", "0", ["exercise.data", "exercise.computed", "exercise.chosen_by_hand"]),
        ("x, y, w, b, u, rho", "0", ["exercise.data", "exercise.computed", None]),
    ],
)
def test_right_minus_wrong_is_what_counts(text, fraction, feedback):
    result = scored(MULTIPLE, MULTIPLE_KEY, text)
    assert result.fraction == Fraction(fraction)
    for got, expected in zip(result.feedback, feedback, strict=True):
        assert expected in (None, got, got[0])


def test_a_choice_that_is_unknown_counts_as_wrong():
    result = scored(MULTIPLE, MULTIPLE_KEY, "W, b, z")
    assert result.fraction == Fraction(1, 2)
    assert ids(result) == ["quiz.choice_unknown", "quiz.partly"]


def test_a_flood_of_unknown_choices_is_told_a_few_times():
    text = "[" + ",".join(f"z{n}" for n in range(500)) + "]"
    assert len(scored(MULTIPLE, MULTIPLE_KEY, text).feedback) == 5


# -- matching ----------------------------------------------------------------------------------

MATCHING = Question(
    id="q",
    kind="matching",
    items=("regression", "two_classes", "many_classes"),
    choices=("identity", "sigmoid", "softmax"),
)
MATCHING_KEY = Key(
    answer={"regression": "identity", "two_classes": "sigmoid", "many_classes": "softmax"},
    mistakes={"swapped": {"two_classes": "softmax", "many_classes": "sigmoid"}},
)


@pytest.mark.parametrize(
    "text",
    [
        "{regression: identity, two classes: sigmoid, many-classes: Softmax}",
        "\n  - regression: identity\n  - two_classes: sigmoid\n  - many_classes: [softmax]",
    ],
)
def test_all_pairs_right_earn_everything(text):
    result = scored(MATCHING, MATCHING_KEY, text)
    assert (result.fraction, result.feedback) == (1, ())


@pytest.mark.parametrize(
    ("text", "fraction", "feedback"),
    [
        (
            "{regression: identity, two_classes: softmax, many_classes: sigmoid}",
            "1/3",
            [("exercise.swapped", {}), ("quiz.partly", {"right": 1, "total": 3})],
        ),
        (
            "{regression: identity, two_classes: sigmoid, many_classes: }",
            "2/3",
            [
                ("quiz.item_unanswered", {"item": "many_classes"}),
                ("quiz.partly", {"right": 2, "total": 3}),
            ],
        ),
        (
            "{regression: identity, two_classes: sigmoid, many_classes: softmax, other: sigmoid}",
            "1",
            [("quiz.item_unknown", {"item": "other"})],
        ),
        (
            "{regression: tanh, two_classes: identity, many_classes: sigmoid softmax}",
            "0",
            [
                (
                    "quiz.choice_unknown",
                    {"text": "tanh", "choices": "identity, sigmoid, softmax"},
                ),
                ("quiz.choices_many", {}),
            ],
        ),
        (
            "{regression: softmax, two_classes: identity, many_classes: identity}",
            "0",
            [("quiz.wrong", {})],
        ),
        ("{regression: , two_classes: }", "0", [("quiz.unanswered", {})]),
        ("identity", "0", [("quiz.not_mapping", {})]),
        ("[identity, sigmoid, softmax]", "0", [("quiz.not_mapping", {})]),
        ("[{regression: identity}, {Regression: sigmoid}]", "0", [("quiz.not_mapping", {})]),
    ],
)
def test_the_share_of_right_pairs_counts(text, fraction, feedback):
    result = scored(MATCHING, MATCHING_KEY, text)
    assert result.fraction == Fraction(fraction)
    assert list(result.feedback) == feedback


# -- ordering ----------------------------------------------------------------------------------

ORDERING = Question(id="q", kind="ordering", choices=("update", "forward", "repeat", "backward"))
ORDERING_KEY = Key(
    answer=["forward", "backward", "update", "repeat"],
    mistakes={"update_first": ["update", "forward", "backward", "repeat"]},
)


@pytest.mark.parametrize(
    ("text", "fraction", "expected"),
    [
        ("[forward, backward, update, repeat]", "1", []),
        ("forward, backward, update, repeat", "1", []),
        ("forward -> backward → update > repeat", "1", []),
        (
            block("""
                |
                  forward
                  backward
                  update
                  repeat"""),
            "1",
            [],
        ),
        ("[backward, forward, update, repeat]", "1/2", ["quiz.order_swapped"]),
        ("[forward, backward, repeat, update]", "1/2", ["quiz.order_swapped"]),
        ("[update, backward, forward, repeat]", "0", ["quiz.wrong"]),
        ("[backward, forward, repeat, update]", "0", ["quiz.wrong"]),
        ("[update, forward, backward, repeat]", "0", ["exercise.update_first"]),
        ("[forward, backward, update]", "0", ["quiz.order_incomplete"]),
        ("[forward, forward, update, repeat]", "0", ["quiz.order_incomplete"]),
        ("[forward, backward, update, repeat, repeat]", "0", ["quiz.order_incomplete"]),
        ("[forward, backward, update, stop]", "0", ["quiz.choice_unknown"]),
        ("{forward: 1, backward: 2}", "0", ["quiz.not_list"]),
    ],
)
def test_an_order_earns_all_or_half_for_one_swap(text, fraction, expected):
    result = scored(ORDERING, ORDERING_KEY, text)
    assert result.fraction == Fraction(fraction)
    assert ids(result) == expected


@pytest.mark.parametrize("right", [("a", "b", "c"), ("c", "b", "a"), ("b", "a", "c")])
def test_the_names_of_the_steps_are_not_told_in_the_right_order(right):
    question = Question(id="q", kind="ordering", choices=right)
    ((message, arguments),) = scored(question, Key(answer=[*right]), "[a, b, x]").feedback
    assert message == "quiz.choice_unknown"
    named = arguments["choices"].split(", ")
    assert sorted(named) == ["a", "b", "c"]
    assert named != [*right]


# -- numeric -----------------------------------------------------------------------------------

NUMERIC = Question(id="q", kind="numeric")
LOSS_KEY = Key(answer=1.140, tolerance=0.005, mistakes={"log2": [1.645], "sign": -1.14})


@pytest.mark.parametrize("text", ["1.140", "1,14", "1.135", "1.145", "114/100", "[1.14]", "'1,14'"])
def test_a_number_within_the_tolerance_is_right_its_border_included(text):
    assert scored(NUMERIC, LOSS_KEY, text).fraction == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.1450000001", "quiz.number_near"),
        ("1.1349999999", "quiz.number_near"),
        ("1.16", "quiz.number_near"),
        ("1.2", "quiz.wrong"),
        ("1.645", "exercise.log2"),
        ("1,65", "exercise.log2"),
        ("−1,14", "exercise.sign"),
        ("1.140,5", "quiz.number_separators"),
        ("1,140, 1,428", "quiz.number_separators"),
        ("ln 3", "quiz.number_unreadable"),
        ("[1, 140]", "quiz.texts_many"),
        ("{a: 1}", "quiz.number_unreadable"),
        ("1e999999", "quiz.number_unreadable"),
        ("nan", "quiz.number_unreadable"),
    ],
)
def test_a_number_outside_the_tolerance_is_told(text, expected):
    result = scored(NUMERIC, LOSS_KEY, text)
    assert result.fraction == 0
    assert ids(result) == [expected]


def test_without_a_tolerance_a_number_is_exact():
    assert scored(NUMERIC, Key(answer=-12), "-12.0").fraction == 1
    assert scored(NUMERIC, Key(answer="1/3"), "1/3").fraction == 1
    assert scored(NUMERIC, Key(answer="1/3"), "0.333").fraction == 0
    assert ids(scored(NUMERIC, Key(answer=0), "0.001")) == ["quiz.wrong"]


# -- lines -------------------------------------------------------------------------------------

LINES = Question(id="q", kind="lines", listing="listing.py")
UPDATE_KEY = Key(answer=[8], mistakes={"gradient": [6], "loops": [5, 7]})


@pytest.mark.parametrize(
    "text",
    [
        "8",
        "[8]",
        "line 8",
        "Ligne 8",
        "строка 8",
        "L8",
        "8.",
        "network[key] -= learning_rate * grad[key]",
        "network[key]-=learning_rate*grad[ key ]  # up",
        "8: network[key] -= learning_rate * grad[key]",
        "8 network[key] -= learning_rate * grad[key]",
        "\n  - network[key] -= (learning_rate * grad[key])",
        "|\n  network[key] -= learning_rate * grad[key]",
    ],
)
def test_a_line_is_found_by_its_number_or_its_text(text):
    assert scored(LINES, UPDATE_KEY, text, LISTING).fraction == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("def train(network, x, d, steps = 3):", 3),
        ("for step in range( steps ):  # loop", 5),
        ("for step in range(steps)", 5),
        ("\n  - for step in range(steps):", 5),
        ("\n  for step in range(steps):", 5),
        ("for key in ('W1', 'b1'):", 7),
        ("if step%2 == 0:", 9),
        ("else:", 11),
        ("'# nothing to say'", 12),
        ("pass", 13),
        ("pass", 14),
        ("return {'network':   network}", 15),
        ("\n  - return {'network': network}", 15),
        ("learning_rate=.1", 4),
        ("import   numpy as np", 1),
    ],
)
def test_spacing_quotes_and_comments_of_a_line_do_not_matter(text, line):
    assert scored(LINES, Key(answer=[line]), text, LISTING).fraction == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6", [("exercise.gradient", {})]),
        ("grad = gradient(network, x, d)", [("exercise.gradient", {})]),
        ("7", [("exercise.loops", {})]),
        ("[6, 5]", [("exercise.gradient", {}), ("exercise.loops", {})]),
        ("4", [("quiz.wrong", {})]),
        ("2", [("quiz.wrong", {})]),
        ("[8, 4]", [("quiz.wrong", {})]),
        ("16", [("quiz.line_range", {"line": 16, "last": 15})]),
        ("0", [("quiz.line_range", {"line": 0, "last": 15})]),
        ("grad = 0", [("quiz.line_unknown", {"text": "grad = 0"})]),
        ("7 network[key] -= learning_rate * grad[key]", ["quiz.line_unknown"]),
        ("eight", [("quiz.line_unknown", {"text": "eight"})]),
        ("1-200", ["quiz.line_unknown"]),
        ("(" * 900, ["quiz.line_unknown"]),
        ("-" * 900 + "1", ["quiz.line_unknown"]),
        (r"'\d'", ["quiz.line_unknown"]),
    ],
)
def test_a_wrong_line_is_told(text, expected):
    result = scored(LINES, UPDATE_KEY, text, LISTING)
    assert result.fraction == 0
    for got, want in zip(result.feedback, expected, strict=True):
        assert want in (got, got[0])


TWO_KEY = Key(answer=[6, 8])


@pytest.mark.parametrize(
    ("text", "fraction"),
    [
        ("6, 8", "1"),
        ("[8, 6]", "1"),
        ("8 6", "1"),
        ("'6; 8'", "1"),
        ("[6, 'network[key] -= learning_rate * grad[key]']", "1"),
        ("6", "1/2"),
        ("6-8", "1/2"),
        ("6 – 8", "1/2"),
        ("[6, 7]", "0"),
        ("1-15", "0"),
        ("[6, 8, 99]", "1/2"),
        ("[6, 8, what]", "1/2"),
    ],
)
def test_of_several_lines_right_minus_wrong_counts(text, fraction):
    assert scored(LINES, TWO_KEY, text, LISTING).fraction == Fraction(fraction)


def test_several_lines_pasted_as_a_block_are_read():
    text = block("""
        |
          grad = gradient(network, x, d)

          network[key] -= learning_rate * grad[key]""")
    assert scored(LINES, TWO_KEY, text, LISTING).fraction == 1


def test_a_part_of_several_lines_is_told():
    feedback = scored(LINES, TWO_KEY, "6", LISTING).feedback
    assert feedback == (("quiz.partly", {"right": 1, "total": 2}),)


def test_a_flood_of_lines_costs_nothing():
    text = "|\n" + "  x = (1)\n" * 5000
    assert ids(scored(LINES, TWO_KEY, text, LISTING)) == ["quiz.line_unknown"]


def test_an_answer_is_cut_where_it_is_quoted():
    result = scored(LINES, UPDATE_KEY, "x" * 5000, LISTING)
    assert len(result.feedback[0][1]["text"]) == 60


# -- cloze -------------------------------------------------------------------------------------

CLOZE = Question(id="q", kind="cloze", gaps=("first", "last"))
CLOZE_KEY = Key(
    answer={"first": {"en": "input", "fr": ["entrée", "d'entrée"]}, "last": ["output", "sortie"]},
    mistakes={
        "swapped": {"first": ["output", "sortie"], "last": ["input", "entrée"]},
        "hidden_last": [{"last": ["hidden", "cachée"]}, {"last": "middle"}],
    },
)


@pytest.mark.parametrize(
    "text",
    [
        "{first: Input, last: ' output. '}",
        "{First: D’ENTREE, last: [sortie]}",
        "\n  - first: input\n  - last: sortie",
    ],
)
def test_all_gaps_right_earn_everything(text):
    result = scored(CLOZE, CLOZE_KEY, text)
    assert (result.fraction, result.feedback) == (1, ())


@pytest.mark.parametrize(
    ("text", "fraction", "expected"),
    [
        ("{first: output, last: input}", "0", ["exercise.swapped"]),
        ("{first: input, last: hidden}", "1/2", ["exercise.hidden_last", "quiz.partly"]),
        ("{first: input, last: Middle}", "1/2", ["exercise.hidden_last", "quiz.partly"]),
        ("{first: input, last: end}", "1/2", ["quiz.gap_wrong", "quiz.partly"]),
        ("{first: x, last: end}", "0", ["quiz.gap_wrong", "quiz.gap_wrong"]),
        ("{first: , last: sortie}", "1/2", ["quiz.gap_unanswered", "quiz.partly"]),
        ("{last: sortie}", "1/2", ["quiz.gap_unanswered", "quiz.partly"]),
        ("{first: [input, output], last: sortie}", "1/2", ["quiz.gap_many", "quiz.partly"]),
        ("{first: input, last: output, other: x}", "1", ["quiz.gap_unknown"]),
        ("{first: " + "x" * 10_000 + ", last: sortie}", "1/2", ["quiz.text_long", "quiz.partly"]),
        ("input", "0", ["quiz.not_gaps"]),
        ("[input, output]", "0", ["quiz.not_gaps"]),
        ("[{first: input}, {First: output}]", "0", ["quiz.not_gaps"]),
    ],
)
def test_each_gap_counts_for_its_part_and_is_told(text, fraction, expected):
    result = scored(CLOZE, CLOZE_KEY, text)
    assert result.fraction == Fraction(fraction)
    assert ids(result) == expected
    assert not result.unanswered


def test_a_gap_is_named_where_nothing_else_is_known_of_it():
    result = scored(CLOZE, CLOZE_KEY, "{first: x, last: hidden}")
    assert result.feedback == (("exercise.hidden_last", {}), ("quiz.gap_wrong", {"gap": "first"}))


def test_gaps_without_any_text_are_not_answered():
    result = scored(CLOZE, CLOZE_KEY, "{first: , last: ''}")
    assert (ids(result), result.unanswered) == (["quiz.unanswered"], True)


def test_the_only_gap_needs_no_name():
    question = Question(id="q", kind="cloze", gaps=("step",), compare="code")
    for text in ("0.10", "{step: 1e-1}", "\n  step: '0.1'"):
        assert scored(question, Key(answer={"step": "0.1"}), text).fraction == 1


# -- short_text --------------------------------------------------------------------------------

SHORT = Question(id="q", kind="short_text")
SHORT_KEY = Key(
    answer={"en": "gradient descent", "ru": ["градиентный спуск", "метод градиентного спуска"]},
    mistakes={"computes": ["backpropagation", "обратное распространение"]},
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gradient descent.", []),
        ("[gradient-descent]", []),
        ("Градиентный спуск", []),
        ("Back-propagation", ["exercise.computes"]),
        ("descent", ["quiz.wrong"]),
        ("[gradient descent, backpropagation]", ["quiz.texts_many"]),
        ("{a: gradient descent}", ["quiz.wrong"]),
        ("спуск " * 2000, ["quiz.text_long"]),
    ],
)
def test_a_short_text_is_one_of_its_forms(text, expected):
    result = scored(SHORT, SHORT_KEY, text)
    assert ids(result) == expected
    assert result.fraction == (not expected)


def test_a_line_of_code_is_compared_as_python():
    question = Question(id="q", kind="short_text", compare="code")
    key = Key(answer=["x.mean(axis=0)", "{'a': 1}"], mistakes={"rows": "x.mean(axis=1)"})
    for text in (
        "x.mean( axis=0 )  # columns",
        "(x.mean(axis=0))",
        "{'a': 1}",
        "|\n  x.mean(axis=0)",
    ):
        assert scored(question, key, text).fraction == 1
    assert ids(scored(question, key, "x.mean(axis = 1)")) == ["exercise.rows"]
    assert ids(scored(question, key, "X.mean(axis=0)")) == ["quiz.wrong"]


# -- all kinds ---------------------------------------------------------------------------------

KEYED = [
    (SINGLE, SINGLE_KEY),
    (MULTIPLE, MULTIPLE_KEY),
    (MATCHING, MATCHING_KEY),
    (ORDERING, ORDERING_KEY),
    (NUMERIC, LOSS_KEY),
    (LINES, UPDATE_KEY),
    (CLOZE, CLOZE_KEY),
    (CLOZE.model_copy(update={"compare": "code"}), CLOZE_KEY),
    (SHORT, SHORT_KEY),
    (SHORT.model_copy(update={"compare": "code"}), SHORT_KEY),
]
TEXTS = st.text(max_size=12) | st.sampled_from(
    [
        *("W", "b", "relu", "regression", "softmax", "update", "forward", "first", "input"),
        *("1.14", "8", "6", ",", ":"),
    ]
)
TREES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
)


@given(st.sampled_from(KEYED), TREES)
def test_any_answer_earns_a_share_and_says_why_if_not_all(keyed, answer):
    question, key = keyed
    result = score(question, key, answer, LISTING)
    assert 0 <= result.fraction <= 1
    assert result.fraction == 1 or result.feedback
    for message, arguments in result.feedback:
        assert message.split(".")[0] in {"quiz", "exercise"}
        assert all(isinstance(value, str | int) for value in arguments.values())


@pytest.mark.parametrize(
    ("worth", "fraction", "expected"),
    [
        (1, "1", "1.00"),
        (3, "0", "0.00"),
        (1, "1/3", "0.33"),
        (2, "2/3", "1.33"),
        (1, "2/3", "0.67"),
        (1, "1/8", "0.13"),
        (5, "1/8", "0.63"),
        (1, "1/200", "0.01"),
        (1, "1/201", "0.00"),
        (7, "1", "7.00"),
    ],
)
def test_points_are_rounded_once_and_half_up(worth, fraction, expected):
    question = Question(id="q", kind="numeric", points=worth)
    assert points(question, Fraction(fraction)) == Decimal(expected)
    assert str(points(question, Fraction(fraction))) == expected


@pytest.mark.parametrize("fraction", [Fraction(-1, 10), Fraction(11, 10)])
def test_points_below_zero_or_above_the_maximum_are_an_error(fraction):
    with pytest.raises(ValueError, match="share"):
        points(NUMERIC, fraction)


@pytest.mark.parametrize("name", get_args(QuestionKind))
def test_every_kind_is_known_and_says_how_to_answer(name):
    kind = kind_of(name)
    assert kind.name == name
    assert kind.how
    assert next(iter(kind.empty_answer("q", []))).startswith("q:")
