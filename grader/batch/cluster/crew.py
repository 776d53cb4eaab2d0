"""Workers that may judge together: each is asked what it is before it gets a submission."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.batch.cluster import tasks
from grader.batch.cluster.connection import CallFailedError
from grader.batch.cluster.errors import ClusterError
from grader.batch.cluster.worker_facts import WorkerFacts, differences, odd_ones
from grader.errors import GraderError
from grader.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grader.batch.cluster.connection import Link
    from grader.batch.cluster.course_bundle import CourseBundle
    from grader.wire.levels import Level

# Asked first, since it needs no grader: a worker of Dask ends when it is sent a function that it
# cannot import.
_CAN_IMPORT = "__import__('grader.batch.cluster.tasks') and b'yes'"
ASK_SECONDS = 120.0  # for a cold worker that imports the grader from a slow disk


class NotUsedError(GraderError):
    """A worker that is not used: a reason of LEFT_OUT, and why."""

    def __init__(self, reason: str, why: str = "") -> None:
        super().__init__(f"{reason} {why}")
        self.reason = reason
        self.why = why


@dataclass(frozen=True)
class Crew:
    """What workers must have in common: a course, versions, an isolation level.

    ``known`` are workers that have been asked before.
    """

    bundle: CourseBundle
    required_level: Level
    versions: tuple[tuple[str, str], ...]
    known: Mapping[str, WorkerFacts]

    async def join(self, link: Link, worker: str) -> WorkerFacts:
        """Let a worker in that may judge with the others.

        Raises:
            NotUsedError: it may not.

        """
        facts = self.known.get(worker) or await ask(link, worker)
        if facts.versions != self.versions:
            raise NotUsedError("versions", differences(facts.versions, self.versions))
        if facts.level is None:
            raise NotUsedError("no_judge", facts.fault)
        if facts.level < self.required_level:
            raise NotUsedError("isolation", facts.level.label)
        return facts

    async def equip(self, link: Link, worker: str) -> None:
        """Send a worker the course, unless it has it.

        Raises:
            NotUsedError: it does not answer, or cannot keep it.

        """
        bundle = self.bundle
        try:
            async with asyncio.timeout(ASK_SECONDS):
                there = await link.call(worker, tasks.has_course, bundle.hash, key=_key("asked"))
                if there != b"yes":
                    await link.call(
                        *(worker, tasks.keep_course, bundle.hash, bundle.data), key=_key("course")
                    )
        except TimeoutError as error:
            raise NotUsedError("silent") from error
        except CallFailedError as error:
            raise NotUsedError("no_judge", str(error)) from error


async def ask(link: Link, worker: str) -> WorkerFacts:
    """Ask a worker what it is.

    Raises:
        NotUsedError: it does not answer, or cannot.

    """
    try:
        async with asyncio.timeout(ASK_SECONDS):
            await link.call(worker, eval, _CAN_IMPORT, key=_key("import"))
            answer = await link.call(worker, tasks.tell_facts, key=_key("facts"))
        return WorkerFacts.from_json(answer)
    except TimeoutError as error:
        raise NotUsedError("silent") from error
    except (CallFailedError, ValueError, KeyError, TypeError) as error:
        raise NotUsedError("no_grader", str(error)) from error


async def survey(link: Link, needed: Level, workers: Iterable[str]) -> dict[str, WorkerFacts]:
    """Ask all workers what they are, and return those that answer.

    Raises:
        ClusterError: some of them must not judge together; all of these are listed.

    """
    names = list(workers)
    asked = await asyncio.gather(*(_asked(link, name) for name in names))
    answers = dict(zip(names, asked, strict=True))
    lacking = {
        name: one.why
        for name, one in answers.items()
        if isinstance(one, NotUsedError) and one.reason == "no_grader"
    }
    if lacking:
        raise ClusterError("cluster_no_grader", version=__version__, workers=_listed(lacking))
    team = {name: one for name, one in answers.items() if isinstance(one, WorkerFacts)}
    if team:
        _refuse_differences(team, needed)
    return team


def _refuse_differences(team: Mapping[str, WorkerFacts], needed: Level) -> None:
    if odd := odd_ones(team, __version__):
        raise ClusterError("cluster_versions", version=__version__, workers=_listed(odd))
    if broken := {name: one.fault for name, one in team.items() if one.level is None}:
        raise ClusterError("cluster_no_judge", workers=_listed(broken))
    low = {
        name: one.level.label
        for name, one in team.items()
        if one.level is not None and one.level < needed
    }
    if low:
        raise ClusterError("cluster_isolation", needed=needed.label, workers=_listed(low))


async def _asked(link: Link, worker: str) -> WorkerFacts | NotUsedError:
    try:
        return await ask(link, worker)
    except NotUsedError as error:
        return error


def _listed(workers: Mapping[str, str]) -> str:
    """Return workers with what is said of each, a line each."""
    return "\n".join(f"  {name}  {text}".rstrip() for name, text in sorted(workers.items()))


def _key(what: str) -> str:
    return f"grader-{what}-{secrets.token_hex(8)}"
