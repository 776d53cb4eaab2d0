"""Markdown with formulas as plain text: for comments, pipes and screen readers."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from grader.course.console_encoding import encodable
from grader.course.formulas import latex_to_unicode
from grader.course.markup import pieces
from grader.course.spoken import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

_ITEM = re.compile(r"\s*(?:[-*+]|[0-9]+[.)])\s+")
_IS_CODE = re.compile(r"(?: {4}[^\n]*\n)* {4}[^\n]*\n?")
_CODE_LINE = "\1"  # ends a line of code, between which empty lines stay
_AS_IT_IS = re.compile(r"\s*(?:\||#{1,6} )|\s{4,}")


def markdown_to_text(
    markdown: str, width: int = 88, encoding: str = "utf-8", *, aloud: bool = False
) -> str:
    """Return a text as plain lines: formulas readable, paragraphs wrapped, code untouched.

    Markup such as backticks and list dashes stays, since it is readable. A formula that
    ``encoding`` cannot represent stays LaTeX; other missing characters are replaced. ``aloud``:
    without tables and emphasis, as `spoken` explains.
    """
    if _IS_CODE.fullmatch(markdown):
        return encodable(markdown, encoding).rstrip("\n")
    if aloud:
        markdown = spoken(markdown)
    blocks: list[str] = []
    words = ""
    for piece in pieces(markdown):
        source = encodable(piece.source, encoding)
        match piece.kind:
            case "fence":
                code = source.rstrip("\n").replace("\n", _CODE_LINE)
                blocks += [*_wrapped(words, width), code]
                words = ""
            case "display":
                formula = textwrap.indent(_formula(piece.content, encoding), "    ")
                blocks += [*_wrapped(words, width), "", formula, ""]
                words = ""
            case "formula":
                words += _unbroken(_formula(piece.content, encoding).replace("\n", "; "))
            case "code":
                words += _unbroken(source)
            case _:
                words += source
    lines = "\n".join([*blocks, *_wrapped(words, width)])
    lines = re.sub(r"\n{3,}", "\n\n", lines).strip("\n")
    return lines.replace("\0", " ").replace(_CODE_LINE, "\n")


def _formula(source: str, encoding: str) -> str:
    text = latex_to_unicode(source)
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return source
    return text


def _unbroken(text: str) -> str:
    """Keep a short formula or piece of code on one line."""
    return text.replace(" ", "\0") if len(text) <= 40 else text  # noqa: PLR2004 - half a line


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Wrap paragraphs and list items; keep tables, headings and indented lines unchanged."""
    paragraph: list[str] = []
    for line in [*text.split("\n"), ""]:
        alone = not line.strip() or (_AS_IT_IS.match(line) and not paragraph)
        if paragraph and (alone or _ITEM.match(line)):
            yield _filled(paragraph, width)
            paragraph = []
        if alone:
            yield line.rstrip()
        else:
            paragraph.append(line)


def _filled(lines: list[str], width: int) -> str:
    """Wrap one paragraph or list item, under its own indent."""
    mark = _ITEM.match(lines[0])
    indent = mark[0] if mark else lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    joined = " ".join(line.strip() for line in [lines[0][len(indent) :], *lines[1:]])
    return textwrap.fill(
        joined,
        width,
        initial_indent=indent,
        subsequent_indent=" " * len(indent),
        break_long_words=False,
        break_on_hyphens=False,
    )
