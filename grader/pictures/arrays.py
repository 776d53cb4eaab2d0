"""Drawings of arrays. Only this module imports NumPy: pictures.py calls it, no report does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.pictures.differences import LEVELS, ODD
from grader.pictures.heat_map import (
    MOST_COLUMNS,
    MOST_ROWS,
    WRITTEN_COLUMNS,
    WRITTEN_ROWS,
    HeatMap,
    Row,
)
from grader.pictures.network import DIMENSIONS
from grader.pictures.numbers import written

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

MISSING = object()
RTOL, ATOL = 1e-5, 1e-7
"""Entries are drawn as right within this share of themselves, and of the largest entry."""


def heat_map(got: Any, right: Any, *, rtol: float = RTOL) -> HeatMap | None:
    """Return a heat map of the differences from the right result; None if that holds no array.

    Of dictionaries and tuples the first array that differs is drawn, else the first one. ``got``
    may be anything: a missing array, another type and another shape are drawn as such.
    """
    if not isinstance(right, Mapping | tuple):
        return _of_one("", got, right, rtol)
    maps = []
    for name, expected, found in _parts(got, right):
        made = _of_one(name, found, expected, rtol)
        if made is not None and made.misfits:
            return made
        maps.append(made)
    return next((made for made in maps if made is not None), None)


def rows_of(part: Any, whole: Any) -> list[int]:
    """Return, for each row of ``part``, the index of the equal row of ``whole``, -1 without one.

    The rows of ``whole`` must differ. ``part`` may be anything: its rows get -1 if they are not
    comparable.
    """
    rows, given = numbers(part), numbers(whole)
    if given is None or rows is None or not rows.ndim or rows.shape[1:] != given.shape[1:]:
        return [-1]
    places = {row.tobytes(): place for place, row in enumerate(given)}
    return [places.get(row.tobytes(), -1) for row in rows]


def numbers(value: Any) -> Numbers | None:
    """Return an array, a tensor or a number as float64; None for anything else."""
    value = getattr(value, "array", value)
    if not isinstance(value, np.ndarray | np.generic | int | float):
        return None
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "biuf" or array.ndim > DIMENSIONS:
            return None
        return np.asarray(array, np.float64)
    except (TypeError, ValueError, OverflowError):
        return None


def _parts(got: Any, right: Any) -> list[tuple[str, Any, Any]]:
    """Return the name of each part, the right value, and the value given, or MISSING."""
    if isinstance(right, Mapping):
        found = got if isinstance(got, Mapping) else {}
        return [(str(name), right[name], found.get(name, MISSING)) for name in right]
    listed = got if isinstance(got, tuple | list) else ()
    return [
        (f"[{k}]", part, listed[k] if k < len(listed) else MISSING) for k, part in enumerate(right)
    ]


def _of_one(name: str, got: Any, right: Any, rtol: float) -> HeatMap | None:
    expected = numbers(right)
    if expected is None or not expected.size:
        return None
    found = numbers(got)
    args: dict[str, Any] = {"name": name, "right_shape": expected.shape}
    if found is None:
        return HeatMap(**args, type="" if got is MISSING else _type(got))
    args["shape"] = found.shape
    if found.shape != expected.shape:
        return HeatMap(**args)
    one, other = (_matrix(array) for array in (found, expected))
    with np.errstate(all="ignore"):
        levels = _levels(one, other, rtol)
    block = (-(-one.shape[0] // MOST_ROWS), -(-one.shape[1] // MOST_COLUMNS))
    small = one.shape[0] <= WRITTEN_ROWS and one.shape[1] <= WRITTEN_COLUMNS
    rows = [
        Row(
            levels=tuple(row.tolist()),
            got=tuple(map(written, one[k].tolist())) if small else (),
            right=tuple(map(written, other[k].tolist())) if small else (),
        )
        for k, row in enumerate(_worst(levels, block))
    ]
    args |= {"block_rows": block[0], "block_columns": block[1], "rows": tuple(rows)}
    return HeatMap(**args, wrong=int(np.count_nonzero(levels)), entries=one.size)


def _type(value: Any) -> str:
    value = getattr(value, "array", value)
    name = type(value).__name__
    return f"{name}[{value.dtype}]" if isinstance(value, np.ndarray) else name


def _matrix(array: Numbers) -> Numbers:
    """Return an array of any shape as a matrix: its last axis as columns, all others as rows."""
    return array.reshape(-1, array.shape[-1]) if array.ndim else array.reshape(1, 1)


def _levels(got: Numbers, right: Numbers, rtol: float) -> NDArray[np.int8]:
    finite = np.isfinite(right)
    largest = float(np.abs(right[finite]).max(initial=0.0)) or 1.0
    difference = got - right
    size = np.abs(difference)
    same = (got == right) | (np.isnan(got) & np.isnan(right))
    close = same | (size <= rtol * np.abs(right) + ATOL * largest)
    level = 1 + sum((size > bound * largest).astype(np.int8) for bound in LEVELS)
    level = np.where(difference < 0, -level, level)
    level = np.where(np.isfinite(got) & finite, level, ODD)
    return np.where(close, 0, level).astype(np.int8)


def _worst(levels: NDArray[np.int8], block: tuple[int, int]) -> NDArray[np.int8]:
    """Return for each block the level that differs most."""
    padding = [(0, -size % step) for size, step in zip(levels.shape, block, strict=True)]
    padded = np.pad(levels, padding)
    rows, columns = (size // step for size, step in zip(padded.shape, block, strict=True))
    blocks = padded.reshape(rows, block[0], columns, block[1]).transpose(0, 2, 1, 3)
    flat = blocks.reshape(rows, columns, -1)
    worst = np.abs(flat).argmax(axis=-1)
    return np.take_along_axis(flat, worst[..., None], axis=-1)[..., 0]
