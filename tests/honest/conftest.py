"""What the tests of honest programs share: one warm nursery for each isolation level."""

import pytest

from grader.course.models import Limits
from grader.judge.candidate import Call, Candidate, Program
from grader.judge.nursery import Equipment, open_nursery
from grader.student.sandbox.probe import LEVEL_NAMES

LIMITS = Limits(cpu_seconds=20, load_seconds=20, budget_seconds=60)


class Bench:
    """Runs programs at one isolation level, each in a process of its own."""

    def __init__(self, level):
        self.nursery = open_nursery(Equipment(("numpy", "torch"), (), max_level=level))

    @property
    def level(self):
        return self.nursery.hello["isolation"]["level"]

    def run(self, source, name="program.py"):
        """Load a program and call its ``run``; return what became of either."""
        candidate = Candidate(self.nursery, Program(name, source, {"run": 0}), LIMITS)
        try:
            loaded = candidate.load()
            if not hasattr(loaded, "value"):
                return loaded
            return candidate.call(Call("call", "run", (), {}))
        finally:
            candidate.end()

    def close(self):
        self.nursery.close()


@pytest.fixture(scope="session")
def benches():
    """Benches, kept as long as the tests run; skips where a level is not to be had."""
    kept = {}

    def at(level):
        if level not in kept:
            kept[level] = Bench(level)
        if kept[level].level != level:
            pytest.skip(f"this machine has no level {LEVEL_NAMES[level]}")
        return kept[level]

    yield at
    for bench in kept.values():
        bench.close()
