"""How long the top level of a submission may run before a statement of it is stopped.

The judge keeps the real limit, which ends the process. This one comes just before it, so that the
statement can be named and the functions around it can still be called.
"""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import types

_TICKS = 10
"""So many looks within the limit at what a process does."""
_ASLEEP = 2 * _TICKS
"""After so many in a row at which it has computed next to nothing, it is woken."""
_NEXT_TO_NOTHING = 0.01
_LOOKING = 0.002
"""CPU seconds that a look itself may take, on a slow machine."""
_REST = 0.1
"""What a statement gets of the limit once another one has used it up."""


class TooLongError(BaseException):
    """A statement was stopped: nothing that a submission catches by accident."""


class _Clock:
    """The process's one clock: whom it asks to look."""

    def __init__(self) -> None:
        self.patience: Patience | None = None
        self._set_up = False

    def set_up(self) -> None:
        """Listen to the signal, once: what is done before a fork need not be done after it."""
        if not self._set_up:
            self._set_up = True
            signal.signal(signal.SIGALRM, self._ring)

    def _ring(self, _number: int, _frame: types.FrameType | None) -> None:
        if self.patience is not None:
            self.patience.look()


_CLOCK = _Clock()


class Patience:
    """Lets code run for ``seconds`` of CPU time in all, and sleep for twice as long; 0: for ever.

    A context for each piece of code.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._limit = seconds
        self._running = self._begun = False
        self._start = self._last = 0.0  # CPU time
        self._asleep = 0

    def __enter__(self) -> Self:
        if self.seconds and not self._begun:
            self._begun = True
            _CLOCK.set_up()
            _CLOCK.patience = self
            self._wind()
        self._running = True
        return self

    def __exit__(self, *_: object) -> None:
        self._running = False

    def end(self) -> None:
        """Stop the clock."""
        if self._begun:
            signal.setitimer(signal.ITIMER_REAL, 0)
            _CLOCK.patience = None

    def _wind(self) -> None:
        self._start = self._last = time.process_time()
        self._asleep = 0
        signal.setitimer(signal.ITIMER_REAL, self._limit / _TICKS, self._limit / _TICKS)

    def look(self) -> None:
        """Stop what has computed for too long, or slept: a busy machine lets all compute a bit."""
        now = time.process_time()
        idle = now - self._last < max(_LOOKING, _NEXT_TO_NOTHING * self._limit / _TICKS)
        self._asleep = self._asleep + 1 if idle else 0
        self._last = now
        if now - self._start < self._limit and self._asleep < _ASLEEP:
            return
        # The very loop that is to end may catch the exception: it comes again, soon.
        self._limit = _REST * self.seconds
        self._wind()
        if self._running:
            raise TooLongError
