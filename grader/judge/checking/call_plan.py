"""Which calls the checks of an exercise make, learnt from submissions that passed them."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from grader.judge.processes.pipeline import ExpectedCall
from grader.wire.values import encode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.judge.processes.sandboxed_program import FunctionCall

SEEDS = 4
"""Seeds whose calls are kept: a class has one, submissions that were judged before have others."""
SLOW = 0.02
"""Share of the CPU seconds of one check from which a check counts as slow: it is never sent ahead,
so that each of its calls is measured by itself."""


class CallPlan:
    """The calls of each check of one exercise, by seed and the place of the check.

    ``cpu_seconds``: the limit of one check.
    """

    def __init__(self, cpu_seconds: float) -> None:
        self._most = SLOW * cpu_seconds
        self._mark = secrets.token_hex(12)
        self._known: dict[int, dict[int, list[ExpectedCall]]] = {}
        self._unfit: set[int] = set()  # checks whose calls differ, are slow or hold functions

    def learn(
        self,
        seed: int,
        place: int,
        made: Sequence[tuple[FunctionCall, int | None]],
        cpu_seconds: float,
    ) -> None:
        """Note the calls of a check that was passed, and the CPU seconds that they took."""
        known = self._known.get(seed, {})
        if place in known or place in self._unfit:
            return
        expected = None if cpu_seconds > self._most else self._expected(place, made)
        if expected is None:
            self._unfit.add(place)
            return
        if seed not in self._known and len(self._known) >= SEEDS:
            self._known.pop(next(iter(self._known)))
        self._known.setdefault(seed, known)[place] = expected

    def forget(self, place: int) -> None:
        """Note that a check is not to be sent ahead: answers differ in which calls it makes."""
        self._unfit.add(place)

    def calls(self, seed: int, place: int) -> Sequence[ExpectedCall] | None:
        """Return the calls of a check; None if they are not known, or not to be sent ahead."""
        return None if place in self._unfit else self._known.get(seed, {}).get(place)

    def _expected(
        self, place: int, made: Sequence[tuple[FunctionCall, int | None]]
    ) -> list[ExpectedCall] | None:
        """Return the calls, encoded; None if one holds a function or is watched."""
        expected = []
        for call, seed in made:
            if call.digest is None or call.watched:
                return None
            encoded = encode([call.name, list(call.args), dict(call.kwargs)])
            encoded.buffers = [memoryview(bytes(buffer)) for buffer in encoded.buffers]
            expected.append(
                ExpectedCall(place, call.operation, call.digest, seed, encoded, self._mark)
            )
        return expected
