"""How far an entry differs from the right one: its level, as a sign and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from grader.course.languages import Translator

LEVELS = (0.01, 0.1)
"""Up to which share of the largest right entry a difference is small (1) and middling (2)."""
ODD = 9
"""The level of an entry that is no finite number where there should be one."""
Level = Literal[-3, -2, -1, 0, 1, 2, 3, 9]


def sign(level: int) -> str:
    """Return the sign of a level for a cell; a dot if the entry is right."""
    if level == ODD:
        return "×"
    return f"{level:+d}" if level else "."


def in_words(level: int, t: Translator) -> str:
    """Return the meaning of a level for an entry that differs."""
    if level == ODD:
        return t("no number")
    return t("too large") if level > 0 else t("too small")
