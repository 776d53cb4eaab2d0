"""The protections, one class each, applied in the warm process and in each student process."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from grader.student.sandbox import (
    access_times,
    descriptors,
    identity,
    landlock,
    limits,
    namespaces,
    privileges,
    root,
    seccomp,
    syscall_rules,
)
from grader.student.sandbox.errors import SandboxError
from grader.student.sandbox.layer import Layer
from grader.student.sandbox.readable_paths import ReadablePaths, minimal_folders
from grader.student.sandbox.syscall_numbers import native

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.student.sandbox.layer import ProcessSpec
    from grader.student.sandbox.syscalls import PreparedCall

WRITABLE_FILES = ("/dev/null",)


class NamespacesLayer(Layer):
    """The process sees only its own processes, network and file system."""

    scratch = str(root.SCRATCH)

    def __init__(self, readable: ReadablePaths) -> None:
        self._readable = readable
        self._spaces: namespaces.NamespaceSet | None = None

    def before_imports(self) -> None:
        """Enter namespaces; under another uid if root started the judge."""
        limits.raise_nofile_limit(len(self._readable.folders) + len(self._readable.files))
        user = None
        if identity.is_root():
            try:
                user = identity.unused_uid(identity.CAP_SYS_ADMIN)
                identity.require_world_readable((*self._readable.folders, *self._readable.samples))
            except SandboxError as problem:
                user, self.unavailable = None, (problem.layer, problem.problem)
        self._spaces = namespaces.enter_namespaces(self._readable, user)
        self._readable = ReadablePaths()  # no submission may learn which paths are closed

    @property
    def spaces(self) -> namespaces.NamespaceSet:
        """The namespaces made by `before_imports`."""
        if self._spaces is None:
            raise SandboxError(namespaces.LAYER, "not settled")
        return self._spaces

    def before_fork(self) -> None:
        """Make a PID namespace, of which the child becomes the init process."""
        self.spaces.before_fork()

    def after_fork(self) -> None:
        """Direct later children to the parent's PID namespace again."""
        self.spaces.after_fork()

    def set_up_process(self) -> None:
        """Mount a scratch folder that no other process sees."""
        self.spaces.set_up_process()


class OtherUserLayer(Layer):
    """If root started the judge: the warm process and its children belong to another user.

    If no other user can read Python's files, they belong to a root without capabilities.
    """

    def __init__(self, readable: Sequence[str], samples: Sequence[Path], folder: str) -> None:
        """``folder``: where the scratch folders are; it is given to the other user.

        ``samples``: files of the libraries, see `ReadablePaths`.
        """
        self._needed = [*map(Path, readable), *samples]
        self._folder = Path(folder)

    def prepare(self) -> None:
        """Switch to another user, or stay root and record why in ``lacking``."""
        if not identity.is_root():
            return
        needed = (*self._needed, self._folder)
        passages = {above for path in needed for above in path.parents}
        try:
            number = identity.unused_uid(identity.CAP_CHOWN)
            identity.require_world_readable(self._needed, sorted(passages))
        except SandboxError as problem:
            self.unavailable = (problem.layer, problem.problem)
            return
        os.chown(self._folder, number, number)
        identity.switch_user(number)


class SessionLayer(Layer):
    """The process has no terminal and no privileges, and cannot be traced."""

    def __init__(self, *, powers_needed: bool = False) -> None:
        """``powers_needed``: other protections need capabilities until they have been entered."""
        self._powers_needed = powers_needed
        self._dying: PreparedCall | None = None
        self._dropping: PreparedCall | None = None

    def prepare(self) -> None:
        """Make the warm process undumpable: its memory is inherited by every child."""
        if sys.platform != "linux":
            return
        privileges.no_new_privs()
        self._dying = privileges.parent_death_call()
        if native() is None:  # no protection is promised on this architecture
            return
        self._dropping = privileges.dropping_capabilities()
        if not self._powers_needed:
            privileges.call_or_raise(self._dropping)

    def enter(self, entry: ProcessSpec) -> None:
        """Leave the terminal, set the parent-death signal, drop all capabilities."""
        privileges.start_new_session()
        if entry.parent is not None and self._dying is not None:
            privileges.set_parent_death_signal(entry.parent, self._dying)
        if self._powers_needed and self._dropping is not None:
            privileges.call_or_raise(self._dropping)


class DescriptorsLayer(Layer):
    """All inherited descriptors are closed, except those named."""

    def enter(self, entry: ProcessSpec) -> None:
        """Close all descriptors that are not kept."""
        descriptors.keep_only(entry.keep)


class LimitsLayer(Layer):
    """Limits of memory, time and space for the process."""

    def __init__(self, *, own_namespace: bool, card: bool = False) -> None:
        """``own_namespace``: the process is in a user namespace of the student's side.

        ``card``: it computes on a graphics card.
        """
        self._own_namespace = own_namespace
        self._card = card
        self._limits: limits.ResourceLimits | None = None

    def before_imports(self) -> None:
        """Raise oom_score_adj, so that the kernel kills this process first."""
        limits.prefer_for_oom_kill()

    def prepare(self) -> None:
        """Measure the memory that the warm process has mapped."""
        apart = identity.assigned_uid() is not None or (
            self._own_namespace and limits.has_per_userns_nproc()
        )
        self._limits = limits.ResourceLimits(processes=apart, card=self._card)

    def enter(self, entry: ProcessSpec) -> None:
        """Set the limits."""
        if self._limits is None:
            raise SandboxError(limits.LAYER, "not prepared")
        self._limits.apply(entry.memory_bytes, entry.cpu_seconds)


