"""Who is judged when: a bounded queue, first come, first served."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from grader.jobe.errors import OverloadedError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator


class Turns:
    """Places for runs, and turns: at most ``at_once`` of those that have a place have a turn.

    Nobody waits longer than ``patience`` seconds: web servers give up after a minute.
    """

    def __init__(self, at_once: int, places: int, patience: float) -> None:
        self._free = at_once
        self._places = at_once + places
        self._patience = patience
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._closed = False

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place, from before the request is read until it is answered.

        Raises:
            OverloadedError: there is none, or the server is about to end.

        """
        if self._closed or not self._places:
            raise OverloadedError
        self._places -= 1
        try:
            yield
        finally:
            self._places += 1

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, and hold it.

        Raises:
            OverloadedError: it did not come in time, or the server is about to end.

        """
        await self._take()
        try:
            yield
        finally:
            self._pass_on()

    def close(self) -> None:
        """Give no more places and turns; those who have a turn finish."""
        self._closed = True
        while self._waiting:
            self._waiting.popleft().cancel()

    async def _take(self) -> None:
        if self._closed:
            raise OverloadedError
        if self._free:
            self._free -= 1
            return
        coming = asyncio.get_running_loop().create_future()
        self._waiting.append(coming)
        try:
            await asyncio.wait([coming], timeout=self._patience)
        except asyncio.CancelledError:
            self._leave(coming)
            raise
        if not coming.done() or coming.cancelled():
            self._leave(coming)
            raise OverloadedError

    def _leave(self, coming: asyncio.Future[None]) -> None:
        """Give up a place among those who wait, or the turn that has come meanwhile."""
        if coming in self._waiting:
            self._waiting.remove(coming)
        elif coming.done() and not coming.cancelled():
            self._pass_on()

    def _pass_on(self) -> None:
        if self._waiting:
            self._waiting.popleft().set_result(None)
        else:
            self._free += 1
