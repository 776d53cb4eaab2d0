"""Entry of a student process: it enters its sandbox, and answers the judge."""

from __future__ import annotations

import os
import signal
import socket
from typing import TYPE_CHECKING, NoReturn

from grader.student.accelerator import device_of
from grader.student.output import redirect
from grader.student.process import StudentProcess

if TYPE_CHECKING:
    from grader.student.sandbox.levels import Sandbox


def use_scratch_as_home(scratch: str) -> None:
    """Set HOME and the like to the scratch folder, unless they are set to it already."""
    if os.environ.get("HOME") != scratch:
        os.environ.update(
            {"HOME": scratch, "TMPDIR": scratch, "MPLCONFIGDIR": scratch, "MPLBACKEND": "Agg"}
        )


def enter_and_serve(
    sandbox: Sandbox,
    channel: int,
    output: int,
    *,
    scratch: str,
    memory_bytes: int,
    cpu_seconds: int,
    device: str,
) -> NoReturn:
    """Enter the sandbox and answer the judge on ``channel``, until the process is ended.

    ``device``: where the submission computes; a card is initialised here.

    Raises:
        SandboxError: a protection cannot be applied.

    """
    redirect(output)
    use_scratch_as_home(scratch)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sandbox.enter(
        scratch, keep=(0, 1, 2, channel), memory_bytes=memory_bytes, cpu_seconds=cpu_seconds
    )
    StudentProcess(socket.socket(fileno=channel), device_of(device), memory_bytes).serve()
