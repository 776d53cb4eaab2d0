"""seccomp: a filter on system calls, for good and for all threads of the process.

A student process computes, reads what it was granted and writes into its scratch folder. What
nothing of that needs is refused with EPERM, so that a submission learns what happened and its other
checks go on. What Landlock cannot see (metadata, sockets, signals, other processes) is refused
here; the process may start threads of its own, never another process.

Never run on aarch64: no such machine was at hand.
"""

from __future__ import annotations

import ctypes
import errno
import os
import socket
import sys
from collections.abc import Mapping

from grader.student.sandbox import syscalls
from grader.student.sandbox.bpf import ALLOW, KILL_PROCESS, PID, Assembler, Program, error
from grader.student.sandbox.errors import SandboxError
from grader.student.sandbox.tables import LAST_REVIEWED, Architecture, native

LAYER = "seccomp"

REFUSED: Mapping[str, str] = {
    "processes of others": """
        ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp pidfd_open
        pidfd_getfd pidfd_send_signal tkill get_robust_list migrate_pages move_pages setpriority
        sched_setparam sched_setscheduler sched_setattr ioprio_set setpgid setsid""",
    "new processes": "fork vfork execve execveat",
    "the network and local services": "socket connect accept accept4 bind listen",
    "memory that outlives the process, or that no limit counts": """
        shmget shmat shmctl semget semctl semop semtimedop msgget msgctl msgsnd msgrcv
        mq_open mq_unlink memfd_create memfd_secret""",
    "what Landlock does not look at in files": """
        chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat setxattr lsetxattr fsetxattr
        setxattrat removexattr lremovexattr fremovexattr removexattrat utime utimes utimensat
        futimesat file_setattr mknod mknodat name_to_handle_at open_by_handle_at
        inotify_init inotify_init1 fanotify_init sync syncfs""",
    "namespaces and mounts": """
        unshare setns mount umount2 pivot_root chroot open_tree open_tree_attr move_mount fsopen
        fsconfig fsmount fspick mount_setattr statmount listmount listns""",
    "parts of the kernel that computing does not need": """
        bpf perf_event_open userfaultfd io_uring_setup io_uring_enter io_uring_register io_setup
        io_submit add_key request_key keyctl seccomp lsm_set_self_attr personality modify_ldt
        vmsplice splice tee""",
    "the machine": """
        init_module finit_module delete_module create_module kexec_load kexec_file_load reboot
        swapon swapoff acct quotactl quotactl_fd syslog iopl ioperm adjtimex clock_adjtime
        clock_settime settimeofday sethostname setdomainname vhangup lookup_dcookie nfsservctl
        uselib ustat sysfs _sysctl""",
    "other users": """
        setuid setgid setreuid setregid setgroups setresuid setresgid setfsuid setfsgid capset""",
}

# C libraries try the newer call first and use the older one, which can be looked into, after that.
UNKNOWN = ("clone3", "openat2")

CLONE_THREAD = 0x00010000
CLONE_NEW_NAMESPACES = 0x7E020080
# FIOCLEX, FIONCLEX, FIONREAD, FIONBIO, TCGETS, TCGETS2, TIOCGPGRP, TIOCGWINSZ: none of them acts on
# anything but the process's own descriptor. TIOCSTI, which types for the user, is why to ask.
HARMLESS_IOCTL = (0x5451, 0x5450, 0x541B, 0x5421, 0x5401, 0x802C542A, 0x540F, 0x5413)
# F_SETOWN, F_SETSIG, F_SETOWN_EX (signals to anyone), F_SETLEASE, F_NOTIFY (others' files)
HARMFUL_FCNTL = (8, 10, 15, 1024, 1026)
# GET_PDEATHSIG, GET_DUMPABLE, SET_NAME, GET_NAME, GET_SECCOMP, CAPBSET_READ, GET_TIMERSLACK,
# SET_NO_NEW_PRIVS, GET_NO_NEW_PRIVS, GET_THP_DISABLE, SET_VMA (names memory, for debuggers)
HARMLESS_PRCTL = (2, 3, 15, 16, 21, 23, 30, 38, 39, 42, 0x53564D41)
# x86-64 only has calls that take a path without a folder: where the flags stand differs by one.
FLAGS_OF_OPEN = {"open": 1, "openat": 2}
MODE_OF_MKDIR = {"mkdir": 1, "mkdirat": 2}
SOCKET_TYPE = 0xF
OWNER_BITS = 0o700
ACCESS_MODE = 3  # O_ACCMODE
TRUNCATE_ABI = 3

