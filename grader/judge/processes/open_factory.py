"""The choice of the process factory for this machine."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from grader.course.installed import missing_libraries
from grader.judge.failures import not_installed

if TYPE_CHECKING:
    from grader.judge.processes.student_processes import ProcessFactory, SandboxOptions


def open_process_factory(options: SandboxOptions) -> ProcessFactory:
    """Start the student's side, as early as possible: it warms up beside the judge.

    Forks where fork is sound (Linux); elsewhere, or with GRADER_SPAWN=1, each student process is a
    new interpreter.

    Raises:
        SystemFaultError: a library is not installed.

    """
    for library in missing_libraries(options.libraries):
        raise not_installed(library)
    if sys.platform == "linux" and os.environ.get("GRADER_SPAWN") != "1":
        from grader.judge.processes.fork_server_client import ForkServerClient  # noqa: PLC0415

        return ForkServerClient(options)
    from grader.judge.processes.spawning import SpawningFactory  # noqa: PLC0415 - only where it is needed

    return SpawningFactory(options)
