"""Comparison of a submission's result with the right one.

In this order, each with its own message: kind of value, shape, device, finiteness, values. So the
first sentence names the coarsest mistake.
"""

from __future__ import annotations

import contextvars
import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.course.models import Tolerance
from grader.judge.failures import (
    ArgumentValue,
    AuthorError,
    CheckFailedError,
    ComparedResult,
    Finding,
    Spot,
)
from grader.judge.feedback.precision import FLOAT32, own_epsilon
from grader.wire.values import GeneratorItems, Tensor, Unsupported

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Significant digits of numbers in messages.
SHOWN_DIGITS = 6
FLOAT16_STEP = 2.0**-24  # the smallest positive float16, subnormal
Path = tuple[Any, ...]
"""The keys and positions that lead to a part of a result."""


@dataclass(frozen=True, eq=False)
class RecordedComparison:
    """A comparison of an array with the right one: the certificate is computed on these."""

    got: Any
    expected: NDArray[Any]
    tolerance: Tolerance
    scale: float
    atol: float

    def findings(self, got: Any, path: Path = ()) -> list[Finding]:
        """Return the mistakes of ``got``; empty if it is right."""
        return _array_findings(self, got, path)


@dataclass
class CheckContext:
    """The exercise's settings for comparisons in a running check, and their records."""

    tolerance: Tolerance = field(default_factory=Tolerance)
    device: str = "cpu"
    seen: list[RecordedComparison] = field(default_factory=list)
    tensors: bool = True  # whether results may be tensors
    coarsest: Callable[[], float] = lambda: math.inf  # see `_epsilon`


setting: contextvars.ContextVar[CheckContext] = contextvars.ContextVar("setting")


def assert_close(
    got: Any,
    expected: Any,
    *,
    rtol: float | None = None,
    scale: float | None = None,
    atol: float = 0.0,
) -> None:
    """Check that ``got`` equals ``expected`` within the tolerance of the exercise.

    Arrays, tensors and scalars: |got - expected| <= rtol*|expected| + c*eps(dtype of got)*scale +
    atol, elementwise in float64, where ``scale`` is the largest |expected| of the array unless
    given, and eps at most that of float32 or of the coarsest argument. A non-finite expected value
    must be met exactly. A list, tuple or dict is compared item by item.

    Raises:
        CheckFailedError: with the first mistake found.

    """
    findings = _findings(got, expected, _Options(rtol, scale, atol), ())
    if findings:
        raise CheckFailedError(*findings, looked_at=ComparedResult(got, expected))


@dataclass(frozen=True)
class _Options:
    rtol: float | None
    scale: float | None
    atol: float


def _findings(got: Any, expected: Any, options: _Options, path: Path) -> list[Finding]:
    if isinstance(expected, dict):
        return _mapping_findings(got, expected, options, path)
    if isinstance(expected, list | tuple):
        return _sequence_findings(got, expected, options, path)
    if isinstance(expected, GeneratorItems):
        return _sequence_findings(got, expected.items, options, path)
    if isinstance(expected, Unsupported) or expected is None:
        raise AuthorError(f"the expected value is {expected!r}")
    return _comparison(expected, got, options).findings(got, path)


def _comparison(expected: Any, got: Any, options: _Options) -> RecordedComparison:
    here = setting.get(CheckContext())
    array = np.asarray(expected.array if isinstance(expected, Tensor) else expected)
    if array.dtype == object or array.dtype.kind not in "biufc":
        raise AuthorError(f"the expected value has dtype {array.dtype}")
    wide = array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)
    scale = options.scale
    if scale is None:
        finite = np.abs(wide[np.isfinite(wide)])
        scale = float(finite.max(initial=0.0))
    tolerance = here.tolerance
    if options.rtol is not None:
        tolerance = tolerance.model_copy(update={"rtol": options.rtol})
    comparison = RecordedComparison(got, wide, tolerance, scale, options.atol)
    here.seen.append(comparison)
    return comparison


def _mapping_findings(
    got: Any, expected: dict[Any, Any], options: _Options, path: Path
) -> list[Finding]:
    if not isinstance(got, dict):
        return wrong_kind(got, "dict", path)
    missing = [key for key in expected if key not in got]
    if missing:
        return _at([Finding("compare.keys", {"missing": _names(missing)})], path)
    for key, value in expected.items():
        findings = _findings(got[key], value, options, (*path, key))
        if findings:
            return findings
    return []


