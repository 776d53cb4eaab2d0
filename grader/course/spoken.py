"""Markdown for plain output: what is drawn or marked by signs becomes lines that can be read aloud.

A table becomes a list: each row begins with its first cell, and the other cells follow with the
heads of their columns. Emphasis loses its asterisks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.course.markup import pieces, with_bars_escaped

if TYPE_CHECKING:
    from collections.abc import Iterator

_RULE = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?\s*)?")
_CELLS = re.compile(r"(?<!\\)\|")
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])")
_HIDDEN = "\2{}\2"
_SHOWN = re.compile("\2([0-9]+)\2")
_DASH = " — "


def spoken(markdown: str) -> str:
    """Return a text without tables and emphasis; code and formulas stay as they are."""
    kept: list[str] = []

    def hide(source: str) -> str:
        kept.append(source)
        return _HIDDEN.format(len(kept) - 1)

    found = pieces("\n".join(_without_tables(markdown.split("\n"))))
    text = "".join(one.source if one.kind == "words" else hide(one.source) for one in found)
    text = _EMPHASIS.sub(r"\1", _STRONG.sub(r"\1", text))
    return _SHOWN.sub(lambda match: kept[int(match[1])], text)


def _without_tables(lines: list[str]) -> Iterator[str]:
    """Yield lines, with those of tables as items of a list."""
    at, fenced = 0, False
    while at < len(lines):
        fenced ^= lines[at].lstrip().startswith(("```", "~~~"))
        if (
            not fenced
            and "|" in lines[at]
            and at + 1 < len(lines)
            and _RULE.fullmatch(lines[at + 1])
        ):
            heads, at = _cells(lines[at]), at + 2
            while at < len(lines) and lines[at].strip():
                yield _row(heads, _cells(lines[at]))
                at += 1
        else:
            yield lines[at]
            at += 1


def _cells(line: str) -> list[str]:
    """Return the cells of a row of a table; a bar in code or a formula separates none."""
    escaped = with_bars_escaped(f"|a|\n|-|\n{line}").split("\n")[2]
    inner = escaped.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [cell.strip().replace("\\|", "|") for cell in _CELLS.split(inner)]


def _row(heads: list[str], cells: list[str]) -> str:
    """Return a row as an item: its first cell, then each other one after the head of its column."""
    first, *others = cells
    parts = [first] if first else []
    for head, cell in zip(heads[1:], others, strict=False):
        if cell:
            parts.append(f"{head} {cell}" if head else cell)
    return f"- {_DASH.join(parts)}"
