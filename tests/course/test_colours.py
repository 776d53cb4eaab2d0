"""The colours of the terminal have contrast on black and on white, and there are no others."""

import ast
import re
from pathlib import Path

import pytest
from prompt_toolkit.output.vt100 import _256_colors
from rich.color import Color, ColorSystem

from grader.asking.terminal.style import STYLE
from grader.course import colours

ROOT = Path(colours.__file__).parents[1]
LEAST = 4.5
BLACK, WHITE = (0, 0, 0), (255, 255, 255)
# Names that rich and prompt_toolkit know; what they look like is up to a theme.
OF_A_THEME = re.compile(
    r"(?:(?:bold|italic|underline|not \w+) )*(?:on )?"
    r"(?:dim|(?:bright_|ansi)?(?:black|red|green|yellow|blue|magenta|purple|cyan|white|gr[ae]y))"
    r"(?: (?:bold|on \w+))*"
)


def luminance(rgb):
    """Return the relative luminance of WCAG 2.2."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in rgb)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Return the ratio of contrast of WCAG 2.2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def rgb(colour):
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def test_the_formula_is_that_of_wcag():
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(rgb("#777777"), WHITE) == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("colour", colours.PALETTE)
def test_each_colour_can_be_read_on_black_and_on_white(colour):
    assert contrast(rgb(colour), BLACK) >= LEAST
    assert contrast(rgb(colour), WHITE) >= LEAST


@pytest.mark.parametrize("colour", colours.PALETTE)
def test_a_terminal_of_256_colours_shows_exactly_these(colour):
    fewer = Color.parse(colour).downgrade(ColorSystem.EIGHT_BIT)
    assert fewer.number is not None
    assert fewer.number >= 16, "the first 16 are a theme's"
    assert tuple(fewer.get_truecolor()) == rgb(colour)
    assert _256_colors[rgb(colour)] == fewer.number


def test_nothing_is_written_in_a_colour_of_a_theme():
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.value}"
        for path in sorted(ROOT.rglob("*.py"))
        if "pictures" not in path.parts  # drawn on paper of their own
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and OF_A_THEME.fullmatch(node.value)
    ]
    assert found == []


def test_the_styles_of_markdown_and_prompts_hold_no_other_colour():
    written = [*colours.RICH.values(), *(style for _, style in STYLE.style_rules)]
    used = {colour for style in written for colour in re.findall(r"#[0-9a-f]{6}", style)}
    assert used <= {*colours.PALETTE}
    assert not any(word in style for style in written for word in ("dim", "reverse", "bg:", " on "))
