"""The certificate of an exercise: its comparisons accept right answers and reject wrong ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.course.languages import msgid
from grader.judge.checking.compare import CheckContext, setting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from grader.judge.checking.compare import RecordedComparison

CORRUPTIONS: dict[str, Callable[[NDArray[Any]], NDArray[Any]]] = {
    "zeros": np.zeros_like,
    "ones": np.ones_like,
    "NaN": lambda expected: np.full_like(expected, np.nan),
    "the mean everywhere": lambda expected: np.full_like(expected, expected.mean()),
    "1 % too large": lambda expected: expected * 1.01,
    "the sign flipped": lambda expected: -expected,
}

NAMES = {
    "zeros": msgid("zeros"),
    "ones": msgid("ones"),
    "NaN": msgid("NaN"),
    "the mean everywhere": msgid("the mean everywhere"),
    "1 % too large": msgid("a result that is 1 % too large"),
    "the sign flipped": msgid("a result with its sign flipped"),
}
"""Names of the corruptions in reports."""


def undetected_corruptions(
    comparisons: Iterable[RecordedComparison], device: str
) -> tuple[list[str], int]:
    """Return the corruptions that no comparison rejects, and how many equalled the right result.

    A corruption that leaves the expected value unchanged (zeros for zeros) proves nothing: it is
    skipped and counted.
    """
    known = list(comparisons)
    accepted: list[str] = []
    skipped = 0
    token = setting.set(CheckContext(device=device))
    try:
        with np.errstate(all="ignore"):
            for name, corrupt in CORRUPTIONS.items():
                verdicts: list[bool] = []
                for comparison in known:
                    wrong = corrupt(comparison.expected)
                    if np.array_equal(wrong, comparison.expected, equal_nan=True):
                        skipped += 1
                    else:
                        verdicts.append(bool(comparison.findings(wrong)))
                if verdicts and not any(verdicts):
                    accepted.append(name)
    finally:
        setting.reset(token)
    return accepted, skipped
