"""Markdown as lines that can be read aloud."""

import pytest
from support.languages import LANGUAGES
from support.text_blocks import block

from grader.course.loading import Course
from grader.course.plain_text import markdown_to_text
from grader.course.root import course_root
from grader.course.spoken import spoken

COURSE = Course(course_root(None))


def test_a_table_becomes_a_list_with_the_heads_of_its_columns():
    table = block(r"""
        Before.

        | shapes | `y` | a head |
        |:---|---|---:|
        | one | `a | b` | $|x|$ |
        | two | | the last |

        After.
    """)
    assert spoken(table) == block("""
        Before.

        - one — `y` `a | b` — a head $|x|$
        - two — a head the last

        After.
    """)


def test_a_table_without_a_first_head_begins_with_the_cells_of_its_rows():
    assert spoken("| | shape |\n|---|---|\n| `x` | `(n,)` |") == "- `x` — shape `(n,)`"


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("**1.** Which *is* it?", "1. Which is it?"),
        ("*All of it.*", "All of it."),
        ("`**kwargs` and `a*b*c`", "`**kwargs` and `a*b*c`"),
        ("$a*b*c$ and 2 * 3 * 4", "$a*b*c$ and 2 * 3 * 4"),
        (
            "```python\nx = **y\n| a | b |\n|---|---|\n```",
            "```python\nx = **y\n| a | b |\n|---|---|\n```",
        ),
        ("* an item\n* another", "* an item\n* another"),
        ("**both\nlines**", "both\nlines"),
    ],
)
def test_emphasis_goes_and_code_and_formulas_stay(marked, plain):
    assert spoken(marked) == plain


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_task_of_the_course_has_tables_or_emphasis_when_read_aloud(lang):
    for loaded in COURSE.exercises():
        text = markdown_to_text(loaded.prose(lang).prompt, 80, aloud=True)
        outside = text.split("```")[::2]
        assert "**" not in "".join(outside), loaded.name
        assert not [line for part in outside for line in part.split("\n") if line.startswith("|")]
