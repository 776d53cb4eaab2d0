"""One worker process, from the coordinator's side: start, messages, end."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

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


class WorkerProcess:
    """One worker process, as the coordinator sees it."""

    def __init__(self, process: asyncio.subprocess.Process, errors: IO[bytes]) -> None:
        self.process = process
        self._errors = errors

    async def send(self, message: object, seconds: float) -> None:
        """Send one line."""
        assert self.process.stdin is not None  # noqa: S101 - it is a pipe
        try:
            self.process.stdin.write(json.dumps(message).encode() + b"\n")
            # Not wait_for: in Python 3.11 it swallows a cancellation, such as Ctrl-C, if the
            # awaited operation completes at that moment.
            async with asyncio.timeout(seconds):
                await self.process.stdin.drain()
        except (OSError, TimeoutError) as error:
            raise WorkerDiedError(self.stderr_tail()) from error

    async def receive(self, seconds: float) -> dict[str, Any]:
        """Return the next answer."""
        answer: dict[str, Any] = json.loads(await self.receive_line(seconds))
        return answer

    async def receive_line(self, seconds: float) -> bytes:
        """Return the next answer, as it was sent."""
        assert self.process.stdout is not None  # noqa: S101
        try:
            async with asyncio.timeout(seconds):
                line = await self.process.stdout.readline()
        except TimeoutError as error:
            silence = f"no answer in {seconds:.0f} s\n{self.stderr_tail()}"
            raise WorkerDiedError(silence) from error
        if not line.endswith(b"\n"):
            raise WorkerDiedError(self.stderr_tail())
        return line

    def stderr_tail(self) -> str:
        """Return the end of the worker's standard error."""
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, size - TOLD))
        return self._errors.read().decode("utf-8", "replace")

    async def end(self) -> None:
        """End the worker and all processes that it started."""
        # It leads a session of its own: its fork server and student processes are in its group.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        await self.process.wait()


@contextlib.asynccontextmanager
async def started() -> AsyncIterator[tuple[WorkerProcess, str]]:
    """Start a worker with a scratch folder of its own; remove both at the end.

    Raises:
        CannotStartError: the worker cannot be started.
        BatchError: a temporary file cannot be written.

    """
    with contextlib.ExitStack() as temporary:
        try:
            scratch = temporary.enter_context(_scratch())
            errors = temporary.enter_context(tempfile.TemporaryFile())
        except OSError as error:
            raise unwritable(Path(tempfile.gettempdir()), error) from error
        worker = WorkerProcess(await _exec(errors), errors)
        try:
            yield worker, scratch
        finally:
            await worker.end()


def _scratch() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="grader-batch-", ignore_cleanup_errors=True)


async def _exec(errors: IO[bytes]) -> asyncio.subprocess.Process:
    """Start a worker process.

    Raises:
        CannotStartError: the system cannot create a process.

    """
    try:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "grader.batch.worker"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
            env=_environment(),
            limit=LINE_LIMIT,
            start_new_session=True,
        )
    except OSError as error:
        raise CannotStartError(reason(error)) from error


def _environment() -> dict[str, str]:
    """Return the environment of a worker: one thread, and this same grader."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    root = PACKAGE.parent
    if not (root / "numpy").is_dir():  # a checkout; installed packages are found without it
        paths = [str(root), *filter(None, [environment.get("PYTHONPATH")])]
        environment["PYTHONPATH"] = os.pathsep.join(paths)
    return environment
