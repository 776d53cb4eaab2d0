"""The judges of one Dask worker: exec'ed processes that stay warm from chunk to chunk.

All of it runs in the event loop of the worker. What is a student's passes through as text that is
never looked into: from the coordinator to the judge, and the report back.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.batch.scheduler import WINDOW
from grader.batch.worker_process import CannotStartError, WorkerDiedError, started
from grader.batch.worker_settings import WorkerSettings
from grader.wire.levels import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.batch.worker_process import WorkerProcess

IDLE_SECONDS = 30.0  # after which a judge ends that nobody has given a submission


@dataclass(frozen=True)
class JudgeSettings:
    """What a judge is started with; ``run`` is the batch that it works for."""

    run: str
    course: str
    required_level: int


@dataclass(frozen=True)
class SentJob:
    """One submission as it was sent: the line for the judge, and how long that may take."""

    line: dict[str, Any]
    timeout: float

    @property
    def id(self) -> int:
        """Its number, which its answer has."""
        return int(self.line["id"])


@dataclass
class ChunkResult:
    """What became of a chunk: answers as lines of JSON, ids of those that lost their judge.

    ``unbegun`` were given to no judge, as none could be started; ``why`` says why, or how the last
    judge died. ``seconds`` is the time that all of it took.
    """

    answers: list[bytes] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    unbegun: list[int] = field(default_factory=list)
    why: str = ""
    seconds: float = 0.0

    def to_json(self) -> bytes:
        """Return it as it crosses the network."""
        rest = {
            "lost": self.lost,
            "unbegun": self.unbegun,
            "why": self.why,
            "seconds": self.seconds,
        }
        answers = b",".join(answer.strip() for answer in self.answers)
        return b'{"answers":[%b],%b' % (answers, json.dumps(rest).encode()[1:])


@dataclass
class Judge:
    """A judge that runs; closing ``stack`` ends it."""

    process: WorkerProcess
    stack: contextlib.AsyncExitStack
    timer: asyncio.TimerHandle | None = None

    async def end(self) -> None:
        """End it and all that it started."""
        if self.timer is not None:
            self.timer.cancel()
        await self.stack.aclose()


class JudgePool:
    """Warm judges; a worker runs as many chunks at a time as it has threads, each on one."""

    def __init__(self) -> None:
        self._idle: dict[JudgeSettings, list[Judge]] = {}
        self._busy: dict[JudgeSettings, list[Judge]] = {}
        self._dismissed: set[str] = set()
        self._ending: set[asyncio.Task[None]] = set()

    async def judge(self, settings: JudgeSettings, jobs: Sequence[SentJob]) -> ChunkResult:
        """Have submissions judged, by further judges where one dies."""
        began = time.monotonic()
        result = ChunkResult()
        waiting = deque(jobs)
        while waiting and settings.run not in self._dismissed:
            try:
                judge = await self._take(settings)
            except (WorkerDiedError, CannotStartError) as error:
                result.why = str(error)
                break
            try:
                await _feed(judge.process, waiting, result)
            except WorkerDiedError as error:
                result.why = str(error)
            except BaseException:
                await self._drop(settings, judge)
                raise
            else:
                self._give_back(settings, judge)
                break
            await self._drop(settings, judge)
        result.unbegun = [job.id for job in waiting]
        result.seconds = time.monotonic() - began
        return result

    async def dismiss(self, run: str) -> None:
        """End the judges of a batch, also those that are at work."""
        self._dismissed.add(run)
        for judges in (self._idle, self._busy):
            for settings in [one for one in judges if one.run == run]:
                for judge in judges.pop(settings):
                    await judge.end()

    async def _take(self, settings: JudgeSettings) -> Judge:
        """Return an idle judge, or start one.

        Raises:
            WorkerDiedError, CannotStartError: it cannot start.

        """
        idle = self._idle.get(settings)
        if idle:
            judge = idle.pop()
            if judge.timer is not None:
                judge.timer.cancel()
        else:
            judge = await _start(settings)
        self._busy.setdefault(settings, []).append(judge)
        return judge

    def _give_back(self, settings: JudgeSettings, judge: Judge) -> None:
        self._no_longer_busy(settings, judge)
        self._idle.setdefault(settings, []).append(judge)
        loop = asyncio.get_running_loop()
        judge.timer = loop.call_later(IDLE_SECONDS, self._expire, settings, judge)

    def _expire(self, settings: JudgeSettings, judge: Judge) -> None:
        """End a judge that nobody needs: its coordinator may be gone."""
        if judge in self._idle.get(settings, ()):
            self._idle[settings].remove(judge)
            ending = asyncio.get_running_loop().create_task(judge.end())
            self._ending.add(ending)
            ending.add_done_callback(self._ending.discard)

    async def _drop(self, settings: JudgeSettings, judge: Judge) -> None:
        self._no_longer_busy(settings, judge)
        await judge.end()

    def _no_longer_busy(self, settings: JudgeSettings, judge: Judge) -> None:
        busy = self._busy.get(settings, [])
        if judge in busy:
            busy.remove(judge)


async def _start(settings: JudgeSettings) -> Judge:
    async with contextlib.AsyncExitStack() as stack:
        process, scratch = await stack.enter_async_context(started())
        level = Level(settings.required_level)
        await WorkerSettings(Path(settings.course), level).greet(process, scratch)
        return Judge(process, stack.pop_all())
    raise AssertionError  # an exit stack swallows nothing


async def _feed(process: WorkerProcess, waiting: deque[SentJob], result: ChunkResult) -> None:
    """Send all that waits, a window of jobs at a time, and note the answers.

    Raises:
        WorkerDiedError: the judge died; what it had at hand is noted as lost.

    """
    sent: deque[SentJob] = deque()
    try:
        while waiting or sent:
            while waiting and len(sent) < WINDOW:
                sent.append(waiting.popleft())
                await process.send(sent[-1].line, sent[-1].timeout)
            # They come back in the order in which they were sent.
            result.answers.append(await process.receive_line(sent[0].timeout))
            sent.popleft()
    except WorkerDiedError:
        result.lost += [job.id for job in sent]
        raise
