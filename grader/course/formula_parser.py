"""The Markdown of a course's prose: words, code, emphasis, lists, tables and formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from markdown_it.rules_core import StateCore

_RULES = ["backticks", "emphasis", "escape", "fence", "list", "newline", "table"]


def formula_parser(formula: Callable[[str, Any], str]) -> MarkdownIt:
    """Return a parser that renders to HTML; ``formula`` makes that of LaTeX and its options.

    Links, images and HTML are not supported: a sentence may contain text of a submission.
    """
    parser = MarkdownIt("zero").enable(_RULES)
    parser.use(
        dollarmath_plugin,
        double_inline=True,
        allow_space=False,
        allow_digits=False,
        renderer=formula,
    )
    return keep_first_formulas(parser)


def keep_first_formulas(parser: MarkdownIt) -> MarkdownIt:
    """Have a parser with the plugin for formulas find each that begins a text."""
    parser.core.ruler.before("inline", "keep_first_formula", _keep_first_formula)
    return parser


def _keep_first_formula(state: StateCore) -> None:
    """End a text in a space if it begins with a formula and ends in a digit.

    The plugin looks for a digit before the first dollar sign, and finds the last character.
    """
    for token in state.tokens:
        if token.type == "inline" and token.content[:1] == "$" and token.content[-1:].isdigit():
            token.content += " "
