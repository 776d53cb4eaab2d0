"""The first worker of a batch, started before the class is read: it gets ready meanwhile."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Self

from grader.batch.worker_process import CannotStartError, SpawnedWorker
from grader.batch.worker_settings import START_SECONDS, WorkerSettings, level_of

if TYPE_CHECKING:
    from grader.wire.levels import Level


class EarlyWorker:
    """A worker without an event loop yet. Close it after use, whether it was taken or not.

    Where it cannot be started, nothing is said: the scheduler starts others, and says why not.
    """

    def __init__(self, settings: WorkerSettings) -> None:
        """Start it, and send it its settings.

        Raises:
            BatchError: a temporary file cannot be written.

        """
        self._spawned: SpawnedWorker | None = None
        self._answer = b""
        with contextlib.suppress(CannotStartError):
            self._spawned = SpawnedWorker()
            message = settings.message(self._spawned.scratch, early=True)
            with contextlib.suppress(OSError):  # it has ended: its answer will not come
                self._spawned.channel.sendall(json.dumps(message).encode() + b"\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def level(self) -> Level | None:
        """Wait until it is ready; return the isolation level of this machine, None if unknown."""
        return level_of(self._answer) if self._is_ready() else None

    def take(self) -> SpawnedWorker | None:
        """Return the worker once it is ready, None where there is none; the caller closes it."""
        if not self._is_ready():
            return None
        spawned, self._spawned = self._spawned, None
        return spawned

    def _is_ready(self) -> bool:
        """Wait for the answer to the settings. A worker that does not answer is closed."""
        if self._spawned is not None and not self._answer:
            self._answer = _line(self._spawned)
            if not self._answer:
                self.close()
        return self._spawned is not None

    def close(self) -> None:
        """End the worker, unless it was taken."""
        spawned, self._spawned = self._spawned, None
        if spawned is not None:
            spawned.close()


def _line(spawned: SpawnedWorker) -> bytes:
    """Return the next line of a worker; empty if it ends or says nothing for too long."""
    line = b""
    spawned.channel.settimeout(START_SECONDS)
    with contextlib.suppress(OSError):
        while not line.endswith(b"\n"):
            piece = spawned.channel.recv(4096)
            if not piece:
                return b""
            line += piece
        return line
    return b""
