"""Markdown with formulas as HTML: words, code, emphasis, lists and tables, and nothing else.

A sentence may contain text of a submission. So links, images and HTML are not supported, nor
anything that a reader's browser would fetch or run.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from latex2mathml.converter import convert
from markupsafe import Markup

from grader.course.formula_parser import formula_parser
from grader.course.formulas import latex_to_unicode
from grader.course.markup import with_bars_escaped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

# A line of a submission, with marks below: the message `where.code`.
_QUOTED_LINE = re.compile(r" {4}(?P<code>[^\n]*)\n {4}(?P<mark> *\^+)\s*")
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")  # French punctuation keeps its no-break space
_LONGEST = 500  # characters; a longer formula is none of ours
_ATTRIBUTES = {
    *(
        "columnalign",
        "columnspacing",
        "depth",
        "display",
        "displaystyle",
        "fence",
        "form",
        "height",
    ),
    *(
        "linethickness",
        "lspace",
        "mathvariant",
        "maxsize",
        "minsize",
        "movablelimits",
        "rowspacing",
    ),
    *("rspace", "scriptlevel", "separator", "stretchy", "width", "accent", "accentunder"),
}


def as_html(text: str) -> Markup:
    """Return a text as HTML, with formulas as MathML; a quoted line of code stays as it is."""
    quoted = _QUOTED_LINE.fullmatch(text)
    if quoted is not None:
        code = escape(f"{quoted['code']}\n{quoted['mark']}")
        return Markup(f"<pre><code>{code}</code></pre>\n")  # noqa: S704 - just escaped
    return Markup(_parser().render(with_bars_escaped(text)))  # noqa: S704 - see the rules


def line_as_html(text: str) -> Markup:
    """Return a text within a line, such as a title, as HTML."""
    line = _SPACES.sub(" ", text).strip(" ")
    return Markup(_parser().renderInline(line))  # noqa: S704 - as above


@cache
def _parser() -> MarkdownIt:
    parser = formula_parser(_formula)
    parser.add_render_rule("fence", _fence)
    parser.add_render_rule("th_open", _cell)
    parser.add_render_rule("td_open", _cell)
    return parser


def _fence(
    _renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    _options: OptionsDict,
    _env: EnvType,
) -> str:
    """Return a block of code that scrolls by itself, with the keyboard too: it may be a drawing."""
    return f'<pre class="block" tabindex="0"><code>{escape(tokens[index].content)}</code></pre>\n'


def _cell(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Return the beginning of a cell; its alignment is a class, as a page allows no style in it.

    An empty cell is no header: it heads nothing.
    """
    cell = tokens[index]
    if not tokens[index + 1].content.strip():
        cell.tag = tokens[index + 2].tag = "td"
    style = cell.attrs.pop("style", None)
    if style is not None:
        cell.attrs["class"] = str(style).removeprefix("text-align:")
    return renderer.renderToken(tokens, index, options, env)


def _formula(latex: str, options: Mapping[str, bool]) -> str:
    """Return a formula as MathML, or as readable text if the converter does not support it."""
    if len(latex) <= _LONGEST:
        # The converter knows `aligned` by another name only.
        known = latex.replace("{aligned}", "{split}")
        try:
            mathml = convert(known, display="block" if options.get("display_mode") else "inline")
            root = ET.fromstring(mathml)  # noqa: S314 - just made here
        except Exception:  # noqa: BLE001 - whatever a stranger's formula does to the converter
            root = None
        if root is not None and _is_plain(root):
            # A wide formula scrolls by itself, with the keyboard too.
            wide = bool(options.get("display_mode"))
            return f'<span class="formula" tabindex="0">{mathml}</span>' if wide else mathml
    return f"<code>{escape(latex_to_unicode(latex))}</code>"


def _is_plain(root: ET.Element) -> bool:
    """Return True if MathML is pure formula: no unconverted command, no link, no style."""
    left = "".join(root.itertext())
    attributes = {name for element in root.iter() for name in element.attrib}
    return not {"\\", "&"} & {*left} and attributes <= _ATTRIBUTES