class FilesLayer(Layer):
    """Landlock: only granted files and the process's own scratch folder can be opened.

    Where a process sees all files of the machine, the warm process is restricted to those granted,
    which may be many, and to all scratch folders; each process then to its own scratch folder and
    to a few folders that contain all grants. Where it sees only the grants and its own scratch
    folder, one rule serves all processes.
    """

    def __init__(
        self,
        version: int,
        readable: Sequence[str],
        folder: str | None,
        devices: Sequence[Path] = (),
    ) -> None:
        """``folder``: where the scratch folders are; None: a process sees only its grants.

        ``devices``: device nodes of a card.
        """
        self._devices = tuple(map(str, devices))
        self._version = version
        self._readable = readable
        self._folder = folder
        self._working = landlock.WORKING & landlock.supported_access(version)
        self._each: landlock.Ruleset | None = None
        self._imposing: PreparedCall | None = None
        self._reader: int | None = None

    def before_imports(self) -> None:
        """Start to renew access times where a process could see them."""
        if self._folder is None:
            return
        self._reader = os.fork()
        if self._reader == 0:
            try:
                access_times.renew(self._readable)
            finally:
                os._exit(0)

    def prepare(self) -> None:
        """Make the rules for each process; restrict the warm process where they do not suffice."""
        if self._reader is not None:
            os.waitpid(self._reader, 0)
        privileges.require_single_thread()
        access = landlock.OF_DEVICES
        if self._devices:  # a card is controlled by ioctl(2); /dev/null needs none
            access |= landlock.Access.IOCTL_DEV & landlock.supported_access(self._version)
        devices = landlock.open_grants((*WRITABLE_FILES, *self._devices), access)
        if self._folder is not None:
            few = landlock.open_grants(minimal_folders(self._readable, self._folder))
            self._each = landlock.Ruleset(self._version, few, devices)
            self._restrict_warm_process(self._folder, devices)
        else:
            everything = landlock.open_grants(self._readable)
            working = self._working | landlock.Access.MAKE_FIFO
            own = landlock.open_grants([str(root.WORKPLACE)], working)
            restriction = landlock.Ruleset(self._version, everything, own, devices)
            self._imposing = restriction.imposing()

    def _restrict_warm_process(self, folder: str, devices: landlock.PathRules) -> None:
        # A folder that is granted in parts cannot be listed afterwards. The import system lists
        # each folder of sys.path once, at its first search there, whether it finds anything or not.
        importlib.invalidate_caches()
        importlib.util.find_spec("grader_lists_the_folders_of_the_path")
        limits.raise_nofile_limit(len(self._readable))
        granted = landlock.open_grants(self._readable)
        folders = landlock.open_grants([folder], self._working)
        landlock.Ruleset(self._version, granted, folders, devices).impose()
        granted.close()
        folders.close()

    def enter(self, entry: ProcessSpec) -> None:
        """Deny all files but those granted and the process's own scratch folder."""
        if self._imposing is not None:
            landlock.impose(self._imposing)
            return
        if self._each is None:
            raise SandboxError(landlock.LAYER, "not prepared")
        scratch = landlock.open_grants([entry.scratch], self._working)
        if not scratch.rules:
            raise SandboxError(landlock.LAYER, f"{entry.scratch} cannot be opened")
        self._each.impose(scratch)


class CallsLayer(Layer):
    """seccomp: only the system calls that computing needs."""

    def __init__(
        self,
        landlock_abi: int,
        *,
        open_files: bool = True,
        own_root: bool = False,
        card: bool = False,
    ) -> None:
        """``open_files``: other protections decide which files can be opened; otherwise none can.

        ``own_root``: the process can write only to its own scratch folder, by any path. ``card``:
        it computes on a graphics card.
        """
        self._card = card
        self._landlock_abi = landlock_abi
        self._open_files = open_files
        self._own_root = own_root
        self._filter: seccomp.PreparedFilter | None = None

    def prepare(self) -> None:
        """Filter the warm process, and assemble the filter of the student processes."""
        besides = syscall_rules.NUMBERED if self._own_root else ""
        assembled = seccomp.process_filter(open_files=self._open_files, refused=besides)
        self._filter = seccomp.PreparedFilter(assembled)
        filter_ = seccomp.fork_server_filter(
            self._landlock_abi, allowed=self._allowed(), card=self._card
        )
        seccomp.install(filter_)

    def _allowed(self) -> str:
        """Return the calls on files that can affect only the process's own files."""
        if self._own_root:
            return f"{syscall_rules.MODES} {syscall_rules.TIMES} {syscall_rules.NAMED_PIPES}"
        # A uid of its own owns nothing but scratch folders.
        alone = self._open_files and identity.assigned_uid() is not None
        return syscall_rules.MODES if alone else ""

    def enter(self, _entry: ProcessSpec) -> None:
        """Filter the system calls of this process from now on."""
        if self._filter is None:
            raise SandboxError(seccomp.LAYER, "not prepared")
        self._filter.install()
