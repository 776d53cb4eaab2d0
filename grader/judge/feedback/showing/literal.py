"""Values as Python expressions, in full or only the relevant part."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.wire.values import GeneratorItems, SeededRng, Tensor, Unsupported

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_NUMBERS = 24
"""Numbers of an argument that are written out at most."""
# Items of a result, and characters of a text, that are written out at most.
MOST_RESULTS = 12
MOST_TEXT = 60
AROUND = 2  # numbers on either side of the relevant one
DIGITS = 6
GAP = "…"
_INTEGERS = "bui"
_OF_A_TYPE = re.compile(r" of (dtype|layout) ")


@dataclass(frozen=True)
class Written:
    """A value as text, whether part of it was left out, and a note on the part that is shown."""

    code: str
    shortened: bool = False
    note: str = ""

    @property
    def line(self) -> str:
        """The text, followed by the note as a comment."""
        return f"{self.code}  # {self.note}" if self.note else self.code


def argument(value: Any, index: tuple[int, ...] = (), path: tuple[Any, ...] = ()) -> Written:
    """Return a Python expression for an argument; of a large array only the row at ``index``.

    ``path`` leads to the part of a dict to which the index belongs. Numbers are exact: the pasted
    expression gives the same value. NumPy is ``np``.
    """
    match value:
        case dict():
            items = [
                (
                    f"{key!r}: ",
                    argument(item, index, path[1:]) if path[:1] == (key,) else argument(item),
                )
                for key, item in value.items()
            ]
            return _joined("{", items, "}")
        case Tensor():
            return _tensor(value, () if path else index)
        case np.ndarray():
            return _array(value, () if path else index)
        case list():
            return _joined("[", [("", argument(item)) for item in value], "]")
        case tuple():
            end = ",)" if len(value) == 1 else ")"
            return _joined("(", [("", argument(item)) for item in value], end)
    return _single(value)


def _single(value: Any) -> Written:
    match value:
        case SeededRng(seed):
            return Written(f"np.random.default_rng({seed})")
        case np.generic():
            return Written(f"np.{value.dtype.name}({_exact(value)})")
        case float():
            return Written(_exact(value))
        case bool() | int() | complex() | None | str() | bytes():
            return Written(repr(value))
    return _function(value)


def result(value: Any, index: tuple[int, ...] = ()) -> Written:
    """Return a result in a few digits, as printed; of a large one the part around ``index``."""
    if isinstance(value, Tensor):
        value = value.array
    if isinstance(value, GeneratorItems):
        value = list(value.items)
    match value:
        case np.ndarray() if value.dtype.kind in "biufc":
            return _numbers(value, index)
        case dict():
            return _limited("{", [(f"{key!r}: ", result(item)) for key, item in value.items()], "}")
        case list():
            return _limited("[", [("", result(item)) for item in value[:MOST_RESULTS]], "]")
        case tuple():
            return _limited("(", [("", result(item)) for item in value[:MOST_RESULTS]], ")")
    return Written(_single_result(value))


def _single_result(value: Any) -> str:
    match value:
        case Unsupported():
            # Code, the same in all languages: <ndarray dtype=object>.
            said = _OF_A_TYPE.sub(r" \1=", value.type)
            return f"<{said}>"
        case str() | bytes():
            text = repr(value)
            return text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}{GAP}"
        case float() | np.floating():
            return _short(value)
        case bool() | np.bool_() | int() | np.integer() | complex() | np.complexfloating() | None:
            return str(value)
    return type(value).__name__


def _joined(begin: str, parts: list[tuple[str, Written]], end: str) -> Written:
    text = ", ".join(f"{key}{part.code}" for key, part in parts)
    notes = ", ".join(f"{key}{part.note}" for key, part in parts if part.note)
    return Written(f"{begin}{text}{end}", any(part.shortened for _, part in parts), notes)


def _limited(begin: str, parts: list[tuple[str, Written]], end: str) -> Written:
    whole = _joined(begin, parts, end)
    if len(whole.code) <= 4 * MOST_TEXT:
        return whole
    return Written(f"{whole.code[: 4 * MOST_TEXT]}{GAP}", shortened=True)


def _array(value: NDArray[Any], index: tuple[int, ...]) -> Written:
    code, note = _values(value, index)
    plain = value.dtype in (np.float64, np.int64, np.bool_) and value.size > 0
    dtype = "" if plain else f", dtype=np.{value.dtype.name}"
    if not value.size:
        return Written(f"np.zeros({value.shape}{dtype})")
    return Written(f"np.array({code}{dtype})", bool(note), note)


def _tensor(value: Tensor, index: tuple[int, ...]) -> Written:
    code, note = _values(value.array, index)
    more = f", dtype=torch.{value.dtype}"
    if value.device and value.device != "cpu":
        more += f", device={value.device!r}"
    if value.requires_grad:
        more += ", requires_grad=True"
    if not value.array.size:
        return Written(f"torch.zeros({value.array.shape}{more})")
    return Written(f"torch.tensor({code}{more})", bool(note), note)


def _values(value: NDArray[Any], index: tuple[int, ...]) -> tuple[str, str]:
    """Return nested lists of the numbers, and a note on which of them they are."""
    if value.size <= MOST_NUMBERS or value.ndim == 0:
        return _nested(value), ""
    if value.ndim == 1:
        start = max(0, index[0] - MOST_NUMBERS // 2) if index else 0
        part = value[start : start + MOST_NUMBERS]
        place = f"[{start}:{start + len(part)}]"
    else:
        row = index[0] if index and index[0] < len(value) else 0
        part, place = value[row : row + 1], f"[{row}:{row + 1}]"
        if part.size > MOST_NUMBERS:
            return f"np.zeros({value.shape})", f"shape {value.shape}"
    return _nested(part), f"{place}, shape {value.shape}"


def _nested(value: NDArray[Any]) -> str:
    if value.ndim == 0:
        return _exact(value[()])
    return "[" + ", ".join(_nested(part) for part in value) + "]"


def _exact(number: Any) -> str:
    """Return the shortest text that its dtype parses to this number."""
    if isinstance(number, np.generic):
        if number.dtype.kind in _INTEGERS:
            return str(number.item())
        if number.dtype.kind == "c":
            return str(number)
    if math.isnan(number):
        return "np.nan"
    if math.isinf(number):
        return "np.inf" if number > 0 else "-np.inf"
    return str(number) if isinstance(number, np.generic) else repr(number)


def _numbers(value: NDArray[Any], index: tuple[int, ...]) -> Written:
    if value.ndim == 0:
        return Written(_short(value[()]))
    if value.size <= MOST_RESULTS:
        return Written(_rounded(value))
    if value.ndim == 1:
        at = index[0] if index else 0
        start, stop = max(0, at - AROUND), min(len(value), at + AROUND + 1)
        inner = ", ".join(_short(number) for number in value[start:stop])
        before, after = f"{GAP}, " * (start > 0), f", {GAP}" * (stop < len(value))
        return Written(f"[{before}{inner}{after}]", shortened=True)
    row = index[0] if index and index[0] < len(value) else 0
    inner = _numbers(value[row], index[1:]).code
    before, after = f"{GAP}, " * (row > 0), f", {GAP}" * (row + 1 < len(value))
    return Written(f"[{before}{inner}{after}]", shortened=True)


def _rounded(value: NDArray[Any]) -> str:
    if value.ndim == 0:
        return _short(value[()])
    return "[" + ", ".join(_rounded(part) for part in value) + "]"


def _short(number: Any) -> str:
    if isinstance(number, bool | np.bool_ | int | np.integer):
        return str(number)
    if isinstance(number, complex | np.complexfloating):
        return f"{complex(number):.{DIGITS}g}"
    number = float(number)
    return repr(float(f"{number:.{DIGITS}g}")) if math.isfinite(number) else str(number)


def _function(value: Any) -> Written:
    """Return the author's Python expression for a function, else a placeholder."""
    shown = getattr(value, "shown", None)
    if callable(value) and isinstance(shown, str):
        return Written(shown)
    return Written("...", shortened=True)
