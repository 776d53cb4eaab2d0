"""One worker process, from the coordinator's side: start, messages, end."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import grader
from grader.batch.plan import unwritable
from grader.course.system_errors import reason
from grader.errors import GraderError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

# Bytes of an answer: asyncio raises for a longer line. A report with pictures stays far below.
LINE_LIMIT = 256 << 20
TOLD = 4000  # characters of a dead worker's standard error
PACKAGE = Path(grader.__file__).resolve().parent


class WorkerDiedError(GraderError):
    """A worker ended, or did not answer in time, with jobs in its window."""


class CannotStartError(GraderError):
    """No worker can be started on this machine, so the batch cannot go on."""


class SpawnedWorker:
    """A worker process, with a scratch folder of its own. Close it after use.

    ``channel`` is connected to its standard input and output. A socket, and not two pipes: the
    worker may be started before there is an event loop that could read them.
    """

    def __init__(self) -> None:
        """Start it.

        Raises:
            CannotStartError: the worker cannot be started.
            BatchError: a temporary file cannot be written.

        """
        with contextlib.ExitStack() as opened:
            try:
                self.scratch = opened.enter_context(_scratch())
                self._errors = opened.enter_context(tempfile.TemporaryFile())
            except OSError as error:
                raise unwritable(Path(tempfile.gettempdir()), error) from error
            try:
                self.channel, of_worker = socket.socketpair()
                opened.enter_context(self.channel)
                with of_worker:
                    self.process = self._started(of_worker)
            except OSError as error:
                raise CannotStartError(reason(error)) from error
            opened.callback(self._end)
            self._opened = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _started(self, channel: socket.socket) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            (sys.executable, "-P", "-m", "grader.batch.worker"),
            stdin=channel.fileno(),
            stdout=channel.fileno(),
            stderr=self._errors,
            env=_environment(),
            start_new_session=True,
        )

    def close(self) -> None:
        """End the worker and all processes that it started, and remove its files."""
        self._opened.close()

    def _end(self) -> None:
        # It leads a session of its own: its fork server and student processes are in its group.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stderr_tail(self) -> str:
        """Return the end of the worker's standard error."""
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, size - TOLD))
        return self._errors.read().decode("utf-8", "replace")


class WorkerProcess:
    """One worker process, as the event loop of the coordinator sees it."""

    def __init__(
        self, spawned: SpawnedWorker, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.process = spawned.process
        self._spawned = spawned
        self._reader = reader
        self._writer = writer

    async def send(self, message: object, seconds: float) -> None:
        """Send one line."""
        try:
            self._writer.write(json.dumps(message).encode() + b"\n")
            # Not wait_for: in Python 3.11 it swallows a cancellation, such as Ctrl-C, if the
            # awaited operation completes at that moment.
            async with asyncio.timeout(seconds):
                await self._writer.drain()
        except (OSError, TimeoutError) as error:
            raise WorkerDiedError(self._spawned.stderr_tail()) from error

    async def receive(self, seconds: float) -> dict[str, Any]:
        """Return the next answer."""
        answer: dict[str, Any] = json.loads(await self.receive_line(seconds))
        return answer

    async def receive_line(self, seconds: float) -> bytes:
        """Return the next answer, as it was sent."""
        try:
            async with asyncio.timeout(seconds):
                line = await self._reader.readline()
        except TimeoutError as error:
            silence = f"no answer in {seconds:.0f} s\n{self._spawned.stderr_tail()}"
            raise WorkerDiedError(silence) from error
        except OSError as error:  # it has ended without reading all that it was sent (unix(7))
            raise WorkerDiedError(self._spawned.stderr_tail()) from error
        if not line.endswith(b"\n"):
            raise WorkerDiedError(self._spawned.stderr_tail())
        return line

    def hang_up(self) -> None:
        """Close the connection: the worker ends by itself."""
        self._writer.close()


@contextlib.asynccontextmanager
async def started(spawned: SpawnedWorker | None = None) -> AsyncIterator[tuple[WorkerProcess, str]]:
    """Start a worker, or take one that was started; yield it with its scratch folder.

    It is ended afterwards, and the folder removed.

    Raises:
        CannotStartError: the worker cannot be started.
        BatchError: a temporary file cannot be written.

    """
    spawned = spawned or SpawnedWorker()
    try:
        reader, writer = await asyncio.open_unix_connection(sock=spawned.channel, limit=LINE_LIMIT)
        worker = WorkerProcess(spawned, reader, writer)
        try:
            yield worker, spawned.scratch
        finally:
            worker.hang_up()
    finally:
        await asyncio.to_thread(spawned.close)


def _scratch() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="grader-batch-", ignore_cleanup_errors=True)


def _environment() -> dict[str, str]:
    """Return the environment of a worker: one thread, and this same grader."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    root = PACKAGE.parent
    if not (root / "numpy").is_dir():  # a checkout; installed packages are found without it
        paths = [str(root), *filter(None, [environment.get("PYTHONPATH")])]
        environment["PYTHONPATH"] = os.pathsep.join(paths)
    return environment