def _sequence_findings(got: Any, expected: Any, options: _Options, path: Path) -> list[Finding]:
    if isinstance(got, GeneratorItems):
        got = got.items
    if not isinstance(got, list | tuple):
        return wrong_kind(got, type(expected).__name__, path)
    if len(got) != len(expected):
        sizes: dict[str, ArgumentValue] = {"got": len(got), "expected": len(expected)}
        return _at([Finding("compare.length", sizes)], path)
    for index, (one, right) in enumerate(zip(got, expected, strict=True)):
        findings = _findings(one, right, options, (*path, index))
        if findings:
            return findings
    return []


def _names(keys: list[Any]) -> str:
    return ", ".join(str(key) for key in keys)


def _at(findings: list[Finding], path: Path) -> list[Finding]:
    """Prefix findings with the position in a nested result."""
    if not findings or not path:
        return findings
    return [_in(finding, path) for finding in findings]


def _in(finding: Finding, path: Path) -> Finding:
    spot = replace(finding.spot, path=path)
    return replace(finding, args={"entry": spot.name, **finding.args}, spot=spot)


def wrong_kind(got: Any, wanted: str, path: Path) -> list[Finding]:
    """Return the finding that a result is of another kind than the one wanted.

    ``wanted`` is a key of KINDS, a word for which messages have a translation.
    """
    if got is None:
        return _at([Finding("compare.none")], path)
    if isinstance(got, Unsupported) and got.type == type(...).__name__:
        return _at([Finding("compare.blank")], path)
    if isinstance(got, Unsupported):
        return _at([Finding("compare.foreign", {"type": got.type})], path)
    args = {"got": _kind(got), "expected": KINDS[wanted], "wanted": wanted}
    return _at([Finding("compare.type", args)], path)


KINDS = {
    "number": "float",
    "array": "numpy.ndarray",
    "tensor": "torch.Tensor",
    "dict": "dict",
    "list": "list",
    "tuple": "tuple",
}
"""Kinds of results, and their types in Python."""


def _kind(value: Any) -> str:
    if isinstance(value, Tensor):
        return "torch.Tensor"
    if isinstance(value, GeneratorItems):
        return "generator"
    if isinstance(value, np.ndarray):
        return "numpy.ndarray"
    # Names of stand-ins belong to the grader and are not shown.
    known = isinstance(value, bool | int | float | complex | str | list | tuple | dict | np.generic)
    return type(value).__name__ if known else "object"


def numbers_wanted() -> str:
    """Return the kind that an exercise calls many numbers: an array, or a tensor."""
    return "tensor" if setting.get(CheckContext(tensors=False)).tensors else "array"


def plain_numbers(got: Any, path: Path, wanted: str = "") -> NDArray[Any] | list[Finding]:
    """Return the numbers of a result, or the findings about its kind."""
    if isinstance(got, Tensor) and setting.get(CheckContext()).tensors:
        return got.array
    if isinstance(got, np.ndarray | np.generic | int | float):
        array = np.asarray(got)
        if array.dtype.kind in "biufc":
            return array
    return wrong_kind(got, wanted or numbers_wanted(), path)


def device_findings(got: Any, path: Path) -> list[Finding]:
    """Return the finding that a tensor is not on the device under test."""
    device = setting.get(CheckContext()).device
    if not isinstance(got, Tensor) or got.device.split(":")[0] in {"", device}:
        return []
    return _at([Finding("compare.device", {"got": got.device, "expected": device})], path)


def _array_findings(comparison: RecordedComparison, got: Any, path: Path) -> list[Finding]:
    array = plain_numbers(got, path, "" if comparison.expected.ndim else "number")
    if isinstance(array, list):
        return array
    expected = comparison.expected
    if array.shape != expected.shape:
        shapes: dict[str, ArgumentValue] = {
            "got": str(array.shape),
            "expected": str(expected.shape),
        }
        return _at([Finding("compare.shape", shapes)], path)
    if elsewhere := device_findings(got, path):
        return elsewhere
    with np.errstate(all="ignore"):
        wide = array.astype(expected.dtype if array.dtype.kind != "c" else np.complex128)
        return _at(_number_findings(comparison, wide, array, got), path)


def _number_findings(
    comparison: RecordedComparison, wide: NDArray[Any], array: NDArray[Any], got: Any
) -> list[Finding]:
    epsilon = _epsilon(array, got)
    findings = _non_finite(wide, comparison.expected) or _values(comparison, wide, epsilon)
    own = own_epsilon(array, got)
    if findings and own > epsilon and _rounded(comparison, wide, own):
        name = got.dtype if isinstance(got, Tensor) else str(array.dtype)
        return [Finding("compare.precision", {"dtype": name})]
    return findings


def _rounded(comparison: RecordedComparison, got: NDArray[Any], epsilon: float) -> bool:
    """Return True if values are right up to their own rounding, counted twice: before and after."""
    error, size = np.abs(got - comparison.expected), np.abs(comparison.expected)
    return bool((error <= epsilon * size + comparison.atol + FLOAT16_STEP).all())


