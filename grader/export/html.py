r"""Prose of a course as HTML for learning systems, with formulas as ``\( \)`` for MathJax.

Moodle finds no formula between dollar signs, and its Markdown eats the backslash of ``\(``: so
everything leaves as HTML. Authors' prose alone comes here; links, images and HTML stay text.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING

from grader.course.formula_parser import formula_parser
from grader.course.markup import with_bars_escaped
from grader.course.plain_text import markdown_to_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it import MarkdownIt

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@lru_cache(maxsize=1024)
def as_html(text: str) -> str:
    """Return a text of one or more paragraphs as HTML."""
    return str(_parser().render(with_bars_escaped(text))).strip()


@lru_cache(maxsize=1024)
def line_as_html(text: str) -> str:
    """Return a text within a line as HTML."""
    return str(_parser().renderInline(" ".join(text.split(" ")).strip()))


def as_line(text: str) -> str:
    """Return a text as one line without markup, formulas in Unicode: for menus, and names."""
    return " ".join(markdown_to_text(text, 10_000).replace("`", "").split())


def listing_as_html(numbered: str) -> str:
    """Return a listing with its line numbers as HTML."""
    return f"<pre><code>{escape(numbered, quote=False)}</code></pre>"


def xml_text(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return _CONTROL.sub("\ufffd", text)


@cache
def _parser() -> MarkdownIt:
    return formula_parser(_formula)


def _formula(latex: str, options: Mapping[str, bool]) -> str:
    source = escape(latex.strip(), quote=False)
    return f"\\[{source}\\]" if options.get("display_mode") else f"\\({source}\\)"
