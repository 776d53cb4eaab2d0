"""Hints, also as strings."""

from __future__ import annotations

import typing
from typing import NamedTuple, Protocol, TypedDict, runtime_checkable


class Point(NamedTuple):
    x: float
    y: float = 0.0


class Options(TypedDict, total=False):
    rate: float


@runtime_checkable
class Sized(Protocol):
    def __len__(self) -> int: ...


def scale(p: Point, by: float | None = None) -> Point:
    return Point(p.x * (by or 1), p.y)


def run():
    hints = typing.get_type_hints(scale)
    return [hints["p"] is Point, isinstance([], Sized), scale(Point(2.0), 3).x, Options(rate=1)]


EXPECTED = [True, True, 6.0, {"rate": 1}]
