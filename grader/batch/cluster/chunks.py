"""How many submissions a worker is given at once."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.batch.cluster.worker_facts import WorkerFacts
    from grader.batch.job_queue import Job

LARGEST = 32
FIRST = 4  # of a worker whose speed is not known yet
SECONDS = 6.0  # that a chunk is to take: what a lost worker costs, and how late the last one ends
BYTES = 4 << 20  # of submissions in one chunk: larger ones travel alone


def chunk_size(seconds_each: float | None, left: int, slots: int) -> int:
    """Return the number of submissions for the next chunk.

    ``seconds_each`` is what one has taken on this worker, if known; at most ``left`` are still to
    be judged, on that many slots, so the last ones are shared out.
    """
    size = FIRST if seconds_each is None else int(SECONDS / max(seconds_each, 1e-3))
    share = math.ceil(left / (2 * max(slots, 1)))
    return max(1, min(size, share, LARGEST))


@dataclass(frozen=True)
class Chunk:
    """Some jobs by the numbers of their answers."""

    jobs: Mapping[int, Job]

    @property
    def alone(self) -> bool:
        """Whether it is one job that has lost its judge before."""
        return any(job.alone for job in self.jobs.values())

    def payload(self, run: str, course: str, required_level: int, worker: WorkerFacts) -> bytes:
        """Return the chunk as it is sent."""
        jobs = [
            {"line": job.message(number), "timeout": job.timeout}
            for number, job in self.jobs.items()
        ]
        sent = {
            "run": run,
            "worker": worker.id,
            "course": course,
            "required_level": required_level,
            "jobs": jobs,
        }
        return json.dumps(sent).encode()

    def key(self, run: str, payload: bytes) -> str:
        """Return the key of its task: our own hash, for Dask's knows no equal values."""
        return f"grader-{run}-{next(iter(self.jobs))}-{hashlib.sha256(payload).hexdigest()[:16]}"
