"""A file with blanks: which statements of a stub students write, and what is told them there.

The comment ``# blank: ID`` in stub.py marks the statement below it. In the file of a student the
text ``blanks.ID`` stands in its place; ``# blank`` alone marks one of which nothing is told.
"""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from grader.course.text import commented, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARK = re.compile(r"^( *)# blank(?:: ([a-z][a-z0-9_]*))?[ \t]*\n", re.MULTILINE)
_AROUND = 2  # characters of a comment before its text


def marks(stub: str) -> dict[int, str]:
    """Return the lines, from 1, below which a blank stands, each with its id or nothing."""
    found = _MARK.finditer(stub)
    return {stub.count("\n", 0, mark.start()) + 1: mark[2] or "" for mark in found}


def worded(stub: str, texts: Mapping[str, str], width: int) -> str:
    """Return a stub with the text of each blank as a comment above it."""

    def comment(mark: re.Match[str]) -> str:
        indent, text = mark[1], texts.get(mark[2] or "")
        if text is None:
            return ""
        lines = commented(plain(text, width - len(indent) - _AROUND))
        return textwrap.indent(f"{lines}\n", indent)

    return _MARK.sub(comment, stub)
