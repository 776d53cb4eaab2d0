"""The student's side, started before the exercise is loaded: it warms up beside all imports."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Self

from grader.course.glance import needs_numpy_alone
from grader.course.installed import NUMPY_ALONE
from grader.judge.failures import SystemFaultError
from grader.judge.processes.open_factory import open_process_factory
from grader.judge.processes.student_processes import ProcessFactory, SandboxOptions

if TYPE_CHECKING:
    from pathlib import Path


class EarlyStart:
    """A process factory that fits most exercises; what it is not good for gets another."""

    def __init__(self, root: Path, exercise: str | None) -> None:
        """Start the factory if the exercise seems to be one of the many; ``root``: its course."""
        self._options = SandboxOptions(NUMPY_ALONE, (str(root),))
        self._factory: ProcessFactory | None = None
        if exercise is not None and needs_numpy_alone(root, exercise):
            with contextlib.suppress(SystemFaultError):  # tried again, and told, when it is needed
                self._factory = open_process_factory(self._options)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._factory is not None:
            self._factory.close()

    def open(self, options: SandboxOptions) -> ProcessFactory:
        """Return the started factory if it has these options, else a new one; the caller closes it.

        Raises:
            SystemFaultError: it cannot be started.

        """
        if self._factory is None or options != self._options:
            return open_process_factory(options)
        factory, self._factory = self._factory, None
        return factory
