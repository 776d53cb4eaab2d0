"""The isolation level of this machine, checked before a class is graded."""

from __future__ import annotations

from grader.batch.plan import BatchRunError
from grader.judge.processes.open_factory import open_process_factory
from grader.judge.processes.student_processes import SandboxOptions
from grader.judge.run import LEVELS


def sufficient_level(needed: str) -> int:
    """Return the isolation level of this machine.

    Raises:
        BatchRunError: it is below the one needed.

    """
    level = _level()
    if level < LEVELS.index(needed):
        raise BatchRunError("isolation", level=LEVELS[level], needed=needed)
    return level


def _level() -> int:
    factory = open_process_factory(SandboxOptions((), ()))
    try:
        return int(factory.hello["isolation"]["level"])
    finally:
        factory.close()