SECCOMP_SET_MODE_FILTER = 1
SECCOMP_FILTER_FLAG_TSYNC = 1
REFUSE = error(errno.EPERM)


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def program(landlock_abi: int, architecture: Architecture | None = None) -> Program:
    """Assemble the filter. ``landlock_abi``: below 3, truncation is refused here instead.

    Raises SandboxError for an architecture without a table.
    """
    architecture = architecture or native()
    if architecture is None or sys.byteorder != "little":
        raise SandboxError(LAYER, "no table of system calls for this architecture")
    filter_ = Assembler()
    # Another architecture's calls (32-bit code in a 64-bit process) have other numbers.
    filter_.load_architecture()
    filter_.give_unless_equal(architecture.audit, KILL_PROCESS)
    filter_.load_number()
    # Also catches the x32 calls of x86-64, which are ordinary ones with a high bit set.
    filter_.give_if_greater(LAST_REVIEWED, error(errno.ENOSYS))
    numbers = architecture.numbers
    refused = " ".join(REFUSED.values()).split()
    filter_.give_if_equal(sorted(numbers[n] for n in refused if n in numbers), REFUSE)
    filter_.give_if_equal((numbers[n] for n in UNKNOWN), error(errno.ENOSYS))
    bodies = _looked_into() | (_truncation() if landlock_abi < TRUNCATE_ABI else {})
    for name, body in bodies.items():
        if name in numbers:
            filter_.only_if_equal(numbers[name], body)
    filter_.give(ALLOW)
    return filter_.assembled()


def install(assembled: Program) -> None:
    """Filter the system calls of this process from now on. Raises SandboxError."""
    architecture = native()
    if architecture is None:
        raise SandboxError(LAYER, "no table of system calls for this architecture")
    code = assembled.for_process(os.getpid())
    filter_ = _Filter(assembled.length, code)
    try:
        culprit = syscalls.call(
            "seccomp",
            architecture.numbers["seccomp"],
            SECCOMP_SET_MODE_FILTER,
            SECCOMP_FILTER_FLAG_TSYNC,
            filter_,
        )
    except OSError as problem:
        raise SandboxError(LAYER, str(problem)) from problem
    if culprit:
        raise SandboxError(LAYER, f"thread {culprit} cannot be filtered")


def _looked_into() -> dict[str, Assembler]:
    """Return what decides on the calls that are harmful with some arguments only."""
    bodies = {name: _only(0, (PID,)) for name in ("kill", "tgkill")}
    bodies |= {name: _only(0, (PID,)) for name in ("rt_sigqueueinfo", "rt_tgsigqueueinfo")}
    bodies |= {name: _only(0, (0, PID)) for name in ("prlimit64", "sched_setaffinity")}
    bodies["clone"] = _threads_only()
    bodies["socketpair"] = _connected_pairs_only()
    bodies["fcntl"] = _none_of(1, HARMFUL_FCNTL)
    bodies["ioctl"] = _only(1, HARMLESS_IOCTL)
    bodies["prctl"] = _only(0, HARMLESS_PRCTL)
    # A folder that its owner may not list could not be cleared away after the submission.
    bodies |= {name: _all_bits(at, OWNER_BITS) for name, at in MODE_OF_MKDIR.items()}
    bodies["umask"] = _no_bit(0, OWNER_BITS)
    return bodies


def _truncation() -> dict[str, Assembler]:
    """Return what stands in for Landlock where it does not know truncation yet.

    Such a Landlock sees truncation only as far as a file is opened for writing: not ``truncate``,
    and not O_TRUNC with any other access, by which even a file outside all grants is emptied.
    """
    truncate = Assembler()
    truncate.give(REFUSE)
    return {"truncate": truncate} | {
        name: _truncating_writers_only(flags) for name, flags in FLAGS_OF_OPEN.items()
    }


def _only(argument: int, values: tuple[int | object, ...]) -> Assembler:
    body = Assembler()
    body.load_argument(argument)
    body.give_if_equal(values, ALLOW)
    body.give(REFUSE)
    return body


def _none_of(argument: int, values: tuple[int, ...]) -> Assembler:
    body = Assembler()
    body.load_argument(argument)
    body.give_if_equal(values, REFUSE)
    body.give(ALLOW)
    return body


def _no_bit(argument: int, mask: int) -> Assembler:
    body = Assembler()
    body.load_argument(argument)
    body.give_if_any_bit(mask, REFUSE)
    body.give(ALLOW)
    return body


def _all_bits(argument: int, mask: int) -> Assembler:
    body = Assembler()
    body.load_argument(argument, mask)
    body.give_if_equal((mask,), ALLOW)
    body.give(REFUSE)
    return body


def _threads_only() -> Assembler:
    body = Assembler()
    body.load_argument(0)
    body.give_if_any_bit(CLONE_NEW_NAMESPACES, REFUSE)
    body.give_if_any_bit(CLONE_THREAD, ALLOW)
    body.give(REFUSE)
    return body


def _connected_pairs_only() -> Assembler:
    """A datagram socket, also one of a pair, can send to any socket in the file system."""
    body = Assembler()
    body.load_argument(0)
    body.give_unless_equal(socket.AF_UNIX, REFUSE)
    body.load_argument(1, SOCKET_TYPE)
    body.give_if_equal((int(socket.SOCK_STREAM), int(socket.SOCK_SEQPACKET)), ALLOW)
    body.give(REFUSE)
    return body


def _truncating_writers_only(flags: int) -> Assembler:
    body = Assembler()
    body.load_argument(flags, os.O_TRUNC)
    body.give_if_equal((0,), ALLOW)
    body.load_argument(flags, ACCESS_MODE)
    body.give_if_equal((os.O_WRONLY, os.O_RDWR), ALLOW)
    body.give(REFUSE)
    return body
