"""How far this machine shuts the code of a class off, known before an evening's work."""

from __future__ import annotations

from grader.batch.plan import BatchError
from grader.judge.nursery import Equipment, open_nursery
from grader.judge.run import LEVELS


def sufficient_level(needed: str) -> int:
    """Return the isolation level of this machine. Raises BatchError: it is below the one needed."""
    level = _level()
    if level < LEVELS.index(needed):
        raise BatchError("isolation", level=LEVELS[level], needed=needed)
    return level


def _level() -> int:
    nursery = open_nursery(Equipment((), ()))
    try:
        return int(nursery.hello["isolation"]["level"])
    finally:
        nursery.close()
