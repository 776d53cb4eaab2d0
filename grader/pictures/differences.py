"""Levels of the difference between an entry and the right one, as signs and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from grader.course.languages import Translator

LEVELS = (0.01, 0.1)
"""Shares of the largest right entry up to which a difference is small (1) and medium (2)."""
ODD = 9
"""The level of an entry that is not finite although it should be."""
Level = Literal[-3, -2, -1, 0, 1, 2, 3, 9]


def sign(level: int) -> str:
    """Return the sign of a cell: a dot if it is right."""
    if level == ODD:
        return "×"
    return f"{level:+d}" if level else "."


def in_words(level: int, t: Translator) -> str:
    """Return the meaning of a level in words."""
    if level == ODD:
        return t("no number")
    return t("too large") if level > 0 else t("too small")
