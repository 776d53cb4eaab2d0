"""A scene: circles, boxes, lines and texts with positions, independent of the renderer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["ink", "soft", "main", "back", "wrong"]
"""Text and outlines; background parts; connections; backward connections; misfits."""
Shade = Literal["blank", "taken", "odd", "over1", "over2", "over3", "under1", "under2", "under3"]
"""Backgrounds of cells; a sign in the cell always says the same."""
Align = Literal["left", "center", "right"]
TEXT, SMALL, SIGN = 11.0, 9.5, 13.0
"""Sizes of texts in points."""
_OF_SIZE = 0.62 / 72
"""Mean width of a character, in inches for each point of its size, rounded up."""


@dataclass(frozen=True)
class Circle:
    """A circle; positions are in inches, from the top left."""

    x: float
    y: float
    radius: float
    tone: Tone = "ink"
    filled: bool = False


@dataclass(frozen=True)
class Box:
    """A box with round corners around its centre."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Line:
    """A straight line; a dashed one is distinguishable without its colour."""

    x1: float
    y1: float
    x2: float
    y2: float
    tone: Tone = "main"
    broken: bool = False


@dataclass(frozen=True)
class Path:
    """A stroke through points, with or without an arrowhead."""

    points: tuple[tuple[float, float], ...]
    tone: Tone = "main"
    broken: bool = False
    arrow: bool = False
    width: float = 1.3
    """In points."""


@dataclass(frozen=True)
class Text:
    """A text around its position; with ``ground`` it covers what is below it."""

    x: float
    y: float
    text: str
    size: float = TEXT
    tone: Tone = "ink"
    align: Align = "center"
    bold: bool = False
    ground: bool = False
    ringed: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a grid, by its top left corner."""

    x: float
    y: float
    width: float
    height: float
    shade: Shade = "blank"


Mark = Circle | Box | Line | Path | Text | Cell


@dataclass(frozen=True)
class Scene:
    """Marks on a background of a size in inches, in drawing order."""

    width: float
    height: float
    marks: tuple[Mark, ...]


def text_width(text: str, size: float = TEXT) -> float:
    """Return the approximate width of a text, in inches."""
    return len(text) * size * _OF_SIZE


def stack(count: int, step: float, middle: float) -> list[float]:
    """Return the positions of ``count`` things one below the other, ``step`` apart."""
    return [middle + step * (number - (count - 1) / 2) for number in range(count)]
