"""Measures how well this machine can isolate a process.

Each protection is tried, not looked up, in a child of its own: it could not be removed again.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from grader.student.sandbox import (
    landlock,
    layers,
    namespaces,
    privileges,
    root,
    seccomp,
    syscall_rules,
)
from grader.student.sandbox.errors import SandboxError
from grader.student.sandbox.readable_paths import ReadablePaths
from grader.wire.levels import FULL, KERNEL, NO_OPEN, OWN_CODE_ONLY, Level

ANSWER_LIMIT = 1000
PROTECTIONS = ("namespaces", "landlock", "seccomp")


@dataclass(frozen=True)
class ProbeResult:
    """The result of the probe.

    ``level`` is the highest that can be applied, at most the one asked for. ``missing`` are the
    protections that this machine lacks, whatever was asked for; ``details`` hold the system's error
    messages, by the same ids.
    """

    level: Level
    missing: tuple[str, ...] = ()
    details: dict[str, str] = field(default_factory=dict)
    landlock_abi: int = 0

    @property
    def name(self) -> str:
        """The name of the level."""
        return self.level.label


def probe(
    max_level: Level = FULL,
    readable: ReadablePaths | None = None,
    unfit: Mapping[str, str] | None = None,
) -> ProbeResult:
    """Return the isolation level of this machine, at most ``max_level``; never raises.

    ``readable``: what processes may read; a root of their own is tried with exactly that.
    ``unfit``: protections that are known to fail here, and why.
    """
    if sys.platform != "linux":
        absent = f"{sys.platform}, not Linux"
        return _result(max_level, dict.fromkeys((*PROTECTIONS, "limits"), absent), 0)
    details: dict[str, str] = {}
    version = 0
    try:
        version = landlock.abi()
    except OSError as problem:
        details["landlock"] = str(problem)
    trials = {
        "namespaces": lambda: _try_namespaces(readable or ReadablePaths()),
        "landlock": lambda: _try_landlock(version),
        "seccomp": lambda: _try_seccomp(version),
    }
    if not version:
        del trials["landlock"]
    details |= _failures(trials) | dict(unfit or {})
    if "landlock" in details:
        version = 0
    elif version < syscall_rules.TRUNCATE_ABI:
        details["landlock_abi_3"] = f"version {version}; seccomp refuses truncation instead"
    return _result(max_level, {name: details[name] for name in sorted(details)}, version)


def _result(max_level: Level, details: dict[str, str], landlock_abi: int) -> ProbeResult:
    needs = {FULL: {"namespaces", "seccomp"}, KERNEL: {"landlock", "seccomp"}, NO_OPEN: {"seccomp"}}
    possible = [level for level, needed in needs.items() if not needed & details.keys()]
    level = max((level for level in possible if level <= max_level), default=OWN_CODE_ONLY)
    return ProbeResult(level, tuple(details), details, landlock_abi)


def _failures(trials: dict[str, Callable[[], None]]) -> dict[str, str]:
    """Try each in a child of its own, all at the same time; return the error messages by name."""
    started = {name: _started(attempt) for name, attempt in trials.items()}
    said = {name: _said(*pipe_and_child) for name, pipe_and_child in started.items()}
    return {name: problem for name, problem in said.items() if problem}


def _started(attempt: Callable[[], None]) -> tuple[int, int | OSError]:
    answer, ask = os.pipe()
    try:
        child: int | OSError = os.fork()
    except OSError as problem:
        child = problem
    if child == 0:
        _answer(ask, attempt)
    os.close(ask)
    return answer, child


def _said(answer: int, child: int | OSError) -> str:
    with open(answer, "rb") as pipe:
        said = pipe.read(ANSWER_LIMIT).decode(errors="replace")
    if isinstance(child, OSError):
        return str(child)
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        return said or f"the trial ended with {os.waitstatus_to_exitcode(status)}"
    return said


def _answer(pipe: int, attempt: Callable[[], None]) -> None:
    """In the child: try, send the error message, exit."""
    try:
        attempt()
        said = ""
    except BaseException as problem:  # noqa: BLE001 - whatever it was, it is the answer
        said = str(problem) or type(problem).__name__
    with contextlib.suppress(OSError):
        os.write(pipe, said.encode(errors="replace")[:ANSWER_LIMIT])
    os._exit(0)


def _try_namespaces(readable: ReadablePaths) -> None:
    layer = layers.NamespacesLayer(readable)
    layer.before_imports()
    layer.before_fork()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            layer.set_up_process()
            code = 0 if os.getpid() == 1 and not any(root.SCRATCH.iterdir()) else 2
        finally:
            os._exit(code)
    layer.after_fork()
    _, status = os.waitpid(child, 0)
    if status:
        raise SandboxError(namespaces.LAYER, "a process cannot have a scratch folder of its own")


def _try_landlock(version: int) -> None:
    privileges.no_new_privs()
    landlock.Ruleset(version).impose()
    with contextlib.suppress(PermissionError):
        os.close(os.open(os.sep, os.O_RDONLY))
        raise SandboxError(landlock.LAYER, "a closed folder could be opened")


def _try_seccomp(version: int) -> None:
    privileges.no_new_privs()
    seccomp.install(seccomp.fork_server_filter(version))
    seccomp.install(seccomp.process_filter(open_files=True))
    with contextlib.suppress(PermissionError):
        os.setsid()
        raise SandboxError(seccomp.LAYER, "a refused system call was made")
