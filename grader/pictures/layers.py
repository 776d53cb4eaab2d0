"""Positions of a computation's values: in columns, so that arrows point from left to right.

An arrow that passes a column has a position of its own there, so that it crosses no box.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Passes over all columns, forwards and backwards in turn.
SWEEPS = 4
Place = tuple[int, float]
"""A column, and the distance from its middle."""


@dataclass(frozen=True)
class Layout:
    """The position of each value, and the positions that each arrow passes."""

    values: Mapping[str, Place]
    arrows: Mapping[tuple[str, str], Sequence[Place]]


def laid_out(inputs: Mapping[str, Sequence[str]], box: float, arrow: float) -> Layout:
    """Return the layout of values, each listed after its inputs.

    ``box`` and ``arrow`` are the heights of a value, and of a passing arrow, in a column.
    """
    column: dict[str, int] = {}
    for name, used in inputs.items():
        column[name] = 1 + max((column[one] for one in used), default=-1)
    chains = {
        (source, target): [
            source,
            *(f"{source}>{target}@{k}" for k in range(column[source] + 1, column[target])),
            target,
        ]
        for target, used in inputs.items()
        for source in used
    }
    rows: list[list[str]] = [[] for _ in range(max(column.values()) + 1)]
    for name, k in column.items():
        rows[k].append(name)
    for chain in chains.values():
        for k, passing in enumerate(chain[1:-1], column[chain[0]] + 1):
            rows[k].append(passing)
    _order(rows, [pair for chain in chains.values() for pair in pairwise(chain)])
    room = {name: box if name in column else arrow for row in rows for name in row}
    places = {
        name: (k, offset)
        for k, row in enumerate(rows)
        for name, offset in zip(row, _spread([room[name] for name in row]), strict=True)
    }
    return Layout(
        values={name: places[name] for name in column},
        arrows={ends: [places[name] for name in chain] for ends, chain in chains.items()},
    )


def _order(rows: list[list[str]], pairs: Sequence[tuple[str, str]]) -> None:
    """Sort each column by the mean position of neighbours, forwards and backwards in turn."""
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for source, target in pairs:
        before.setdefault(target, []).append(source)
        after.setdefault(source, []).append(target)
    for sweep in range(SWEEPS):
        neighbours, columns = (before, rows) if sweep % 2 == 0 else (after, rows[::-1])
        at = {name: place for row in rows for name, place in _shares(row)}
        for row in columns:
            middle = {
                name: sum(at[one] for one in neighbours[name]) / len(neighbours[name])
                if name in neighbours
                else at[name]
                for name in row
            }
            row.sort(key=middle.__getitem__)
            at |= dict(_shares(row))


def _shares(row: Sequence[str]) -> list[tuple[str, float]]:
    """Return the relative position of each name in its column, from 0 to 1."""
    return [(name, (place + 0.5) / len(row)) for place, name in enumerate(row)]


def _spread(rooms: Sequence[float]) -> list[float]:
    """Return positions one below the other around 0, each with its own height."""
    top, places = -sum(rooms) / 2, []
    for room in rooms:
        places.append(top + room / 2)
        top += room
    return places
