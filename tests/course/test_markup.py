"""Plain text and the terminal agree on what is a formula and where the cells of a table end."""

import io

import pytest
from rich.console import Console
from support.text_blocks import block

from grader.cli.markdown import FormulaMarkdown
from grader.course.markup import around_gap, pieces, title_of, with_bars_escaped, with_gaps
from grader.course.plain_text import markdown_to_text


def on_terminal(text):
    console = Console(file=io.StringIO(), width=80, force_terminal=False)
    console.print(FormulaMarkdown(text))
    return console.file.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 and $6 a piece.",
        "It costs 5$ and 6$ a piece.",
        "From $5/$6 to $7.",
        "Not $ x $ but words.",
        "Between $5 for one\n\nand the other 6$ there is room.",
    ],
)
def test_an_amount_of_money_is_no_formula(text):
    assert {piece.kind for piece in pieces(text)} == {"words"}
    for shown in (markdown_to_text(text), on_terminal(text)):
        assert " ".join(shown.split()) == " ".join(text.split())


@pytest.mark.parametrize("text", ["The sum $x_1 + x_2$ is.", "So $W_1$, $W_2$: two.", "$$x^2$$"])
def test_a_formula_is_one_in_both(text):
    assert [piece.kind for piece in pieces(text)] != ["words"]
    for shown in (markdown_to_text(text), on_terminal(text)):
        assert "$" not in shown


TABLE = block(r"""
    | name | value |
    |---|---|
    | $|x|$ | `a|b` |
    | $\|x\|$ | 3 |

    $|y|$ and `c|d`""")


def test_bars_in_a_table_s_formula_part_no_cells():
    for shown in (markdown_to_text(TABLE), on_terminal(TABLE)):
        for piece in ("|x|", "a|b", "‖x‖", "|y|", "c|d"):
            assert piece in shown
        assert "$" not in shown


def test_bars_outside_of_tables_are_left_alone():
    fenced = block("""
        ```
        | a |
        |---|
        | $|x|$ |
        ```""")
    for text in (fenced, "a | $|x|$\n\nb | `c|d`", "$|x|$ | b"):
        assert with_bars_escaped(text) == text


def test_a_text_that_is_all_indented_is_code():
    text = "    x = '$a$' + `b`  # $c$\n        ^^^"
    assert markdown_to_text(text, 20) == text


def test_gaps_are_shown_by_name():
    assert with_gaps("A {{first}} and {{ b }}.") == "A [first]\u00a0____ and [b]\u00a0____."


CODE = block("""
    Complete the step:

    ```python
    for x in data:
        w -= {{rate}} * x
    ```""")


def test_a_question_is_named_without_its_blocks_of_code():
    assert title_of(CODE) == "Complete the step"
    assert title_of("What does `x` hold, {{a}}?") == "What does `x` hold, [a]\u00a0____?"
    assert title_of(
        block("""
            ```
            x = {{a}}
            ```""")
    ) == block("""
        ```
        x = [a]\u00a0____
        ```""")
    assert title_of("") == ""


@pytest.mark.parametrize(
    ("text", "gap", "around"),
    [
        (CODE, "rate", "w -= [rate]\u00a0____ * x"),
        ("The {{a}} layer", "a", "The [a]\u00a0____ layer"),
        (f"{'word ' * 20}{{{{a}}}}{' word' * 20}", "a", "… word word word word word [a]"),
        (f"{'x' * 90}{{{{a}}}}", "a", f"… {'x' * 30}[a]\u00a0____"),
        ("no gap", "a", "[a]\u00a0____"),
    ],
)
def test_what_stands_around_a_gap_is_its_comment(text, gap, around):
    found = around_gap(text, gap)
    assert found.startswith(around)
    assert "\n" not in found
    assert len(found) <= 90
