"""The isolation level of this machine, checked before a class is graded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from grader.batch.plan import BatchRunError
from grader.judge.failures import SystemFaultError
from grader.judge.processes.open_factory import open_process_factory
from grader.judge.processes.student_processes import SandboxOptions
from grader.wire.levels import Level

if TYPE_CHECKING:
    from grader.judge.processes.student_processes import ProcessFactory


def sufficient(level: Level | None, needed: Level) -> Level:
    """Return the isolation level of this machine, probed where it is not known yet.

    Raises:
        BatchRunError: it is below the one needed.
        SystemFaultError: no process could be started.

    """
    if level is None:
        with IsolationProbe() as probe:
            return probe.sufficient_level(needed)
    if level < needed:
        raise BatchRunError("isolation", level=level.label, needed=needed.label)
    return level


class IsolationProbe:
    """Probes this machine in a process of its own, from its construction on. Close it after use."""

    def __init__(self) -> None:
        self._fault: SystemFaultError | None = None
        self._factory: ProcessFactory | None = None
        try:
            self._factory = open_process_factory(SandboxOptions((), ()))
        except SystemFaultError as fault:
            self._fault = fault

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def sufficient_level(self, needed: Level) -> Level:
        """Return the isolation level of this machine.

        Raises:
            BatchRunError: it is below the one needed.
            SystemFaultError: no process could be started.

        """
        if self._fault is not None:
            raise self._fault
        level = self._level()
        self.close()
        return sufficient(level, needed)

    def _level(self) -> Level:
        assert self._factory is not None  # noqa: S101 - asked once
        return Level(self._factory.hello["isolation"]["level"])

    def close(self) -> None:
        """End the process."""
        factory, self._factory = self._factory, None
        if factory is not None:
            factory.close()
