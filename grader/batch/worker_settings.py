"""The settings that a worker receives before its first job, and its answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.wire.levels import LOWEST, Level

if TYPE_CHECKING:
    from pathlib import Path

    from grader.batch.worker_process import WorkerProcess

START_SECONDS = 120.0
"""A worker that is not ready after this time is taken to hang."""


@dataclass(frozen=True)
class WorkerSettings:
    """What is the same for all jobs of a worker."""

    course: Path
    required_level: Level = LOWEST

    def message(self, scratch: str, *, early: bool = False) -> dict[str, object]:
        """Return the line that a worker reads.

        ``early``: it starts the student's side at once, and answers with its isolation level.
        """
        settings = {**vars(self), "course": str(self.course)}
        return {**settings, "scratch": scratch, "early": early}

    async def greet(self, worker: WorkerProcess, scratch: str) -> None:
        """Send the settings to a worker, with its scratch folder, and wait until it is ready.

        Raises:
            WorkerDiedError: it cannot start.

        """
        await worker.send(self.message(scratch), START_SECONDS)
        await worker.receive(START_SECONDS)


def level_of(answer: bytes) -> Level | None:
    """Return the isolation level in the answer of a worker that was started early."""
    level = json.loads(answer)["level"]
    return None if level is None else Level(level)
