"""What the tests of honest programs share: one warm process factory for each isolation level."""

import pytest

from grader.course.models import ExerciseLimits
from grader.judge.processes.open_factory import open_process_factory
from grader.judge.processes.sandboxed_program import FunctionCall, ProgramSource, SandboxedProgram
from grader.judge.processes.student_processes import SandboxOptions
from grader.wire.levels import LEVEL_NAMES

LIMITS = ExerciseLimits(cpu_seconds=20, load_seconds=20, budget_seconds=60)


class Machine:
    """Runs programs at one isolation level, each in a process of its own."""

    def __init__(self, level):
        self.factory = open_process_factory(SandboxOptions(("numpy", "torch"), (), max_level=level))

    @property
    def level(self):
        return self.factory.hello["isolation"]["level"]

    def run(self, source, name="program.py"):
        """Load a program and call its ``run``; return what became of either."""
        program = SandboxedProgram(self.factory, ProgramSource(name, source, {"run": 0}), LIMITS)
        try:
            loaded = program.load()
            if not hasattr(loaded, "value"):
                return loaded
            return program.call(FunctionCall("call", "run", (), {}))
        finally:
            program.end()

    def close(self):
        self.factory.close()


@pytest.fixture(scope="session")
def machines():
    """Machines, kept as long as the tests run; skips where a level is not to be had."""
    kept = {}

    def at(level):
        if level not in kept:
            kept[level] = Machine(level)
        if kept[level].level != level:
            pytest.skip(f"this machine has no level {LEVEL_NAMES[level]}")
        return kept[level]

    yield at
    for machine in kept.values():
        machine.close()
