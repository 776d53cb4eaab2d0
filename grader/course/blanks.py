"""Marks in a stub: which of its statements students write.

The comment ``# blank: ID`` marks the statement below it. In the file of a student the text
``blanks.ID`` stands in its place; ``# blank`` alone marks one of which nothing is told.
"""

from __future__ import annotations

import re

MARK = re.compile(r"^(?P<indent> *)# blank(?:: (?P<id>[a-z][a-z0-9_]*))?[ \t]*\n", re.MULTILINE)


def marks(stub: str) -> dict[int, str]:
    """Return the lines, from 1, below which a blank stands, each with its id or nothing."""
    return {stub.count("\n", 0, mark.start()) + 1: mark["id"] or "" for mark in MARK.finditer(stub)}
