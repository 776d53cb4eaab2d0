"""How long the top level of a submission may run before a statement of it is stopped.

The judge enforces the real limit, by ending the process. This one is slightly shorter, so that the
statement can be named and the functions around it can still be called.
"""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import types

_TICKS = 10
"""Timer signals within the limit: a statement is stopped at most a tenth of the limit late."""
_ASLEEP = 2 * _TICKS
"""Consecutive ticks with next to no CPU time after which a statement counts as sleeping."""
# Share of a tick: less CPU time than this counts as none.
_NEXT_TO_NOTHING = 0.01
_LOOKING = 0.002
"""CPU seconds that the handler itself may take, on a slow machine."""
_REST = 0.1
"""Share of the limit that a statement gets once another one has used it up."""


class TooLongError(BaseException):
    """A statement was stopped. A BaseException, so that ``except Exception`` does not catch it."""


class _Clock:
    """The process's only interval timer, and the Patience that its signal calls."""

    def __init__(self) -> None:
        self.patience: Patience | None = None
        self._set_up = False

    def set_up(self) -> None:
        """Install the signal handler once; done before a fork, it need not be repeated after it."""
        if not self._set_up:
            self._set_up = True
            signal.signal(signal.SIGALRM, self._ring)

    def _ring(self, _number: int, _frame: types.FrameType | None) -> None:
        if self.patience is not None:
            self.patience.look()


_CLOCK = _Clock()


class Patience:
    """Lets code run for ``seconds`` of CPU time in all, and sleep for twice as long.

    Use it as a context around each piece of code. With 0 seconds there is no limit.
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
        """Stop the timer."""
        if self._begun:
            signal.setitimer(signal.ITIMER_REAL, 0)
            _CLOCK.patience = None

    def _wind(self) -> None:
        self._start = self._last = time.process_time()
        self._asleep = 0
        signal.setitimer(signal.ITIMER_REAL, self._limit / _TICKS, self._limit / _TICKS)

    def look(self) -> None:
        """Stop code that has used its CPU time or sleeps; a busy machine still grants it some."""
        now = time.process_time()
        idle = now - self._last < max(_LOOKING, _NEXT_TO_NOTHING * self._limit / _TICKS)
        self._asleep = self._asleep + 1 if idle else 0
        self._last = now
        if now - self._start < self._limit and self._asleep < _ASLEEP:
            return
        # The loop to be stopped may itself catch the exception: it is raised again, soon.
        self._limit = _REST * self.seconds
        self._wind()
        if self._running:
            raise TooLongError
