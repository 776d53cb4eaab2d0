"""A scene: circles, boxes, lines and texts at their places, for whatever draws them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["ink", "soft", "main", "back", "wrong"]
"""Text and outlines; what stands back; connections; the way back; what does not fit."""
Shade = Literal["blank", "taken", "odd", "over1", "over2", "over3", "under1", "under2", "under3"]
"""Grounds of cells: a sign in the cell always says the same."""
Align = Literal["left", "center", "right"]
TEXT, SMALL, SIGN = 11.0, 9.5, 13.0
"""Sizes of texts in points."""
_OF_SIZE = 0.62 / 72
"""Width of a letter, in inches for each point of its size: on average, and rather more."""


@dataclass(frozen=True)
class Circle:
    """A circle; places are in inches, from the top left."""

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
    """A straight line; one that is broken is told apart without its colour."""

    x1: float
    y1: float
    x2: float
    y2: float
    tone: Tone = "main"
    broken: bool = False


@dataclass(frozen=True)
class Path:
    """A stroke through points, with an arrow at its end or without."""

    points: tuple[tuple[float, float], ...]
    tone: Tone = "main"
    broken: bool = False
    arrow: bool = False
    width: float = 1.3
    """In points."""


@dataclass(frozen=True)
class Text:
    """A text around its place; with ``ground`` it covers what is below it."""

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
    """A cell of a grid, from its top left."""

    x: float
    y: float
    width: float
    height: float
    shade: Shade = "blank"


Mark = Circle | Box | Line | Path | Text | Cell


@dataclass(frozen=True)
class Scene:
    """Marks on a ground of a size in inches, in the order in which they are drawn."""

    width: float
    height: float
    marks: tuple[Mark, ...]


def text_width(text: str, size: float = TEXT) -> float:
    """Return about how many inches a text takes."""
    return len(text) * size * _OF_SIZE


def stack(count: int, step: float, middle: float) -> list[float]:
    """Return places of ``count`` things one below the other, ``step`` apart."""
    return [middle + step * (number - (count - 1) / 2) for number in range(count)]
