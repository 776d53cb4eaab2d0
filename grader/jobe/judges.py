"""Judges that stay warm for the exercises in use, and are lent to one answer at a time.

Theory of operation. An answer gets an idle judge of its exercise, else a new one. So an exercise
that is answered by one student after the other has one judge, and one on which a class works has as
many as answers are judged at a time. Idle judges that were used longest ago end where there would
be too many.

Each answer is judged with a seed of its own: inputs and right values of a wrong call can be shown,
since the next answer gets others. For practice it is the public one, as for `grade`.
"""

from __future__ import annotations

import asyncio
import secrets
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from grader.batch.plan import SEED_LIMIT
from grader.batch.worker_process import CannotStartError, WorkerDiedError
from grader.judge.checking.bare_reports import fault_report
from grader.judge.failures import Finding, SystemFaultError
from grader.watch.warm import WarmJudge

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from grader.course.devices import One
    from grader.course.loading import LoadedExercise
    from grader.report.models import Report
    from grader.wire.levels import Level

LONGEST = 40.0  # seconds of one answer: a web server before Moodle gives up after a minute


class Judges:
    """At most ``most`` judges, of which some are idle; to be closed after use."""

    def __init__(
        self, level: Level, wanted: One = "auto", most: int = 8, *, practice: bool = False
    ) -> None:
        self._level = level
        self._wanted: One = wanted
        self._most = most
        self._practice = practice
        self._idle: list[WarmJudge] = []  # the one used last is at the end
        self._lent: set[WarmJudge] = set()

    async def warm(self, exercises: Sequence[LoadedExercise]) -> None:
        """Start a judge for each of the exercises, one after the other, as far as there is room."""
        for exercise in exercises[: self._most]:
            async with self._judge_for(exercise) as judge:
                await judge.ready()

    async def judge(self, exercise: LoadedExercise, data: bytes) -> Report:
        """Return the report of an answer, always: a judge that dies is replaced once."""
        error: Exception | None = None
        for new in (False, True):
            try:
                lent = self._judge_for(exercise, new=new)
                async with lent as judge, asyncio.timeout(LONGEST):
                    seed = None if self._practice else secrets.randbelow(SEED_LIMIT)
                    return await judge.judge(exercise.stub_name, data, seed)
            except (WorkerDiedError, CannotStartError) as died:
                error = SystemFaultError(Finding("system.nursery"), str(died))
            except Exception as fault:  # noqa: BLE001 - a report is always made; it names the fault
                error = fault
                break
        assert error is not None  # noqa: S101 - each way here has one
        return fault_report(exercise, error)

    @asynccontextmanager
    async def _judge_for(
        self, exercise: LoadedExercise, *, new: bool = False
    ) -> AsyncIterator[WarmJudge]:
        """Lend a judge of an exercise; one that fails, or is left in the middle, ends."""
        idle = None if new else self._idle_judge(exercise)
        judge = idle or WarmJudge(exercise, self._wanted, self._level)
        self._lent.add(judge)
        try:
            await self._end_surplus()
            yield judge
        except BaseException:
            await asyncio.shield(judge.close())
            raise
        else:
            self._idle.append(judge)
        finally:
            self._lent.discard(judge)

    def _idle_judge(self, exercise: LoadedExercise) -> WarmJudge | None:
        """Take the idle judge of an exercise that was used last, if there is one."""
        own = [one for one in self._idle if one.exercise is exercise and one.alive]
        if not own:
            return None
        self._idle.remove(own[-1])
        return own[-1]

    async def _end_surplus(self) -> None:
        """End judges whose process has ended, and those for which there is no room."""
        surplus = [one for one in self._idle if not one.alive]
        kept = [one for one in self._idle if one.alive]
        room = max(0, self._most - len(self._lent))
        surplus += kept[: len(kept) - room] if room < len(kept) else []
        self._idle = [one for one in kept if one not in surplus]
        for one in surplus:
            await one.close()

    async def close(self) -> None:
        """End all judges, and what they judge."""
        ending = [*self._idle, *self._lent]
        self._idle.clear()
        await asyncio.gather(*(judge.close() for judge in ending), return_exceptions=True)
