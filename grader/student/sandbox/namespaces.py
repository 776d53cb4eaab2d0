"""Namespaces: the student's side sees only its own processes, network and file system.

The warm process continues as the init process of a PID namespace that it owns. Each process forked
from it is the init process of another one, so that the kernel ends all its descendants with it. The
process that was started stays in the judge's namespaces, where the judge knows its ID, and exits
with the status of the warm one.
"""

from __future__ import annotations

import os
import signal
import socket
from typing import TYPE_CHECKING, NoReturn

from grader.student.sandbox import descriptors, identity, privileges, proc, root
from grader.student.sandbox.errors import SandboxError
from grader.student.sandbox.syscalls import PreparedCall

if TYPE_CHECKING:
    from grader.student.sandbox.readable_paths import ReadablePaths

LAYER = "namespaces"
# CLONE_NEW… of linux/sched.h.
NEWNS, NEWUTS, NEWIPC = 0x00020000, 0x04000000, 0x08000000
NEWUSER, NEWPID, NEWNET = 0x10000000, 0x20000000, 0x40000000
OWN = NEWUSER | NEWNS | NEWPID | NEWNET | NEWIPC | NEWUTS
# Any uid but 0: 0 would have all capabilities in the namespace after an execve(2).
USER_INSIDE = 1000
UNCATCHABLE = {signal.SIGKILL, signal.SIGSTOP} if hasattr(signal, "SIGKILL") else set()


def enter_namespaces(readable: ReadablePaths, user: int | None) -> NamespaceSet:
    """Enter namespaces, with a root of its own, and switch to ``user`` if one is given.

    Needs a process with one thread. It forks: the caller continues in the child, the parent waits.

    Raises:
        SandboxError: the kernel refuses it.

    """
    privileges.require_single_thread()
    try:
        return _enter(readable, user)
    except OSError as problem:
        raise SandboxError(LAYER, str(problem)) from problem


class NamespaceSet:
    """The namespaces of this process; makes new ones for its children."""

    def __init__(self) -> None:
        """Prepare the calls around a fork.

        Raises:
            OSError: the kernel refuses namespaces.

        """
        self._apart = PreparedCall("unshare", NEWPID)
        self._back = PreparedCall("setns", proc.opened("ns/pid"), NEWPID)
        self._furnishing = (PreparedCall("unshare", NEWNS), root.mounting_scratch())

    def before_fork(self) -> None:
        """Make the next child the init process of a new PID namespace.

        Raises:
            SandboxError: the kernel refuses it.

        """
        _make(self._apart)

    def after_fork(self) -> None:
        """Put later children into this process's own PID namespace.

        Raises:
            SandboxError: the kernel refuses it.

        """
        _make(self._back)

    def set_up_process(self) -> None:
        """Mount an empty folder for this process at ``root.SCRATCH``.

        Raises:
            SandboxError: the kernel refuses it.

        """
        for call in self._furnishing:
            _make(call)


def _make(call: PreparedCall) -> None:
    try:
        call()
    except OSError as problem:
        raise SandboxError(LAYER, str(problem)) from problem


def _enter(readable: ReadablePaths, user: int | None) -> NamespaceSet:
    proc.keep()
    if user is None:
        _unshare(OWN, USER_INSIDE)
        root.change_root(readable)
    else:
        # Only root may be able to reach the granted files.
        powers = identity.capabilities()
        PreparedCall("unshare", NEWNS)()
        root.change_root(readable)
        identity.switch_user(user, keep=powers)
        _unshare(OWN, user)
    socket.sethostname("student")
    parent = os.getpid()
    child = os.fork()
    if child:
        _stay_behind(child)
    privileges.set_parent_death_signal(parent, privileges.parent_death_call())
    root.mounting_scratch()()
    return NamespaceSet()


def _unshare(spaces: int, inside: int) -> None:
    """Make namespaces that map only this process's user, as ``inside``."""
    user, group = os.geteuid(), os.getegid()
    PreparedCall("unshare", spaces)()
    proc.write("setgroups", "deny")
    proc.write("uid_map", f"{inside} {user} 1")
    proc.write("gid_map", f"{inside} {group} 1")


def _stay_behind(child: int) -> NoReturn:
    """Close all descriptors, wait for the child, and end as it ended."""
    privileges.no_new_privs()
    privileges.call_or_raise(privileges.dropping_capabilities())
    descriptors.keep_only((0, 1, 2))
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        if -code not in UNCATCHABLE:
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(code)
