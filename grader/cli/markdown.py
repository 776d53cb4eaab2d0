"""Markdown with formulas, on a terminal with colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from pygments import token as kinds
from rich import markdown
from rich.padding import Padding
from rich.style import Style
from rich.syntax import ANSISyntaxTheme
from rich.text import Text

from grader.course.colours import COMMENT, KEYWORD, NAME, NUMBER, TEXT
from grader.course.formula_parser import keep_first_formulas
from grader.course.formulas import latex_to_unicode
from grader.course.markup import with_bars_escaped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.token import Token
    from rich.console import Console, ConsoleOptions, RenderResult


_CODE = ANSISyntaxTheme(
    {
        kinds.Token.Keyword: Style(color=KEYWORD, bold=True),
        kinds.Token.Operator.Word: Style(color=KEYWORD, bold=True),
        kinds.Token.Literal.String: Style(color=TEXT),
        kinds.Token.Literal.Number: Style(color=NUMBER),
        kinds.Token.Comment: Style(color=COMMENT),
        kinds.Token.Name.Function: Style(color=NAME),
        kinds.Token.Name.Class: Style(color=NAME),
        kinds.Token.Name.Builtin: Style(color=NAME),
    }
)
"""Colours of programs, on the terminal's own background."""


class _Heading(markdown.Heading):
    """A heading on the left, without a box."""

    def __rich_console__(self, _console: Console, _options: ConsoleOptions) -> RenderResult:
        self.text.justify = "left"
        yield self.text


class _DisplayedFormula(markdown.TextElement):
    """A formula on its own lines."""

    def __rich_console__(self, _console: Console, _options: ConsoleOptions) -> RenderResult:
        yield Padding(Text(self.text.plain.rstrip()), (0, 0, 0, 4))


class FormulaMarkdown(markdown.Markdown):
    """Renders ``$…$`` and ``$$…$$`` as readable formulas."""

    elements: ClassVar[dict[str, type[markdown.MarkdownElement]]] = {
        **markdown.Markdown.elements,
        "heading_open": _Heading,
        "math_block": _DisplayedFormula,
    }

    def __init__(self, text: str) -> None:
        """Parse the text."""
        super().__init__("", hyperlinks=False)
        self.code_theme = _CODE  # type: ignore[assignment]  # handed to Syntax, which takes a theme
        self.inlines = {*self.inlines, "math"}
        # `grader.course.markup` recognises formulas, as for plain text.
        parser = MarkdownIt().enable("table")
        parser.use(dollarmath_plugin, double_inline=True, allow_space=False, allow_digits=False)
        keep_first_formulas(parser)
        self.parsed = list(_with_readable_formulas(parser.parse(with_bars_escaped(text))))


def _with_readable_formulas(tokens: Iterable[Token]) -> Iterable[Token]:
    for token in tokens:
        if token.children:
            token.children = list(_with_readable_formulas(token.children))
        if token.type.startswith("math_inline"):
            token.content = latex_to_unicode(token.content.strip()).replace("\n", "; ")
        elif token.type == "math_block":
            token.content, token.tag = latex_to_unicode(token.content.strip()), ""
        yield token
