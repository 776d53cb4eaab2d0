"""The part of a large value that matters: the row in which the worst entry lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.judge.showing.literals import literal
from grader.wire.values import Tensor

if TYPE_CHECKING:
    from numpy.typing import NDArray

BESIDE = 3  # entries shown on either side of the worst one


def part_of(value: Any, name: str, index: tuple[int, ...], indent: int) -> str:
    """Return Python for the part of a value at ``index``, with a comment that says which it is.

    Of an array that is one row, of a dict one row of each array in it.
    """
    if isinstance(value, dict):
        items = [_item(key, item, name, index, indent) for key, item in value.items()]
        return "{" + ("\n" + " " * (indent + 1)).join(items) + "\n" + " " * indent + "}"
    array = value.array if isinstance(value, Tensor) else value
    if not isinstance(array, np.ndarray) or not array.ndim:
        return literal(value, indent)
    cut = slices(array, index)
    part = array[cut]
    if isinstance(value, Tensor):
        shown: Any = Tensor(part, value.dtype, value.device, value.requires_grad)
    else:
        shown = part
    return f"{literal(shown, indent)}  # {name}[{spelt(cut, array.shape)}] of shape {array.shape}"


def _item(key: Any, value: Any, name: str, index: tuple[int, ...], indent: int) -> str:
    label = f"{key!r}: "
    array = value.array if isinstance(value, Tensor) else value
    if not isinstance(array, np.ndarray) or array.size <= 2 * BESIDE:
        return f"{label}{literal(value, indent + len(label))},"
    code, _, comment = part_of(value, f"{name}[{key!r}]", index, indent).partition("  # ")
    return f"{label}{code},  # {comment}"


def slices(array: NDArray[Any], index: tuple[int, ...]) -> tuple[slice, ...]:
    """Return what cuts one row out, and of a long row the entries around the worst one.

    An index that lies outside says nothing of this array: its beginning is shown.
    """
    inside = len(index) == array.ndim and all(
        0 <= i < size for i, size in zip(index, array.shape, strict=True)
    )
    where = index if inside else (index[:1] if _has_row(array, index) else ()) + (0,) * array.ndim
    *rows, last = where[: array.ndim]
    width = array.shape[-1]
    start = max(0, min(last - BESIDE, width - 2 * BESIDE))
    return (*(slice(row, row + 1) for row in rows), slice(start, min(width, start + 2 * BESIDE)))


def _has_row(array: NDArray[Any], index: tuple[int, ...]) -> bool:
    return bool(index) and array.ndim > 1 and index[0] < array.shape[0]


def spelt(cut: tuple[slice, ...], shape: tuple[int, ...]) -> str:
    """Return slices as they are written in brackets."""
    whole = (":" if (s.stop - s.start) == n else "" for s, n in zip(cut, shape, strict=True))
    return ", ".join(w or f"{s.start}:{s.stop}" for w, s in zip(whole, cut, strict=True))
