"""What a question asks at once: a choice, a line, a text. A terminal knows these forms alone."""

from __future__ import annotations

from dataclasses import dataclass

Value = str | tuple[str, ...]
"""What is given at a step: a typed text, or the chosen ids or line numbers, in order."""
Options = tuple[tuple[str, str], ...]
"""Ids, each with its text as Markdown."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to answer: the whole question, or the item or gap ``part`` with its text."""

    part: str = ""
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class OneOf(Step):
    """Choose one of several options."""

    options: Options


@dataclass(frozen=True, kw_only=True)
class SomeOf(Step):
    """Choose all options that apply."""

    options: Options


@dataclass(frozen=True, kw_only=True)
class InOrder(Step):
    """Put all options in order."""

    options: Options


@dataclass(frozen=True, kw_only=True)
class LinesOf(Step):
    """Choose lines of a listing by their numbers, from 1."""

    listing: str


@dataclass(frozen=True, kw_only=True)
class Line(Step):
    """Type a line, of Python if ``code``."""

    code: bool = False


@dataclass(frozen=True, kw_only=True)
class Text(Step):
    """Type a text of several lines."""
