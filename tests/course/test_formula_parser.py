"""Formulas of prose are found wherever a text begins and ends."""

import io

import pytest
from rich.console import Console

from grader.cli.markdown import FormulaMarkdown
from grader.course.formula_parser import formula_parser

TEXTS = ["$y$ of class 1", "- $y$ of class 1", "a\n\n$y$ 2", "$y$", "$y$ 3 $z$ 4"]


@pytest.mark.parametrize("text", TEXTS)
def test_a_formula_that_begins_a_text_is_found_whatever_ends_it(text):
    html = formula_parser(lambda latex, _: f"<i>{latex}</i>").render(text)
    assert "$" not in html
    assert html.count("<i>") == text.count("$") // 2


@pytest.mark.parametrize("text", ["costs 5$ or 6$", "$5 and $6", "5$a$"])
def test_a_dollar_sign_beside_a_digit_is_none_of_a_formula(text):
    assert "<i>" not in formula_parser(lambda latex, _: f"<i>{latex}</i>").render(text)


@pytest.mark.parametrize("text", TEXTS)
def test_a_terminal_shows_it_too(text):
    console = Console(record=True, width=60, file=io.StringIO())
    console.print(FormulaMarkdown(text))
    assert "$" not in console.export_text()
