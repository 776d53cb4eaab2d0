"""What came back and what is right, as Python writes it: whole where small, else what matters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.judge.outcomes import Raised
from grader.judge.showing.part import slices
from grader.wire.values import Drained, Foreign, Tensor

if TYPE_CHECKING:
    from grader.judge.failures import Spot
    from grader.judge.outcomes import Outcome

DIGITS = 6
ALL_DIGITS = 17
FEW = 24
FEW_ITEMS = 6
LONGEST = 70


def came_back(outcome: Outcome) -> str:
    """Return what became of a call that did not return: the exception, as Python prints it."""
    if not isinstance(outcome, Raised):
        return ""
    detail = (outcome.detail or "").partition("\n")[0]
    return f"{outcome.type}: {detail}"[:LONGEST] if detail else outcome.type


def both(got: Any, expected: Any, spot: Spot) -> tuple[str, str, bool]:
    """Return both values at a spot, and whether they are shortened.

    With as many digits as it takes to tell them apart.
    """
    one, other = (_at(value, spot.path) for value in (got, expected))
    texts = [noted(value, spot.index) for value in (one, other)]
    if texts[0] == texts[1]:
        texts = [noted(value, spot.index, ALL_DIGITS) for value in (one, other)]
    return texts[0], texts[1], _is_large(one) or _is_large(other)


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value.items if isinstance(value, Drained) else value
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return value
    return value


def _is_large(value: Any) -> bool:
    array = value.array if isinstance(value, Tensor) else value
    return isinstance(array, np.ndarray) and array.size > FEW


def noted(value: Any, index: tuple[int, ...] = (), digits: int = DIGITS) -> str:
    """Return a value in Python's notation, rounded; of a large array the row that matters."""
    if isinstance(value, Tensor):
        return f"tensor({_numbers(value.array, index, digits)})"
    if isinstance(value, np.ndarray):
        return f"array({_numbers(value, index, digits)})"
    if isinstance(value, Drained):
        return noted(value.items, index, digits)
    if isinstance(value, Foreign):
        return value.type
    if isinstance(value, dict):
        items = [f"{key!r}: {_brief(item, digits)}" for key, item in _first(value.items())]
        return "{" + ", ".join([*items, *_more(value)]) + "}"
    if isinstance(value, list | tuple):
        texts = ", ".join([*(_brief(item, digits) for item in _first(value)), *_more(value)])
        return f"[{texts}]" if isinstance(value, list) else f"({texts})"
    return _brief(value, digits)


def _first(values: Any) -> list[Any]:
    return list(values)[:FEW_ITEMS]


def _more(values: Any) -> list[str]:
    return ["…"] if len(values) > FEW_ITEMS else []


def _brief(value: Any, digits: int) -> str:
    if isinstance(value, float | np.floating):
        return f"{value:.{digits}g}"
    if isinstance(value, Tensor | np.ndarray) and value.shape:
        kind = "tensor" if isinstance(value, Tensor) else "array"
        return f"{kind}(…, shape={value.shape})"
    if isinstance(value, Tensor):
        return _brief(value.array[()], digits)
    if isinstance(value, np.generic | bool | int | complex):
        return str(value)[:LONGEST]
    if isinstance(value, str):
        return repr(value[:LONGEST])
    return "None" if value is None else "…"


def _numbers(array: Any, index: tuple[int, ...], digits: int) -> str:
    cut = ""
    if array.size > FEW:
        shape, array = array.shape, array[slices(array, index)]
        cut = f", shape={shape}"
    text = np.array2string(
        array + 0 if array.dtype.kind in "fc" else array,  # no minus before 0
        precision=digits,
        separator=", ",
        max_line_width=LONGEST,
        prefix="tensor(",
    )
    return text if not cut else f"{text}, …{cut}"
