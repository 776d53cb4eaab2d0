"""The student's side, started before the exercise is loaded: it warms up beside all imports."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Self

from grader.course.installed import NUMPY_ALONE
from grader.judge.failures import SystemFaultError
from grader.judge.processes.open_factory import open_process_factory
from grader.judge.processes.student_processes import ProcessFactory, SandboxOptions
from grader.wire.levels import Level

if TYPE_CHECKING:
    from pathlib import Path


def numpy_options(root: Path, *, ahead: bool = False) -> SandboxOptions:
    """Return the options of most code exercises of a course: NumPy alone, on the CPU.

    ``ahead``: fork the next process before it is asked for.
    """
    return SandboxOptions(NUMPY_ALONE, (str(root),), ahead=ahead)


class EarlyStart:
    """A process factory that fits most exercises; what it is not good for gets another."""

    def __init__(self, options: SandboxOptions, *, start: bool) -> None:
        """Start the factory, if it is worth it."""
        self._options = options
        self._factory: ProcessFactory | None = None
        if start:
            with contextlib.suppress(SystemFaultError):  # tried again, and told, when it is needed
                self._factory = open_process_factory(options)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the factory, unless it was taken."""
        factory, self._factory = self._factory, None
        if factory is not None:
            factory.close()

    def level(self) -> Level | None:
        """Wait until the factory is warm; return its isolation level, None where there is none."""
        if self._factory is None:
            return None
        try:
            return Level(self._factory.hello["isolation"]["level"])
        except SystemFaultError:  # tried again, and told, when it is needed
            self.close()
            return None

    def open(self, options: SandboxOptions) -> ProcessFactory:
        """Return the started factory if it has these options, else a new one; the caller closes it.

        Raises:
            SystemFaultError: it cannot be started.

        """
        if self._factory is None or options != self._options:
            self.close()
            return open_process_factory(options)
        factory, self._factory = self._factory, None
        return factory
