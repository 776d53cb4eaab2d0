"""How far this machine shuts the code of a class off, known before an evening's work."""

from __future__ import annotations

from grader.batch.plan import BatchRunError
from grader.judge.processes.open_factory import open_process_factory
from grader.judge.processes.student_processes import SandboxOptions
from grader.wire.levels import Level


def sufficient_level(needed: Level) -> Level:
    """Return the isolation level of this machine.

    Raises:
        BatchRunError: it is below the one needed.

    """
    level = _level()
    if level < needed:
        raise BatchRunError("isolation", level=level.label, needed=needed.label)
    return level


def _level() -> Level:
    factory = open_process_factory(SandboxOptions((), ()))
    try:
        return Level(factory.hello["isolation"]["level"])
    finally:
        factory.close()
