"""What Dask has its workers do for a batch: functions that take and return bytes.

They are sent by name alone, so a worker runs its own grader. What they get is JSON and the bytes of
the course; what they return is JSON. Nothing of a student is ever unpickled, here or there.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from distributed import get_worker

from grader.batch.cluster.course_bundle import CourseBundle, unpack, unpacked
from grader.batch.cluster.judge_pool import ChunkResult, JudgePool, JudgeSettings, SentJob
from grader.batch.cluster.worker_facts import WorkerFacts, versions_here
from grader.judge.failures import SystemFaultError
from grader.judge.processes.graphics_card import find_card
from grader.judge.processes.open_factory import open_process_factory
from grader.judge.processes.student_processes import SandboxOptions
from grader.wire.levels import Level


def tell_facts() -> bytes:
    """Return the `WorkerFacts` of this worker."""
    level, fault = None, ""
    try:
        factory = open_process_factory(SandboxOptions((), ()))
        try:
            level = Level(factory.hello["isolation"]["level"])
        finally:
            factory.close()
    except SystemFaultError as error:
        fault = str(error)
    card = find_card().usable
    return WorkerFacts(_worker_id(), versions_here(), level, fault, card).to_json()


def has_course(course: str) -> bytes:
    """Return ``yes`` if a course, named by its hash, is here, whole and unchanged."""
    return b"no" if unpacked(course, _place()) is None else b"yes"


def keep_course(course: str, data: bytes) -> bytes:
    """Unpack a course, named by its hash."""
    unpack(CourseBundle(course, data), _place())
    return b"yes"


async def judge_chunk(sent: bytes) -> bytes:
    """Judge some submissions, and return a `ChunkResult`.

    All of them are lost where this is not the worker that they were meant for, but one that was
    started anew at the same address: they may be what the other has died of.
    """
    chunk = json.loads(sent)
    jobs = [SentJob(job["line"], job["timeout"]) for job in chunk["jobs"]]
    if chunk["worker"] != _worker_id():
        return ChunkResult(lost=[job.id for job in jobs], why="it was started anew").to_json()
    course = str(_place() / chunk["course"])
    settings = JudgeSettings(chunk["run"], course, chunk["required_level"])
    return (await _pool().judge(settings, jobs)).to_json()


async def dismiss(run: str) -> None:
    """End the judges of a batch on this worker."""
    await _pool().dismiss(run)


@cache
def _pool() -> JudgePool:
    return JudgePool()


def _worker_id() -> str:
    return str(get_worker().id)


def _place() -> Path:
    """Return the folder of courses: within the worker's own, which Dask removes with it."""
    return Path(get_worker().local_directory) / "nn-grader"
