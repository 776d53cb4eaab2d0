"""Marks in a stub for the statements that students write.

The comment ``# blank: ID`` marks the statement below it. In a student's file it is replaced by the
text ``blanks.ID``; ``# blank`` alone marks one without a text.
"""

from __future__ import annotations

import re

MARK = re.compile(r"^(?P<indent> *)# blank(?:: (?P<id>[a-z][a-z0-9_]*))?[ \t]*\n", re.MULTILINE)


def marks(stub: str) -> dict[int, str]:
    """Return the lines, from 1, above a blank, each with its id or an empty text."""
    return {stub.count("\n", 0, mark.start()) + 1: mark["id"] or "" for mark in MARK.finditer(stub)}
