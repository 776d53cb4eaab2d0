"""Results that no exercise asks for: observations and pictures must not raise on them."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.wire.values import Tensor

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEAVES: dict[str, Any] = {
    "None": None,
    "nan": float("nan"),
    "inf": float("inf"),
    "10**400": 10**400,
    "1j": 1j,
    "True": True,
    r"'\x1b[2J\u202e$\\frac{'": "\x1b[2J\u202e$\\frac{",
    "[]": [],
    "[[1.0], [2.0, [None]], 'x']": [[1.0], [2.0, [None]], "x"],
    "{}": {},
    "{None: 1, ('W1',): nan, 3.5: 'x'}": {None: 1, ("W1",): np.nan, 3.5: "x"},
    "np.zeros((1,) * 20)": np.zeros((1,) * 20),
    "np.zeros((0, 3))": np.zeros((0, 3)),
    "np.full(10**6, np.inf)": np.full(10**6, np.inf),
}


def hostile(right: Any) -> Iterator[tuple[str, Any]]:
    """Yield results with the Python expression for each: alone, and in place of all values."""
    for name, value in _LEAVES.items():
        yield name, value
        if isinstance(right, dict | list | tuple):
            yield f"{{…: {name}}}", _everywhere(right, value)
    for value in (np.nan, -np.inf, 1e308):
        yield f"np.full_like(…, {value})", _filled(right, value)
    yield "np.stack([…, …])", _repeated(right)


def _everywhere(right: Any, value: Any) -> Any:
    if isinstance(right, dict):
        return {key: _everywhere(part, value) for key, part in right.items()}
    if isinstance(right, list | tuple):
        return type(right)(_everywhere(part, value) for part in right)
    return value


def _filled(right: Any, value: float) -> Any:
    return _mapped(right, lambda array: np.full(np.shape(array), value))


def _repeated(right: Any) -> Any:
    return _mapped(right, lambda array: np.stack([array, array]))


def _mapped(right: Any, change: Any) -> Any:
    """Return a result of the same structure with every array and number changed."""
    if isinstance(right, dict):
        return {key: _mapped(part, change) for key, part in right.items()}
    if isinstance(right, list | tuple):
        return type(right)(_mapped(part, change) for part in right)
    if isinstance(right, Tensor):
        return dataclasses.replace(right, array=change(right.array))
    return change(right) if isinstance(right, np.ndarray | np.number | int | float) else right
