"""Privileges, session and parent-death signal of a process."""

from __future__ import annotations

import os
import signal
import struct
import sys
from ctypes import create_string_buffer

from grader.student.sandbox import proc
from grader.student.sandbox.errors import SandboxError
from grader.student.sandbox.syscall_numbers import native
from grader.student.sandbox.syscalls import (
    PR_SET_DUMPABLE,
    PR_SET_NO_NEW_PRIVS,
    PR_SET_PDEATHSIG,
    PreparedCall,
    prctl_call,
)

LAYER = "privileges"
# _LINUX_CAPABILITY_VERSION_3 of linux/capability.h: 64-bit sets, as two words each.
_CAPABILITY_VERSION_3 = 0x20080522
_WORD = 0xFFFFFFFF


def start_new_session() -> None:
    """Leave the terminal and the process group of the judge.

    Raises:
        SandboxError: the kernel refuses it.

    """
    if sys.platform == "win32" or os.getsid(0) == os.getpid():
        return
    try:
        os.setsid()
    except OSError as problem:
        raise SandboxError(LAYER, f"setsid: {problem}") from problem


def parent_death_call() -> PreparedCall:
    """Return the prepared call that ties the end of its maker to its parent's (prctl(2))."""
    return prctl_call(PR_SET_PDEATHSIG, signal.SIGKILL)


def set_parent_death_signal(parent: int, dying: PreparedCall) -> None:
    """Have the kernel kill this process when its parent ``parent`` ends.

    Raises:
        SandboxError: the kernel refuses it, or the parent has ended already.

    """
    call_or_raise(dying)
    # The parent may have ended before that call; 0: it is outside this PID namespace.
    if os.getppid() not in (parent, 0):
        raise SandboxError(LAYER, "the parent has ended")


def no_new_privs() -> None:
    """Set no_new_privs, and make the process undumpable.

    Raises:
        SandboxError: the kernel refuses it.

    """
    call_or_raise(prctl_call(PR_SET_NO_NEW_PRIVS, 1))
    # No other process of the same user may trace it, or open its memory in /proc (prctl(2)).
    call_or_raise(prctl_call(PR_SET_DUMPABLE, 0))


def dropping_capabilities() -> PreparedCall:
    """Return the prepared call that drops all capabilities irrevocably.

    It changes nothing for a process without any. With no_new_privs execve(2) cannot regain them.
    Root without capabilities still owns its files, like any other user.

    Raises:
        SandboxError: the number of capset(2) is unknown on this architecture.

    """
    return setting_capabilities(0, 0)


def setting_capabilities(effective: int, permitted: int) -> PreparedCall:
    """Return the call that sets two sets of capabilities and empties the inheritable one.

    Raises:
        SandboxError: the number of capset(2) is unknown on this architecture.

    """
    architecture = native()
    if architecture is None:
        raise SandboxError(LAYER, "capabilities cannot be changed on this architecture")
    header = create_string_buffer(struct.pack("=Ii", _CAPABILITY_VERSION_3, 0), 8)
    low, high = (
        struct.pack("=3I", effective >> shift & _WORD, permitted >> shift & _WORD, 0)
        for shift in (0, 32)
    )
    sets = create_string_buffer(low + high, 24)
    return PreparedCall.of_kernel("capset", architecture.numbers["capset"], header, sets)


def call_or_raise(call: PreparedCall) -> None:
    """Make a call of this module.

    Raises:
        SandboxError: the kernel refuses it.

    """
    try:
        call()
    except OSError as problem:
        raise SandboxError(LAYER, str(problem)) from problem


def require_single_thread() -> None:
    """Check that the process has no other threads, which no protection would reach.

    Raises:
        SandboxError: it has others.

    """
    try:
        tasks = proc.opened("task")
        try:
            threads = len(os.listdir(tasks))  # noqa: PTH208 - a descriptor, not a path
        finally:
            os.close(tasks)
    except OSError as problem:
        raise SandboxError(LAYER, str(problem)) from problem
    if threads != 1:
        raise SandboxError(LAYER, f"{threads} threads run already")
