"""Judges that stay warm: a worker process for each of the exercises in use.

Theory of operation. A worker (`grader.batch.worker`) holds its Judge open as long as answers to the
same exercise come: the checks are collected, libraries are imported, the results of the reference
are kept, and the student process of the next answer is forked ahead. It is warmed up with the
reference as its first answer, so that the first save is as fast as any other.

A worker leads a process group of its own, which is killed as a whole: after Ctrl-C, a closed
terminal, or an answer that is still being judged when a newer one is there.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from grader.batch.job_queue import Job
from grader.batch.worker_process import CannotStartError, WorkerDiedError, started
from grader.batch.worker_settings import WorkerSettings
from grader.course.models import CodeExercise
from grader.judge.checking.bare_reports import fault_report
from grader.judge.failures import Finding, SystemFaultError
from grader.judge.processes.devices import device_for
from grader.report.models import Report
from grader.wire.levels import LOWEST, Level

if TYPE_CHECKING:
    from grader.batch.worker_process import WorkerProcess
    from grader.course.devices import Device, One
    from grader.course.loading import LoadedExercise

MOST = 2
"""Exercises that are kept warm: the current one, and the one before it."""


class WarmJudge:
    """One exercise and its worker."""

    def __init__(self, exercise: LoadedExercise, wanted: One, level: Level) -> None:
        self.exercise = exercise
        self._wanted = wanted
        self._settings = WorkerSettings(exercise.course.root, level)
        self._device: Device = "cpu"
        self._numbers = 0
        self._worker: WorkerProcess | None = None
        self._opened = contextlib.AsyncExitStack()
        self._starting = asyncio.create_task(self._start())

    @property
    def alive(self) -> bool:
        """Whether the worker, as far as there is one, has not ended."""
        return self._worker is None or self._worker.process.poll() is None

    async def ready(self) -> None:
        """Wait until the worker is warm.

        Raises:
            WorkerDiedError: the worker has ended.
            CannotStartError: it cannot be started.
            BatchError: there is no place for its temporary files.
            SystemFaultError: the device that was asked for is not available.

        """
        await asyncio.shield(self._starting)

    async def judge(self, name: str, data: bytes, seed: int | None = None) -> Report:
        """Return the report of an answer, once the worker is warm.

        ``seed``: what inputs are drawn from; by default the public one.

        Raises:
            WorkerDiedError: the worker has ended.
            CannotStartError: it cannot be started.
            BatchError: there is no place for its temporary files.
            SystemFaultError: the device that was asked for is not available.

        """
        await self.ready()
        return await self._judge(name, data, seed)

    async def _start(self) -> None:
        self._device = await asyncio.to_thread(device_for, self.exercise, self._wanted)
        worker, scratch = await self._opened.enter_async_context(started())
        await self._settings.greet(worker, scratch)
        self._worker = worker
        if isinstance(self.exercise.model, CodeExercise):
            # A students' kit has no reference: there the stub warms up what can be warm.
            kit = self.exercise.course.is_kit
            first = self.exercise.stub_source if kit else self.exercise.reference_source
            await self._judge("reference.py", first.encode())

    async def _judge(self, name: str, data: bytes, seed: int | None = None) -> Report:
        assert self._worker is not None  # noqa: S101 - the callers have waited for it
        self._numbers += 1
        seed = self.exercise.course.index.seed if seed is None else seed
        job = Job("", self.exercise, name, data, seed, self._device)
        await self._worker.send(job.message(self._numbers), job.timeout)
        answer = await self._worker.receive(job.timeout)
        return Report.model_validate(answer["report"])

    async def close(self) -> None:
        """End the worker and all that it has started."""
        self._starting.cancel()
        await asyncio.gather(self._starting, return_exceptions=True)
        await self._opened.aclose()


class WarmJudges:
    """Keeps the judges of the exercises used last warm; to be closed after use."""

    def __init__(self, wanted: One = "auto", level: Level = LOWEST) -> None:
        self._wanted: One = wanted
        self._level = level
        self._judges: dict[str, WarmJudge] = {}  # the one used last is at the end

    async def warm(self, exercise: LoadedExercise) -> WarmJudge:
        """Return the judge of an exercise, which warms up if it is new."""
        id_ = exercise.model.id
        judge = self._judges.pop(id_, None) or WarmJudge(exercise, self._wanted, self._level)
        self._judges[id_] = judge
        while len(self._judges) > MOST:
            await self._drop(next(iter(self._judges)))
        return judge

    async def judge(self, exercise: LoadedExercise, name: str, data: bytes) -> Report:
        """Return the report of an answer, always: a worker that dies is replaced once.

        When this is cancelled, the worker is ended with the answer that it judges.
        """
        error: Exception | None = None
        for _ in range(2):
            judge = await self.warm(exercise)
            try:
                return await judge.judge(name, data)
            except WorkerDiedError as died:
                error = SystemFaultError(Finding("system.nursery"), str(died))
            except Exception as fault:  # noqa: BLE001 - a report is always made; it names the fault
                error = fault
                break
            except asyncio.CancelledError:
                await asyncio.shield(self._drop(exercise.model.id))
                raise
            await self._drop(exercise.model.id)
        assert error is not None  # noqa: S101 - each way here has one
        await self._drop(exercise.model.id)
        return fault_report(exercise, _reason(error))

    async def _drop(self, id_: str) -> None:
        judge = self._judges.pop(id_, None)
        if judge is not None:
            await judge.close()

    async def close(self) -> None:
        """End all workers."""
        for id_ in list(self._judges):
            await self._drop(id_)


def _reason(error: Exception) -> Exception:
    if isinstance(error, CannotStartError):
        return SystemFaultError(Finding("system.nursery"), str(error))
    return error
