"""The isolation levels: which protections a process gets, and in which order."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from grader.student.sandbox import descriptors, landlock, limits, privileges, seccomp
from grader.student.sandbox.errors import SandboxError
from grader.student.sandbox.probe import KERNEL, OWN_CODE_ONLY, ProbeResult
from grader.student.sandbox.tables import native

if TYPE_CHECKING:
    from grader.student.sandbox.bpf import Program

WRITABLE_FILES = ("/dev/null",)


@dataclass(frozen=True)
class Entry:
    """One process about to be shut off."""

    scratch: str
    keep: tuple[int, ...]
    memory_bytes: int
    cpu_seconds: int
    parent: int | None  # the process that forked it; None: it was started, not forked


class Layer(Protocol):
    """One protection."""

    def prepare(self) -> None:
        """Do, in the warm process, what need not be done again in each process."""

    def enter(self, entry: Entry) -> None:
        """Take effect in this process, for good."""


class _Session:
    """The process stands alone: no terminal, no privileges, nobody looks into it."""

    def prepare(self) -> None:
        # The warm process must not be looked into either: its memory is every child's memory.
        if sys.platform == "linux":
            privileges.shut_in()

    def enter(self, entry: Entry) -> None:
        privileges.own_session()
        if sys.platform != "linux":
            return
        if entry.parent is not None:
            privileges.die_with(entry.parent)
        if native() is not None:  # elsewhere nothing is promised
            privileges.drop_capabilities()
        privileges.shut_in()


class _Descriptors:
    """Nothing that was open stays open, but what is named."""

    def prepare(self) -> None:
        pass

    def enter(self, entry: Entry) -> None:
        descriptors.keep_only(entry.keep)


class _Limits:
    def __init__(self) -> None:
        self._mapped = 0

    def prepare(self) -> None:
        self._mapped = limits.address_space()

    def enter(self, entry: Entry) -> None:
        limits.apply(entry.memory_bytes, entry.cpu_seconds, self._mapped)


class _Files:
    """Landlock, with the grants opened beforehand."""

    def __init__(self, version: int, readable: tuple[str, ...]) -> None:
        self._version = version
        self._readable = readable
        self._grants: tuple[landlock.Grants, ...] = ()

    def prepare(self) -> None:
        # A folder that is granted in parts cannot be listed afterwards. The import system lists
        # each folder of sys.path once, when it first looks there for anything, found or not.
        importlib.invalidate_caches()
        importlib.util.find_spec("grader_lists_the_folders_of_the_path")
        limits.allow_descriptors(len(self._readable))
        self._grants = (
            landlock.open_grants(self._readable),
            landlock.open_grants(WRITABLE_FILES, landlock.OF_DEVICES),
        )

    def enter(self, entry: Entry) -> None:
        privileges.require_single_thread()
        known = landlock.WORKING & landlock.handled(self._version)
        scratch = landlock.open_grants([entry.scratch], known)
        if not scratch.rules:
            raise SandboxError(landlock.LAYER, f"{entry.scratch} cannot be opened")
        landlock.restrict(self._version, (*self._grants, scratch))


class _Calls:
    """seccomp, with the filter assembled beforehand."""

    def __init__(self, landlock_abi: int) -> None:
        self._landlock_abi = landlock_abi
        self._program: Program | None = None

    def prepare(self) -> None:
        self._program = seccomp.program(self._landlock_abi)

    def enter(self, _entry: Entry) -> None:
        if self._program is None:
            raise SandboxError(seccomp.LAYER, "not prepared")
        seccomp.install(self._program)


class Sandbox:
    """Shuts processes off as far as the probe found possible.

    Prepared once in the warm process, entered in each process forked from it; or both in a process
    that was started for one submission alone.
    """

    def __init__(self, found: ProbeResult, readable_paths: Iterable[str]) -> None:
        """``readable_paths``: see ``grants.readable_paths``; not used below level ``kernel``."""
        self._layers = _layers(found, tuple(readable_paths))
        self._prepared_by: int | None = None

    def prepare(self) -> None:
        """Do what need not be done in each process: after all imports, before the first fork.

        Raises SandboxError.
        """
        for layer in self._layers:
            layer.prepare()
        self._prepared_by = os.getpid()

    def enter(
        self, scratch: str, keep: Iterable[int], *, memory_bytes: int, cpu_seconds: int
    ) -> None:
        """Shut this process off, for good.

        ``scratch`` is the only folder it can write to, ``keep`` the descriptors it keeps. It may
        use ``memory_bytes`` more addresses than the prepared process had. Raises SandboxError:
        the process must then end, without having run student code.
        """
        if self._prepared_by is None:
            raise SandboxError("sandbox", "not prepared")
        forked = self._prepared_by != os.getpid()
        entry = Entry(
            scratch=scratch,
            keep=tuple(keep),
            memory_bytes=memory_bytes,
            cpu_seconds=cpu_seconds,
            parent=self._prepared_by if forked else None,
        )
        for layer in self._layers:
            layer.enter(entry)


def _layers(found: ProbeResult, readable: tuple[str, ...]) -> tuple[Layer, ...]:
    """Return the protections of a level in the order in which they are applied.

    Landlock needs no_new_privs (set by the session) and the opened grants, so it comes before
    descriptors are closed; seccomp refuses calls that all the others make, so it comes last.
    """
    if found.level == OWN_CODE_ONLY:
        return (_Session(), _Descriptors(), _Limits())
    if found.level == KERNEL:
        version = found.landlock_abi
        files, calls = _Files(version, readable), _Calls(version)
        return (_Session(), files, _Descriptors(), _Limits(), calls)
    raise SandboxError("sandbox", f"level {found.name} is not built yet")
