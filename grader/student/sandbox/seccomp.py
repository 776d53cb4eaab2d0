"""seccomp: an irrevocable filter on the system calls of all threads of the process.

A call that `syscall_rules` refuses fails with EPERM, so that a submission gets an exception and its
other checks go on. Operations that Landlock does not cover (metadata, sockets, signals, other
processes) are refused here; the process may start threads, never another process.

Filters add up, and are inherited. One that refuses the calls that the warm process itself can do
without is installed there, once; a short one, in each student process, refuses the rest.

Not tested on aarch64: no such machine was available.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Mapping
from ctypes import create_string_buffer

from grader.student.sandbox import syscall_rules
from grader.student.sandbox.bpf import ALLOW, KILL_PROCESS, Assembler, BpfProgram, error
from grader.student.sandbox.errors import SandboxError
from grader.student.sandbox.syscall_numbers import LAST_REVIEWED, Architecture, native
from grader.student.sandbox.syscalls import PreparedCall

LAYER = "seccomp"

# Of linux/seccomp.h. TSYNC applies a filter to all threads of the process (seccomp(2)).
SECCOMP_SET_MODE_FILTER = 1
SECCOMP_FILTER_FLAG_TSYNC = 1


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))


def fork_server_filter(
    landlock_abi: int,
    architecture: Architecture | None = None,
    *,
    allowed: str = "",
    card: bool = False,
) -> BpfProgram:
    """Assemble the filter of the warm process and of all that it forks.

    ``landlock_abi``: below 3, Landlock does not cover truncation, and the filter refuses it.
    ``allowed``: names of calls that are not refused, whatever the rules say. ``card``: processes
    compute on a graphics card.

    Raises:
        SandboxError: there is no table for this architecture.

    """
    architecture = architecture or _known()
    numbers = architecture.numbers
    filter_ = Assembler()
    # Another architecture's calls (32-bit code in a 64-bit process) have other numbers.
    filter_.load_architecture()
    filter_.give_unless_equal(architecture.audit, KILL_PROCESS)
    filter_.load_number()
    # Also matches the x32 calls of x86-64, which have bit 30 set (__X32_SYSCALL_BIT).
    filter_.give_if_greater(LAST_REVIEWED, error(errno.ENOSYS))
    refused = set(_of(" ".join(syscall_rules.REFUSED.values()), numbers))
    refused -= set(_of(f"{syscall_rules.FOR_FORKING} {allowed}", numbers))
    filter_.give_if_equal(sorted(refused), syscall_rules.REFUSE)
    filter_.give_if_equal(_of(syscall_rules.UNKNOWN, numbers), error(errno.ENOSYS))
    filter_.give_if_equal(_of(syscall_rules.UNSUPPORTED, numbers), syscall_rules.UNSUPPORTED_ERROR)
    filter_.give_if_equal(_of(syscall_rules.PRETENDED, numbers), syscall_rules.DONE)
    bodies = syscall_rules.argument_rules()
    if card:
        bodies |= syscall_rules.card_rules()
    _look_into(filter_, bodies, numbers)
    if landlock_abi < syscall_rules.TRUNCATE_ABI:
        _look_into(filter_, syscall_rules.truncate_rules(), numbers)
    filter_.ret(ALLOW)
    return filter_.assembled()


def process_filter(
    *, open_files: bool, refused: str = "", architecture: Architecture | None = None
) -> BpfProgram:
    """Assemble the filter that a student process adds; ``open_files``: it may open files by path.

    ``refused``: names of calls that are refused as well.

    Raises:
        SandboxError: there is no table for this architecture.

    """
    numbers = (architecture or _known()).numbers
    filter_ = Assembler()
    filter_.load_number()
    filter_.give_if_equal(
        _of(f"{syscall_rules.FOR_FORKING} {refused}", numbers), syscall_rules.REFUSE
    )
    if not open_files:
        filter_.give_if_equal(_of(syscall_rules.BY_PATH, numbers), syscall_rules.CLOSED)
    _look_into(filter_, syscall_rules.self_only_rules(), numbers)
    filter_.ret(ALLOW)
    return filter_.assembled()


def _known() -> Architecture:
    architecture = native()
    if architecture is None or sys.byteorder != "little":
        raise SandboxError(LAYER, "no table of system calls for this architecture")
    return architecture


def _of(names: str, numbers: Mapping[str, int]) -> list[int]:
    """Return the numbers of those of these calls that the architecture has."""
    return [numbers[name] for name in names.split() if name in numbers]


def _look_into(
    filter_: Assembler, bodies: Mapping[str, Assembler], numbers: Mapping[str, int]
) -> None:
    for name, body in bodies.items():
        if name in numbers:
            filter_.only_if_equal(numbers[name], body)


class PreparedFilter:
    """A filter, ready to be installed in processes."""

    def __init__(self, assembled: BpfProgram) -> None:
        """Prepare the system call that installs ``assembled``.

        Raises:
            SandboxError: there is no table for this architecture.

        """
        self._assembled = assembled
        self._code = create_string_buffer(assembled.code, len(assembled.code))
        self._call = PreparedCall.of_kernel(
            "seccomp",
            _known().numbers["seccomp"],
            SECCOMP_SET_MODE_FILTER,
            SECCOMP_FILTER_FLAG_TSYNC,
            _Filter(assembled.length, ctypes.cast(self._code, ctypes.c_void_p)),
        )

    def install(self) -> None:
        """Filter the system calls of this process from now on.

        Raises:
            SandboxError: the kernel refuses it.

        """
        self._assembled.insert(os.getpid(), self._code)
        try:
            culprit = self._call()
        except OSError as problem:
            raise SandboxError(LAYER, str(problem)) from problem
        if culprit:
            raise SandboxError(LAYER, f"thread {culprit} cannot be filtered")


def install(assembled: BpfProgram) -> None:
    """Filter the system calls of this process from now on.

    Raises:
        SandboxError: the kernel refuses it.

    """
    PreparedFilter(assembled).install()
