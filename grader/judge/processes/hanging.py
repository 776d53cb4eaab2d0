"""Functions that exceed their time limit repeatedly and have never returned."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from grader.judge.failures import Finding, NotRunError
from grader.judge.processes.outcomes import Outcome, Raised, Returned, TimedOut

if TYPE_CHECKING:
    from grader.judge.processes.sandboxed_program import FunctionCall

ENOUGH = 2
"""Time-outs of one kind, computing or waiting, after which a function is not called again."""


class TimeOuts:
    """Counts the time-outs of each function of one submission.

    A function that has returned or raised once stays callable: a hang then costs one check.
    ``earlier``: the time-outs of shown checks, for hidden ones: a function that has never returned
    there is tried once more.
    """

    def __init__(self, earlier: TimeOuts | None = None) -> None:
        self._earlier = earlier
        self._counts: Counter[tuple[str, str, bool]] = Counter()
        self._came_back: set[tuple[str, str]] = set()

    def note(self, call: FunctionCall, outcome: Outcome) -> None:
        """Record the outcome of a call."""
        if isinstance(outcome, TimedOut):
            self._counts[call.operation, call.name, outcome.waiting] += 1
        elif isinstance(outcome, Returned | Raised):
            self._came_back.add((call.operation, call.name))

    def hopeless(self, call: FunctionCall) -> bool:
        """Return True if a function has exceeded its limit ENOUGH times, always in the same way."""
        if (call.operation, call.name) in self._came_back:
            return False
        enough = 1 if self._earlier is not None and self._earlier.hopeless(call) else ENOUGH
        return any(
            self._counts[call.operation, call.name, waiting] >= enough for waiting in (False, True)
        )

    def refuse(self, call: FunctionCall, title: str) -> None:
        """Refuse a call that would only time out again.

        Raises:
            NotRunError: with the reason.

        """
        if self.hopeless(call):
            raise NotRunError("budget", Finding("not_run.same_timeout", {"function": title}))
