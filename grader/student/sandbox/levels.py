"""The isolation levels: which protections a process gets, and in which order.

Theory of operation. A level is a tuple of layers, each of which takes something away at one of five
moments: `before_imports` (before anything large is imported), `prepare` (in the warm process,
before the first fork; children inherit it), `before_fork` and `after_fork`, `set_up_process` (what
a child needs to be given) and `enter` (what is left to take away, just before student code).

What can be done once is done in the warm process, and system calls are put together there: in a
fresh child every page that is touched must be copied first. `enter` is therefore a handful of
prepared system calls.

The order matters and is fixed in `_layers`: what needs capabilities comes before they are dropped;
Landlock needs no_new_privs (landlock_restrict_self(2)) and opens files, so it comes before
descriptors are closed; the seccomp filter comes last, since it refuses calls that the others make.

Nothing here can be undone by a process, and nothing trusts it: a layer that cannot be applied
raises SandboxError, and the process ends before student code has run. What a level lacks on this
machine is found by `probe.py` beforehand and reported, never passed over.
"""

from __future__ import annotations

import os
from os import fork  # what submissions find in its place refuses
from typing import TYPE_CHECKING

from grader.student.sandbox import proc, syscall_rules
from grader.student.sandbox.errors import SandboxError
from grader.student.sandbox.layer import Layer, ProcessSpec
from grader.student.sandbox.layers import (
    CallsLayer,
    DescriptorsLayer,
    FilesLayer,
    LimitsLayer,
    NamespacesLayer,
    OtherUserLayer,
    SessionLayer,
)
from grader.wire.levels import FULL, KERNEL, NO_OPEN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.student.sandbox.probe import ProbeResult
    from grader.student.sandbox.readable_paths import ReadablePaths


class Sandbox:
    """Isolates processes as far as the probe found possible.

    A warm process settles, imports what processes need, prepares, and forks processes, each of
    which enters. A process that was started for a single submission does all of it except fork.
    """

    def __init__(self, found: ProbeResult, readable: ReadablePaths, folder: str) -> None:
        """``readable``: what a process may read, where the level closes the rest.

        ``folder``: an empty one, in which the scratch folders of processes are.
        """
        self._layers = _layers(found, readable, folder)
        self._prepared_by: int | None = None
        self._forked = False

    @property
    def scratch(self) -> str | None:
        """The scratch folder as each process sees it; None: the judge names one for each."""
        return next((layer.scratch for layer in self._layers if layer.scratch), None)

    def before_imports(self) -> None:
        """Do what comes before all imports. May fork; the caller then continues in the child.

        Raises:
            SandboxError: a protection cannot be applied.

        """
        for layer in self._layers:
            layer.before_imports()

    def prepare(self) -> None:
        """Do what need not be done in each process: after all imports, before the first fork.

        Raises:
            SandboxError: a protection cannot be applied.

        """
        for layer in self._layers:
            layer.prepare()
        proc.release()
        self._prepared_by = os.getpid()

    def unavailable(self) -> dict[str, str]:
        """Return the parts of the level that could not be applied, by layer, and why."""
        return dict(layer.unavailable for layer in self._layers if layer.unavailable is not None)

    def fork(self) -> int:
        """Fork the warm process, as ``os.fork`` does.

        Raises:
            SandboxError: the child's namespaces cannot be made.
            OSError: fork(2) failed.

        """
        for layer in self._layers:
            layer.before_fork()
        child = None
        try:
            child = fork()
        finally:
            if child != 0:
                for layer in self._layers:
                    layer.after_fork()
        self._forked = child == 0
        return child

    def enter(
        self, scratch: str, keep: Iterable[int], *, memory_bytes: int, cpu_seconds: int
    ) -> None:
        """Isolate this process irrevocably, and change to its scratch folder.

        ``scratch`` is the only folder that it can write to, ``keep`` the descriptors that stay
        open. It may map ``memory_bytes`` more than the prepared process had mapped; ``cpu_seconds``
        are of CPU time.

        Raises:
            SandboxError: a protection cannot be applied. The process must then end, without having
                run student code.

        """
        if self._prepared_by is None:
            raise SandboxError("sandbox", "not prepared")
        entry = ProcessSpec(
            scratch=scratch,
            keep=tuple(keep),
            memory_bytes=memory_bytes,
            cpu_seconds=cpu_seconds,
            parent=self._prepared_by if self._forked else None,
        )
        for layer in self._layers:
            layer.set_up_process()
        try:
            os.chdir(scratch)
        except OSError as problem:
            raise SandboxError("scratch", str(problem)) from problem
        for layer in self._layers:
            layer.enter(entry)


def _layers(found: ProbeResult, readable: ReadablePaths, folder: str) -> tuple[Layer, ...]:
    """Return the protections of a level in the order in which they are applied.

    Layers that need capabilities come before these are dropped. Limits read a file of /proc that
    Landlock closes, Landlock needs no_new_privs (set by the session) and the opened grants, so it
    comes before descriptors are closed; seccomp refuses calls that all the other layers make.
    """
    version = found.landlock_abi
    nodes = readable.devices
    card = bool(nodes)
    if found.level == FULL:
        # Only granted files are visible, so one rule grants the whole tree.
        files = [FilesLayer(version, [os.sep], None, nodes)] if version else []
        return (
            NamespacesLayer(readable),
            SessionLayer(powers_needed=True),
            LimitsLayer(own_namespace=True, card=card),
            *files,
            DescriptorsLayer(),
            # Grants are on read-only mounts.
            CallsLayer(syscall_rules.TRUNCATE_ABI, own_root=True, card=card),
        )
    entries = readable.entries()
    limits = LimitsLayer(own_namespace=False, card=card)
    common = (OtherUserLayer(entries, readable.samples, folder), SessionLayer(), limits)
    if found.level == KERNEL:
        files = [FilesLayer(version, entries, folder, nodes)]
        return (*common, *files, DescriptorsLayer(), CallsLayer(version, card=card))
    if found.level == NO_OPEN:
        return (*common, DescriptorsLayer(), CallsLayer(version, open_files=False))
    return (*common, DescriptorsLayer())
