"""Moodle's embedded answers (Cloze): gaps in a text, each a question of its own.

What stands in braces is read by regular expressions. They see entities as text, and Moodle decodes
those afterwards, once: so every character with a meaning there is written as an entity. What is
HTML besides (feedback, choices) has an ampersand of its own, which must survive that, and a
replacement of ``&amp;x;`` by ``&x;`` before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from grader.export.moodle_xml import percent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

_MEANING = str.maketrans({mark: f"&#{ord(mark)};" for mark in "~#}{=%\\\"'"})


@dataclass(frozen=True)
class Alternative:
    """A text for a gap, the share that it earns, and its feedback as HTML."""

    text: str
    fraction: Fraction
    feedback: str = ""


def gap(kind: str, weight: int, alternatives: Iterable[Alternative], *, html: bool = False) -> str:
    """Return a gap: ``{1:SHORTANSWER:=right~%0%wrong#feedback}``.

    ``html``: the alternatives are HTML, as choices are; else plain text.
    """
    written = "~".join(_alternative(one, html=html) for one in alternatives)
    return f"{{{weight}:{kind}:{written}}}"


def _alternative(one: Alternative, *, html: bool) -> str:
    text = _hidden(one.text) if html else escape(one.text, quote=False).translate(_MEANING)
    share = "=" if one.fraction == 1 else f"%{percent(one.fraction)}%"
    feedback = f"#{_hidden(one.feedback)}" if one.feedback else ""
    return f"{share}{text}{feedback}"


def _hidden(html: str) -> str:
    """Return HTML of which one level of entities is decoded, after ``&amp;x;`` became ``&x;``."""
    return html.replace("&", "&amp;amp;").translate(_MEANING)
