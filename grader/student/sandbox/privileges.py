"""What a process is allowed to be: its privileges, its session, its tie to its parent."""

from __future__ import annotations

import os
import signal
import struct
import sys
from ctypes import create_string_buffer
from pathlib import Path

from grader.student.sandbox import syscalls
from grader.student.sandbox.errors import SandboxError
from grader.student.sandbox.tables import native

LAYER = "privileges"
_CAPABILITY_VERSION_3 = 0x20080522


def own_session() -> None:
    """Leave the terminal and the process group of the judge. Raises SandboxError."""
    if sys.platform == "win32" or os.getsid(0) == os.getpid():
        return
    try:
        os.setsid()
    except OSError as problem:
        raise SandboxError(LAYER, f"setsid: {problem}") from problem


def die_with(parent: int) -> None:
    """End this process when its parent ``parent`` ends. Raises SandboxError."""
    try:
        syscalls.prctl(syscalls.PR_SET_PDEATHSIG, signal.SIGKILL)
    except OSError as problem:
        raise SandboxError(LAYER, str(problem)) from problem
    # The parent may have ended before that call; 0: it lives outside this PID namespace.
    if os.getppid() not in {parent, 0}:
        raise SandboxError(LAYER, "the parent has ended")


def shut_in() -> None:
    """Give up what lets a process gain privileges or be looked into. Raises SandboxError."""
    try:
        syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)
        # Nobody of the same user may trace it, or open its memory below /proc.
        syscalls.prctl(syscalls.PR_SET_DUMPABLE, 0)
    except OSError as problem:
        raise SandboxError(LAYER, str(problem)) from problem


def drop_capabilities() -> None:
    """Give up root's powers, for good; nothing changes for a process that has none.

    With no_new_privs no program it might execute brings them back. What remains to root without
    them is its ownership of files, like any user's. Raises SandboxError.
    """
    architecture = native()
    if architecture is None:
        raise SandboxError(LAYER, "capabilities cannot be dropped on this architecture")
    header = create_string_buffer(struct.pack("=Ii", _CAPABILITY_VERSION_3, 0), 8)
    nothing = create_string_buffer(24)
    try:
        syscalls.call("capset", architecture.numbers["capset"], header, nothing)
    except OSError as problem:
        raise SandboxError(LAYER, str(problem)) from problem


def require_single_thread() -> None:
    """Raise SandboxError when the process has other threads: Landlock would not reach them."""
    try:
        threads = sum(1 for _ in Path("/proc/self/task").iterdir())
    except OSError as problem:
        raise SandboxError(LAYER, str(problem)) from problem
    if threads != 1:
        raise SandboxError(LAYER, f"{threads} threads run already")
