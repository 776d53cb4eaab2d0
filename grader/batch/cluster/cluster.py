"""A cluster on which a batch is judged: looked at first, then given the submissions."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Self

from grader.batch.cluster.cluster_scheduler import POLL, ClusterScheduler
from grader.batch.cluster.connection import SchedulerGoneError, connected, endpoint
from grader.batch.cluster.course_bundle import BundleError, pack
from grader.batch.cluster.crew import Crew, survey
from grader.batch.cluster.errors import ClusterError
from grader.batch.cluster.worker_facts import environment, usual_versions
from grader.batch.job_queue import JobQueue
from grader.course.models import CodeExercise
from grader.judge.processes.devices import choose
from grader.judge.processes.graphics_card import Card
from grader.version import __version__
from grader.wire.levels import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from grader.batch.cluster.connection import Endpoint, Link
    from grader.batch.cluster.settings import ClusterSettings
    from grader.batch.cluster.worker_facts import WorkerFacts
    from grader.batch.job_queue import Job
    from grader.batch.observer import JobReceiver
    from grader.batch.plan import GradingTask
    from grader.batch.result_cache import GradingEnvironment
    from grader.course.devices import Device, One
    from grader.course.loading import Course, LoadedExercise
    from grader.course.phrases import Phrase


class Cluster:
    """The workers of a Dask scheduler. Close it after use: what it has started ends then.

    ``notice`` receives a sentence for each worker that is not used, while others go on.
    """

    def __init__(
        self,
        settings: ClusterSettings,
        course: Course,
        needed: Level,
        notice: Callable[[Phrase], None],
    ) -> None:
        self._settings = settings
        self._course = course
        self._needed = needed
        self._notice = notice
        self._stack = contextlib.ExitStack()
        self._team: dict[str, WorkerFacts] = {}

    def __enter__(self) -> Self:
        """Connect, and ask the workers what they are.

        Raises:
            ClusterError: it cannot be used.

        """
        with contextlib.ExitStack() as stack:
            self._endpoint: Endpoint = stack.enter_context(endpoint(self._settings))
            asyncio.run(self._survey())
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def levels(self) -> tuple[Level, ...]:
        """Levels under which results may have been stored that hold here, the highest first."""
        return tuple(level for level in reversed(Level) if level >= self._needed)

    def environment(self, seed: int) -> GradingEnvironment:
        """Return the environment of results of the workers; the level is their lowest."""
        return environment(self._team.values(), seed)

    def device_of(self, exercise: LoadedExercise, wanted: One) -> Device:
        """Return the device of an exercise: a card where every worker has one.

        Raises:
            SystemFaultError: CUDA was requested, and a worker lacks it.

        """
        if not isinstance(exercise.model, CodeExercise):
            return "cpu"
        everywhere = all(facts.card for facts in self._team.values())
        card = Card() if everywhere else Card("card")
        return choose(exercise.model.devices, wanted, lambda: card).devices[0]

    async def judge(
        self, jobs: Iterator[Job | None], receiver: JobReceiver, entries: Sequence[GradingTask]
    ) -> None:
        """Have all jobs judged: ``jobs`` yields one, or None, for each of the entries.

        Raises:
            ClusterError: the course cannot be sent, the scheduler is gone, or all workers are.
            BatchError: a report cannot be kept.

        """
        wanted = {entry.exercise.name for entry in entries}
        others = [name for name in self._course.names if name not in wanted]
        try:
            bundle = pack(self._course.root, others)
        except BundleError as error:
            raise ClusterError("cluster_course", why=error.why) from error
        versions = usual_versions((one.versions for one in self._team.values()), __version__)
        crew = Crew(bundle, self._needed, versions, self._team)
        async with connected(self._endpoint) as link:
            scheduler = ClusterScheduler(
                *(link, crew, JobQueue(jobs, receiver)),
                total=len(entries),
                wait=self._settings.wait,
                notice=self._notice,
            )
            await scheduler.run(self._settings.address)

    async def _survey(self) -> None:
        """Wait for a worker, and ask all that are there."""
        settings = self._settings
        async with connected(self._endpoint) as link:
            began = asyncio.get_running_loop().time()
            try:
                while not await self._team_of(link):
                    if asyncio.get_running_loop().time() - began > settings.wait:
                        told = {"address": settings.address, "seconds": round(settings.wait)}
                        raise ClusterError("cluster_no_workers", **told, why="")
                    await asyncio.sleep(POLL)
            except SchedulerGoneError as error:
                raise ClusterError("cluster_gone", address=settings.address) from error

    async def _team_of(self, link: Link) -> bool:
        """Ask the workers that are there; return whether any has answered."""
        workers = await link.workers()
        running = [one.address for one in workers.values() if one.running]
        self._team = await survey(link, self._needed, running)
        return bool(self._team)