def _epsilon(array: NDArray[Any], got: Any) -> float:
    """Return the precision to which a result is held: that of its own dtype, within bounds.

    Coarse arguments allow a coarse result, and float32 always suffices; but a float16 result of
    float64 arguments is held to float32 precision.
    """
    return min(own_epsilon(array, got), max(FLOAT32, setting.get(CheckContext()).coarsest()))


def _non_finite(got: NDArray[Any], expected: NDArray[Any]) -> list[Finding]:
    wrong = ~np.isfinite(got) & ~_same_non_finite(got, expected)
    if not wrong.any():
        return []
    where = _first(wrong)
    name = "compare.nan" if np.isnan(got[where]) else "compare.inf"
    args: dict[str, ArgumentValue] = {"count": int(wrong.sum()), "where": _where(where)}
    return [Finding(name, args, Spot(index=where))]


def _same_non_finite(got: NDArray[Any], expected: NDArray[Any]) -> NDArray[np.bool_]:
    both_nan = np.isnan(got) & np.isnan(expected)
    return np.asarray((got == expected) | both_nan)


def allowed_error(comparison: RecordedComparison, epsilon: float) -> NDArray[np.float64]:
    """Return the allowed absolute error of each element."""
    tolerance = comparison.tolerance
    floor = tolerance.c * epsilon * comparison.scale + comparison.atol
    size = np.abs(comparison.expected)
    # A share of infinity would be infinity: non-finite values must be met exactly.
    return np.where(np.isfinite(size), tolerance.rtol * size + floor, 0.0)


def _values(comparison: RecordedComparison, got: NDArray[Any], epsilon: float) -> list[Finding]:
    expected = comparison.expected
    allowed = allowed_error(comparison, epsilon)
    error = np.where(_same_non_finite(got, expected), 0.0, np.abs(got - expected))
    # Written so that a NaN anywhere is wrong: only a proven `<=` passes.
    wrong = ~(error <= allowed)
    if wrong.any():
        excess = np.where(wrong, np.where(np.isnan(error), np.inf, error - allowed), -np.inf)
        where = np.unravel_index(int(np.argmax(excess)), excess.shape)
        return [_value_finding(got, expected, error, allowed, tuple(int(i) for i in where))]
    return _row_findings(comparison, error, epsilon)


def _value_finding(
    got: NDArray[Any],
    expected: NDArray[Any],
    error: NDArray[Any],
    allowed: NDArray[Any],
    where: tuple[int, ...],
) -> Finding:
    args: dict[str, ArgumentValue] = {
        "got": _number(got[where]),
        "expected": _number(expected[where]),
        "error": _number(error[where]),
        "allowed": _number(allowed[where]),
    }
    if not where:
        return Finding("compare.value", args)
    return Finding("compare.values", {"where": _where(where), **args}, Spot(index=where))


def _row_findings(
    comparison: RecordedComparison, error: NDArray[Any], epsilon: float
) -> list[Finding]:
    """Compare the relative L2 error of each row, with the same floor as the elements have."""
    limit = comparison.tolerance.row_l2
    expected = comparison.expected
    if limit is None or expected.ndim == 0 or expected.size == 0:
        return []
    axis = None if expected.ndim == 1 else tuple(range(1, expected.ndim))
    width = expected.size if expected.ndim == 1 else expected[0].size
    finite = np.where(np.isfinite(expected), np.abs(expected), 0.0)
    floor = comparison.tolerance.c * epsilon * comparison.scale + comparison.atol
    allowed = limit * np.sqrt((finite**2).sum(axis=axis)) + floor * math.sqrt(width)
    norm = np.atleast_1d(np.sqrt((error**2).sum(axis=axis)))
    wrong = ~(norm <= np.atleast_1d(allowed))
    if not wrong.any():
        return []
    row = int(np.argmax(wrong))
    args: dict[str, ArgumentValue] = {
        "row": row,
        "error": _number(norm[row]),
        "allowed": _number(np.atleast_1d(allowed)[row]),
    }
    return [Finding("compare.row", args, Spot(index=(row,)))]


def _first(mask: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(int(i) for i in np.argwhere(mask)[0])


def _where(index: tuple[int, ...]) -> str:
    return "[" + ", ".join(str(i) for i in index) + "]" if index else "[]"


def _number(value: Any) -> ArgumentValue:
    """Return a number for a report: a float of few digits, or text if not finite."""
    if isinstance(value, complex | np.complexfloating):
        return f"{complex(value):.{SHOWN_DIGITS}g}"
    number = float(value)
    return float(f"{number:.{SHOWN_DIGITS}g}") if math.isfinite(number) else repr(number)
