"""Signs that a console does not have."""

import pytest

from grader.course.console_encoding import encodable
from grader.course.plain_text import markdown_to_text


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        ("−1 ≥ “x” …", "utf-8", "−1 ≥ “x” …"),
        ("−1 ≥ “x” … é", "ascii", '-1 >= "x" ... e'),
        ("Ничего не изменено, Щука", "ascii", "Nichego ne izmeneno, Shchuka"),
        ("Élève intérieure", "cp866", "Eleve interieure"),
        ("Ещё 3 балла", "cp1252", "Eshchyo 3 balla"),
        ("漢", "ascii", "?"),
        ("−1 · é", "cp1252", "-1 · é"),
        ("−1", "no such encoding", "-1"),
        ("\ud800", "utf-8", "?"),
    ],
)
def test_only_what_is_lacking_is_replaced(text, encoding, expected):
    assert encodable(text, encoding) == expected


def test_a_formula_stays_latex_where_its_signs_are_lacking():
    text = r"From −1 to $2 \cdot x$: `a − b`"
    assert markdown_to_text(text, encoding="ascii") == r"From -1 to 2 \cdot x: `a - b`"
    assert markdown_to_text(text) == "From −1 to 2·x: `a − b`"
