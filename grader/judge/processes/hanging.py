"""Functions that go past their time limit again and again, and have never come back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from grader.judge.failures import Finding, NotRunError
from grader.judge.processes.outcomes import Outcome, Raised, Returned, TimedOut

if TYPE_CHECKING:
    from grader.judge.processes.sandboxed_program import FunctionCall

ENOUGH = 2
"""After so many time-outs of one kind, one by computing or one by waiting, it is called no more."""


class TimeOuts:
    """Counts the time-outs of each function of one submission.

    Whoever has once returned, or raised, is called on: a hang then costs one check. ``earlier``:
    the time-outs of shown checks, for those that are not shown: what has never come back there
    gets one more try.
    """

    def __init__(self, earlier: TimeOuts | None = None) -> None:
        self._earlier = earlier
        self._counts: Counter[tuple[str, str, bool]] = Counter()
        self._came_back: set[tuple[str, str]] = set()

    def note(self, call: FunctionCall, outcome: Outcome) -> None:
        """Take down how a call ended."""
        if isinstance(outcome, TimedOut):
            self._counts[call.operation, call.name, outcome.waiting] += 1
        elif isinstance(outcome, Returned | Raised):
            self._came_back.add((call.operation, call.name))

    def hopeless(self, call: FunctionCall) -> bool:
        """Tell whether a function has gone past its limit often enough, always in the same way."""
        if (call.operation, call.name) in self._came_back:
            return False
        enough = 1 if self._earlier is not None and self._earlier.hopeless(call) else ENOUGH
        return any(
            self._counts[call.operation, call.name, waiting] >= enough for waiting in (False, True)
        )

    def refuse(self, call: FunctionCall, title: str) -> None:
        """Raise NotRunError where a call would only take its time again."""
        if self.hopeless(call):
            raise NotRunError("budget", Finding("not_run.same_timeout", {"function": title}))
