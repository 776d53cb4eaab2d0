"""Copies of values that were sent, for code that may modify what it is given."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np

_IMMUTABLE = {bool, bytes, complex, float, int, str, type(None)}


def copied(value: Any) -> Any:
    """Return a copy that shares no mutable object.

    Equal to ``copy.deepcopy``, in a third of its time for arrays in plain containers, except that
    an object which is in there twice is copied twice.
    """
    kind = type(value)
    if kind is np.ndarray and not value.dtype.hasobject:
        return value.copy(order="K")
    if kind is tuple or kind is list:
        return kind([copied(item) for item in value])
    if kind is dict:
        return {key: copied(item) for key, item in value.items()}
    return value if kind in _IMMUTABLE else copy.deepcopy(value)
