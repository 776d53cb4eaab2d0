"""Texts that a student types: what is alike, and what a key may accept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.questions.answers import read_answers
from grader.questions.forms import LENGTH_LIMIT, form_faults, is_form, typed

WORDS = [
    ("gradient descent", "Gradient  Descent"),
    ("gradient descent", "gradient descent."),
    ("gradient descent", "gradient-descent"),
    ("gradient descent", "gradient_descent"),
    ("backpropagation", "back propagation"),
    ("backpropagation", "Back-propagation!"),
    ("entropie croisée", "ENTROPIE CROISEE"),
    ("l'entrée", "l’entrée"),
    ("cœur", "coeur"),
    ("счётчик", "Счетчик"),
    ("мини-батч", "мини батч"),
    ("softmax", "« softmax »"),
    ("softmax", "`softmax`"),
    ("softmax", "“softmax”"),
    ("(10, 3)", "(10,3)"),
    ("y - d", "y-d"),
    ("f'", "f’"),
]
OTHER_WORDS = [
    ("input", "output"),
    ("10 3", "103"),
    ("x2", "x3"),
    ("йод", "иод"),
    ("d - y", "y - d"),
    ("-1", "1"),
    ("a.b", "a"),
]
CODE = [
    ("x.mean(axis=0)", "x . mean( axis = 0 )"),
    ("grad['W']", 'grad["W"]'),
    ("grad['W']", "grad[“W”]"),
    ("'W1'", '"W1"'),
    ("[:, 0]", "[:,0]"),
    ("0.10", "1e-1"),
    ("**", " ** "),
    ("lr", "lr  # the learning rate"),
    ("x - 1", "x − 1"),
    (")[0]", ") [0]"),
    ("0x", "0x"),
    ("f'{x}'", 'f"{x}"'),
]
OTHER_CODE = [
    ("lr", "LR"),
    ("x * *y", "x ** y"),
    ("notx", "not x"),
    ("x", "(x)"),
    ("0", "axis=0"),
    ("'a b'", "'ab'"),
    ("1", "1.0"),
]


@pytest.mark.parametrize(("form", "text"), WORDS)
def test_capitals_accents_spaces_and_hyphens_of_words_do_not_matter(form, text):
    assert is_form(text, form, "words")
    assert is_form(form, ["something else", text], "words")


@pytest.mark.parametrize(("form", "text"), OTHER_WORDS)
def test_other_words_are_others(form, text):
    assert not is_form(text, form, "words")


@pytest.mark.parametrize(("form", "text"), CODE)
@pytest.mark.parametrize("whole", [False, True])
def test_spaces_and_the_kind_of_quotation_marks_of_code_do_not_matter(form, text, whole):
    assert is_form(text, form, "code", whole=whole)


@pytest.mark.parametrize(("form", "text"), OTHER_CODE)
def test_other_code_is_other_code(form, text):
    assert not is_form(text, form, "code")


def test_brackets_around_a_whole_expression_change_nothing():
    assert is_form("(x + 1)", "x + 1", "code", whole=True)
    assert not is_form("(x + 1)", "x + 1", "code")


@pytest.mark.parametrize(
    "form", ["[0, 1]", "'W1'", "{'a': 1}", "[:, 0]", "for i in x:", "x: y", "@", "%", "-=", "#"]
)
def test_what_yaml_makes_of_a_form_is_that_form(form):
    for line in (f"q: {form}\n", f"q:\n  gap: {form}\n"):
        if list(form_faults(form, "code")):
            assert form == "#"
            continue
        answer = read_answers(line, "a.yaml").get("q")
        text = typed(answer["gap"] if "gap" in line else answer, "code")
        assert is_form(text, form, "code"), line


def test_a_form_of_any_language_is_accepted():
    forms = {"en": "input", "fr": ["entrée", "d'entrée"], "ru": "входной"}
    for text in ("Input", "entree", "d’entrée", "ВХОДНОЙ"):
        assert is_form(text, forms, "words")


def test_a_text_in_brackets_is_that_text_and_two_are_two():
    assert typed(["softmax"], "words") == "softmax"
    assert typed(["", "softmax"], "words") == "softmax"
    assert typed(["relu", "softmax"], "words") is None
    assert typed(["0", ["1"]], "code") == "[0, [1]]"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ([], "name at least one"),
        ({}, "name at least one"),
        ({"en": []}, "name at least one"),
        ("", "name at least one"),
        ([" "], "is empty"),
        (["?"], None),
        ([0.5], "not a text"),
        ([True], "not a text"),
        ([["a"]], "not a text"),
        ({"en": {"fr": "a"}}, "not a text"),
        ({"de": "Schicht"}, "is no language"),
        (["x" * (LENGTH_LIMIT + 1)], "at most"),
        ([">"], "cannot be typed"),
        (["# x"], "is empty"),
        (["*args"], None),
        ({"en": "a", "fr": ["b", "c"]}, None),
    ],
)
def test_what_is_wrong_with_forms_is_told(value, told):
    found = [problem for problem, _ in form_faults(value, "code")]
    assert bool(found) == (told is not None)
    assert told is None or told in found[0]


@given(st.text(max_size=60), st.text(min_size=1, max_size=60), st.sampled_from(["words", "code"]))
def test_any_text_is_compared(text, form, compare):
    for whole in (False, True):
        assert is_form(form, form, compare, whole=whole)
        is_form(text, form, compare, whole=whole)
    list(form_faults(form, compare))


def test_a_long_text_costs_nothing():
    for sign in "x( \"'\\-.":
        assert not is_form(sign * 10_000, "x", "code", whole=True)
        is_form(sign * LENGTH_LIMIT, sign * LENGTH_LIMIT, "code", whole=True)
        is_form(sign * LENGTH_LIMIT, sign * LENGTH_LIMIT, "words")
