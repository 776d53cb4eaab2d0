"""Namespaces: the student's side sees no process, network or file system but its own.

The warm process goes on as the first process of a PID namespace that it owns. Each process forked
from it is the first of another one, so that its end is the end of all that it started. The process
that was started stays behind in the namespaces of the judge, which knows it, and ends as the warm
one ends.
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
NEWNS, NEWUTS, NEWIPC = 0x00020000, 0x04000000, 0x08000000
NEWUSER, NEWPID, NEWNET = 0x10000000, 0x20000000, 0x40000000
OWN = NEWUSER | NEWNS | NEWPID | NEWNET | NEWIPC | NEWUTS
USER_INSIDE = 1000
UNCATCHABLE = {signal.SIGKILL, signal.SIGSTOP} if hasattr(signal, "SIGKILL") else set()


def enter_namespaces(readable: ReadablePaths, user: int | None) -> NamespaceSet:
    """Go on in namespaces, with a root of one's own, and as another user where one is named.

    Needs a process with one thread, which stays behind: this returns in a child of it. Raises
    SandboxError.
    """
    privileges.require_single_thread()
    try:
        return _settle(readable, user)
    except OSError as problem:
        raise SandboxError(LAYER, str(problem)) from problem


class NamespaceSet:
    """The namespaces of this process; gives its children some of their own."""

    def __init__(self) -> None:
        """Raises OSError, where there are none."""
        self._apart = PreparedCall("unshare", NEWPID)
        self._back = PreparedCall("setns", proc.opened("ns/pid"), NEWPID)
        self._furnishing = (PreparedCall("unshare", NEWNS), root.mounting_scratch())

    def before_fork(self) -> None:
        """Have the next child be the first process of a PID namespace. Raises SandboxError."""
        _make(self._apart)

    def after_fork(self) -> None:
        """Have further children in this process's own PID namespace. Raises SandboxError."""
        _make(self._back)

    def set_up_process(self) -> None:
        """Give this process an empty folder of its own at ``root.SCRATCH``. Raises SandboxError."""
        for call in self._furnishing:
            _make(call)


def _make(call: PreparedCall) -> None:
    try:
        call()
    except OSError as problem:
        raise SandboxError(LAYER, str(problem)) from problem


def _settle(readable: ReadablePaths, user: int | None) -> NamespaceSet:
    proc.keep()
    if user is None:
        _unshare(OWN, USER_INSIDE)
        root.change_root(readable)
    else:
        # The granted files may lie where only root finds the way.
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
    """Make namespaces, in which this process's user is the only one, and known as ``inside``."""
    user, group = os.geteuid(), os.getegid()
    PreparedCall("unshare", spaces)()
    proc.write("setgroups", "deny")
    proc.write("uid_map", f"{inside} {user} 1")
    proc.write("gid_map", f"{inside} {group} 1")


def _stay_behind(child: int) -> NoReturn:
    """Hold nothing, wait for the child, end as it ended."""
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
