"""The speed of a submission relative to the reference, by the judge's clock.

No check compares seconds with a constant. Both programs compute the same inputs right after each
other, new ones each time, and the median of the ratios decides.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grader.judge.checking.bars import note_measurement
from grader.judge.checking.compare import assert_close
from grader.judge.failures import CheckFailedError, ComparedResult, Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.judge.checking.function_namespace import Function
    from grader.judge.processes.outcomes import Returned

# Calls that are not measured, and measured ones; the median ignores five outliers on each side.
WARM_UP, REPEATS = 2, 11


class Stopwatch:
    """Started and stopped by requests of the student process right before and after the call."""

    def __init__(self) -> None:
        self._started: float | None = None
        self._stopped: float | None = None

    def start(self) -> None:
        """Start; later calls have no effect."""
        if self._started is None:
            self._started = time.perf_counter()

    def stop(self) -> None:
        """Stop; the last call counts."""
        self._stopped = time.perf_counter()

    def seconds(self) -> float:
        """Return the seconds in between; until now if it was not stopped.

        Infinite if it was never started.
        """
        if self._started is None:
            return float("inf")
        return (self._stopped or time.perf_counter()) - self._started


@dataclass(frozen=True, eq=False)
class Timed:
    """The value that a call returned, and the seconds that it took."""

    outcome: Returned
    seconds: float

    @property
    def value(self) -> Any:
        """The returned value."""
        return self.outcome.value


def assert_as_fast(
    function: Function,
    reference: Function,
    draw: Callable[[], Sequence[Any]],
    *,
    at_most: float,
    repeats: int = REPEATS,
) -> None:
    """Check that a function takes at most so many times as long as that of the reference.

    ``draw`` returns arguments, new ones each time. Every timed result must be right, too. The first
    calls of both, which load modules and caches, do not count. The ratio is a bar's measurement:
    `benchmarks/race.py` prints those of a reference against itself.
    """
    runs: list[tuple[Timed, Timed]] = []
    for turn in range(WARM_UP + repeats):
        args = draw()
        pair = (function, reference) if turn % 2 else (reference, function)
        timed = {one: one.timed(*args) for one in pair}
        assert_close(timed[function].value, reference(*args))
        runs.append((timed[function], timed[reference]))
    times = statistics.median(mine.seconds / others.seconds for mine, others in runs[WARM_UP:])
    note_measurement(times, at_most)
    if times > at_most:
        finding = Finding("speed.slower", {"times": round(times, 1), "allowed": at_most})
        last, _ = runs[-1]
        raise CheckFailedError(finding, looked_at=ComparedResult(outcome=last.outcome))
