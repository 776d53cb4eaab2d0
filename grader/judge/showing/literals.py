"""Values as Python that makes just the same value, wrapped to the width of a report."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.wire.values import Seeded, Tensor

if TYPE_CHECKING:
    from numpy.typing import NDArray

WIDTH = 76
MANY_EQUAL = 8
_NUMPY = {"float64": "", "int64": "", "bool": "", "complex128": ""}
_TORCH = {"float32": "", "int64": "", "bool": ""}


class NoLiteralError(Exception):
    """A value that no Python can be written for."""


def literal(value: Any, indent: int = 0) -> str:
    """Return Python that makes the value; ``np`` is NumPy. Raises NoLiteralError.

    Lines after the first one begin with ``indent`` spaces.
    """
    if isinstance(value, Tensor):
        return _tensor(value, indent)
    if isinstance(value, np.ndarray):
        return _array(value, indent)
    if isinstance(value, np.generic):
        return f"np.{value.dtype.name}({number(value)})"
    if isinstance(value, Seeded):
        return f"np.random.default_rng({value.seed})"
    if isinstance(value, dict):
        items = [f"{key!r}: {literal(item, indent + 1)}" for key, item in value.items()]
        return "{" + _joined(items, indent + 1) + "}"
    if type(value) is list:
        return "[" + _joined([literal(item, indent + 1) for item in value], indent + 1) + "]"
    if type(value) is tuple:
        items = [literal(item, indent + 1) for item in value]
        return "(" + _joined(items, indent + 1) + ("," if len(items) == 1 else "") + ")"
    if type(value) is float:
        return repr(value) if math.isfinite(value) else f'float("{value}")'
    if value is None or type(value) in {bool, int, str, complex}:
        return repr(value)
    raise NoLiteralError(type(value).__name__)


def number(value: Any, module: str = "np") -> str:
    """Return one number of an array: the shortest text that gives it back."""
    value = value.item() if isinstance(value, np.generic) and value.dtype.kind in "bi" else value
    if isinstance(value, bool | int):
        return repr(value)
    if isinstance(value, np.complexfloating):
        return repr(complex(value))
    if not math.isfinite(value):
        sign, name = "-" if value < 0 else "", "nan" if math.isnan(value) else "inf"
        return f"{sign}{module}.{name}"
    text = str(value)
    return text if type(value)(float(text)) == value else repr(float(value))


def _array(value: NDArray[Any], indent: int) -> str:
    name = value.dtype.name
    if value.dtype.kind not in "biufc":
        raise NoLiteralError(f"ndarray of dtype {value.dtype}")
    tail = _NUMPY.get(name, f", dtype=np.{name}") if value.size else _dtype_of_none("np", name)
    return _made("np", "array", value, tail, indent)


def _dtype_of_none(module: str, name: str) -> str:
    return f", dtype={module}.{name}"


def _tensor(value: Tensor, indent: int) -> str:
    tail = _TORCH.get(value.dtype) if value.array.size else None
    if tail is None:
        tail = _dtype_of_none("torch", value.dtype)
    if value.device:
        tail += f', device="{value.device}"'
    if value.requires_grad:
        tail += ", requires_grad=True"
    return _made("torch", "tensor", value.array, tail, indent)


def _made(module: str, function: str, array: NDArray[Any], tail: str, indent: int) -> str:
    if not array.size:
        return f"{module}.zeros({array.shape}{tail})"
    begin = f"{module}.{function}("
    return f"{begin}{_nested(array, module, indent + len(begin))}{tail})"


def _nested(array: NDArray[Any], module: str, indent: int) -> str:
    """Return the numbers in brackets, as many on a line as there is room for."""
    if not array.ndim:
        return number(array[()], module)
    if array.ndim == 1:
        texts = [number(item, module) for item in array]
        return "[" + _joined(texts, indent + 1) + "]"
    rows = [_nested(row, module, indent + 1) for row in array]
    return "[" + _joined(rows, indent + 1) + "]"


def _joined(items: list[str], indent: int) -> str:
    """Join with commas; what does not fit on a line begins the next one."""
    if any("\n" in item for item in items):
        return (",\n" + " " * indent).join(items)
    room = max(20, WIDTH - indent)
    lines = textwrap.wrap(
        ", ".join(item.replace(" ", "\0") for item in items),
        room,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return ("\n" + " " * indent).join(lines).replace("\0", " ")
