"""Finds out how well this machine can shut a process off.

Every protection is tried, not looked up: in a throw-away child, since it could not be taken off
again.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from grader.student.sandbox import landlock, privileges, seccomp
from grader.student.sandbox.errors import SandboxError

OWN_CODE_ONLY, NO_OPEN, KERNEL, FULL = range(4)
LEVEL_NAMES = ("own-code-only", "no-open", "kernel", "full")
ANSWER_LIMIT = 1000


@dataclass(frozen=True)
class ProbeResult:
    """What was found.

    ``level`` is the highest that can be had, within what was asked for. ``missing`` are the
    protections that this machine does not give, whatever was asked for; ``details`` hold what the
    system answered, by the same ids.
    """

    level: int
    name: str
    missing: tuple[str, ...] = ()
    details: dict[str, str] = field(default_factory=dict)
    landlock_abi: int = 0


def probe(max_level: int = FULL) -> ProbeResult:
    """Return the isolation level of this machine, at most ``max_level``; never raises."""
    details = {"namespaces": "not built yet"}
    version = 0
    if sys.platform != "linux":
        details |= dict.fromkeys(("landlock", "seccomp", "limits"), f"{sys.platform}, not Linux")
    else:
        try:
            version = landlock.abi()
        except OSError as problem:
            details["landlock"] = str(problem)
        else:
            details |= _failure("landlock", lambda: _try_landlock(version))
        details |= _failure("seccomp", lambda: _try_seccomp(version))
        if 0 < version < seccomp.TRUNCATE_ABI:
            details["landlock_abi_3"] = f"version {version}; seccomp refuses truncation instead"
    level = OWN_CODE_ONLY if details.keys() & {"landlock", "seccomp"} else KERNEL
    # Between the two lies no-open, which is not built yet.
    if max_level < KERNEL:
        level = OWN_CODE_ONLY
    return ProbeResult(level, LEVEL_NAMES[level], tuple(details), details, version)


def _failure(name: str, attempt: Callable[[], None]) -> dict[str, str]:
    """Try something in a child; return {name: what went wrong}, empty when nothing did."""
    problem = _tried(attempt)
    return {name: problem} if problem else {}


def _tried(attempt: Callable[[], None]) -> str:
    answer, ask = os.pipe()
    try:
        child = os.fork()
    except OSError as problem:
        os.close(answer)
        os.close(ask)
        return str(problem)
    if child == 0:
        _answer(ask, attempt)
    os.close(ask)
    with open(answer, "rb") as pipe:  # noqa: PTH123 - a descriptor, not a path
        said = pipe.read(ANSWER_LIMIT).decode(errors="replace")
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        return f"the trial ended with {os.waitstatus_to_exitcode(status)}"
    return said


def _answer(pipe: int, attempt: Callable[[], None]) -> None:
    """In the child: try, tell, end."""
    try:
        attempt()
        said = ""
    except BaseException as problem:  # noqa: BLE001 - whatever it was, it is the answer
        said = str(problem) or type(problem).__name__
    with contextlib.suppress(OSError):
        os.write(pipe, said.encode(errors="replace")[:ANSWER_LIMIT])
    os._exit(0)


def _try_landlock(version: int) -> None:
    privileges.shut_in()
    landlock.restrict(version, ())
    with contextlib.suppress(PermissionError):
        os.close(os.open(os.sep, os.O_RDONLY))
        raise SandboxError(landlock.LAYER, "a closed folder could be opened")


def _try_seccomp(version: int) -> None:
    privileges.shut_in()
    seccomp.install(seccomp.program(version))
    with contextlib.suppress(PermissionError):
        os.setsid()
        raise SandboxError(seccomp.LAYER, "a refused system call was made")
