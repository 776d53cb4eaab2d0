"""System calls that are refused to a student process, always or with some arguments.

A process computes, reads granted files and writes into its scratch folder; none of that needs the
calls listed here.
"""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Mapping

from grader.student.sandbox.bpf import ALLOW, PID, Assembler, error

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
    "how much of the machine is in use, by others as well": "sysinfo statfs fstatfs ustat",
    "what the kernel keeps of files, where one process could leave word for the next": """
        preadv2 pwritev2 mincore cachestat fadvise64 readahead""",
    "namespaces and mounts": """
        unshare setns mount umount2 pivot_root chroot open_tree open_tree_attr move_mount fsopen
        fsconfig fsmount fspick mount_setattr statmount listmount listns""",
    "parts of the kernel that computing does not need": """
        bpf perf_event_open userfaultfd io_uring_setup io_uring_enter io_uring_register io_setup
        io_submit add_key request_key keyctl seccomp lsm_set_self_attr personality modify_ldt
        landlock_create_ruleset landlock_add_rule landlock_restrict_self vmsplice splice tee""",
    "the machine": """
        init_module finit_module delete_module create_module kexec_load kexec_file_load reboot
        swapon swapoff acct quotactl quotactl_fd syslog iopl ioperm adjtimex clock_adjtime
        clock_settime settimeofday sethostname setdomainname vhangup lookup_dcookie nfsservctl
        uselib sysfs _sysctl""",
    "other users": """
        setuid setgid setreuid setregid setgroups setresuid setresgid setfsuid setfsgid capset""",
}

# Needed by the warm process to fork, or by a process to enter its sandbox.
FOR_FORKING = """
    fork vfork pidfd_open unshare setns mount setsid capset seccomp
    landlock_create_ruleset landlock_add_rule landlock_restrict_self"""

# Refused, unless only the process's own files can be reached: the kernel only checks who owns a
# file or, for a time set to now, who may write to it (/dev/null: everyone).
MODES = "chmod fchmod fchmodat fchmodat2"
TIMES = "utime utimes utimensat futimesat"

# Named pipes in a tmpfs of the process, and the calls that they replace: a new pipe or socket gets
# the next inode number of the whole machine.
NAMED_PIPES = "mknod mknodat"
NUMBERED = "pipe pipe2 socketpair"
MODE_OF_MKNOD = {"mknod": 1, "mknodat": 2}
KIND_OF_FILE, NAMED_PIPE = 0o170000, 0o010000

# Without Landlock: calls that open a file by its path, or change what a path refers to. stat(2) and
# the like stay possible; with Landlock they do too.
BY_PATH = """
    open openat creat unlink unlinkat rename renameat renameat2 mkdir mkdirat rmdir link linkat
    symlink symlinkat readlink readlinkat truncate chdir fchdir"""
CLOSED = error(errno.EACCES)

# Reported as done, and not done: other processes could observe a lock on a shared file. A process
# shares its own files with none, so it misses nothing.
PRETENDED = "flock"
DONE = error(0)

# C libraries try the newer call first, and fall back on ENOSYS to the older one, whose arguments a
# filter can read.
UNKNOWN = "clone3 openat2 futex_waitv futex_wake futex_wait futex_requeue"

# Landlock does not cover these either; programs that copy a file fall back without them.
UNSUPPORTED = """
    getxattr lgetxattr fgetxattr getxattrat listxattr llistxattr flistxattr listxattrat"""
UNSUPPORTED_ERROR = error(errno.ENOTSUP)

# A process may call these for itself only.
ABOUT_ITSELF = """
    prlimit64 sched_setaffinity sched_getaffinity sched_getscheduler sched_getparam sched_getattr
    sched_rr_get_interval getpgid getsid"""
CLOCKS = "clock_gettime clock_getres clock_nanosleep timer_create"

# CLONE_NEWTIME, NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET of linux/sched.h.
CLONE_NEW_NAMESPACES = 0x7E020080
# CLONE_THREAD, CLONE_FILES: a thread with its own table of descriptors would have its own
# RLIMIT_NOFILE.
CLONE_ALIKE = 0x00010400
CLOSE_RANGE_UNSHARE = 2
# FIOCLEX, FIONCLEX, FIONREAD, FIONBIO, TCGETS, TCGETS2, TIOCGPGRP, TIOCGWINSZ: they act on the
# process's own descriptor only. TIOCSTI, for one, types into the user's terminal.
HARMLESS_IOCTL = (0x5451, 0x5450, 0x541B, 0x5421, 0x5401, 0x802C542A, 0x540F, 0x5413)
# F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_OFD_GETLK, F_DUPFD_QUERY, F_DUPFD_CLOEXEC,
# F_GETPIPE_SZ, F_GET_SEALS. Others send signals to any process (F_SETOWN), or leave a mark that
# other submissions can read on a shared file such as /dev/null: leases, hints.
HARMLESS_FCNTL = (0, 1, 2, 3, 4, 5, 36, 1027, 1030, 1032, 1034)
# F_SETLK, F_SETLKW, F_OFD_SETLK, F_OFD_SETLKW
LOCKING_FCNTL = (6, 7, 37, 38)
# FUTEX_PRIVATE_FLAG, FUTEX_CMD_MASK without it; FUTEX_WAIT, FUTEX_WAIT_BITSET; FUTEX_WAKE,
# FUTEX_WAKE_BITSET. Without the flag (futex(2)) processes can wait and wake each other on a page of
# any file that both map, such as the C library.
FUTEX_PRIVATE = 128
FUTEX_COMMAND = 0x7F
FUTEX_WAITING = (0, 9)
FUTEX_WAKING = (1, 10)
# SO_TYPE, SO_ERROR, SO_SNDBUF, SO_RCVBUF, SO_ACCEPTCONN, SO_PROTOCOL, SO_DOMAIN. Others reveal the
# judge's process, or count the sockets of the machine (SO_COOKIE).
HARMLESS_SOCKET_OPTIONS = (3, 4, 7, 8, 30, 38, 39)
# Clocks of processes have negative numbers. Clocks of threads (the second bit) can be read within
# the process only; the last ones are the process's own.
CLOCK_OF_PROCESS = 0x80000000
CLOCK_OF_THREAD = 4
OWN_CLOCKS = (0xFFFFFFF8, 0xFFFFFFF9, 0xFFFFFFFA)
# TIOCSCTTY, TIOCSTI, TIOCLINUX
HARMFUL_IOCTL = (0x540E, 0x5412, 0x541C)
# MADV_MERGEABLE, MADV_COLD, MADV_PAGEOUT: they act on pages that other processes map as well.
HARMFUL_ADVICE = (12, 20, 21)
# MAP_SHARED (0x01) or MAP_SHARED_VALIDATE (0x03), with MAP_ANONYMOUS: one page that stays mapped
# keeps all of it in memory, so RLIMIT_AS does not bound it.
MAP_KIND = 0x23
MAP_SHARED_MEMORY = (0x21, 0x23)
# GET_PDEATHSIG, GET_DUMPABLE, SET_NAME, GET_NAME, GET_SECCOMP, CAPBSET_READ, GET_TIMERSLACK,
# SET_NO_NEW_PRIVS, GET_NO_NEW_PRIVS, GET_THP_DISABLE, SET_VMA (names memory, for debuggers)
HARMLESS_PRCTL = (2, 3, 15, 16, 21, 23, 30, 38, 39, 42, 0x53564D41)
# Only x86-64 has the calls without a folder descriptor: the position of the flags differs by one.
FLAGS_OF_OPEN = {"open": 1, "openat": 2}
MODE_OF_MKDIR = {"mkdir": 1, "mkdirat": 2}
SOCKET_TYPE = 0xF
OWNER_BITS = 0o700
ACCESS_MODE = 3  # O_ACCMODE
TRUNCATE_ABI = 3
REFUSE = error(errno.EPERM)


def self_only_rules() -> dict[str, Assembler]:
    """Return the rules of the calls that a process may make for itself only."""
    bodies = {name: _only(0, (PID,)) for name in ("kill", "tgkill")}
    bodies |= {name: _only(0, (PID,)) for name in ("rt_sigqueueinfo", "rt_tgsigqueueinfo")}
    bodies |= {name: _only(0, (0, PID)) for name in ABOUT_ITSELF.split()}
    bodies |= {name: _only(1, (0, PID)) for name in ("getpriority", "ioprio_get")}
    bodies |= {name: _own_clocks_only() for name in CLOCKS.split()}
    bodies["futex"] = _private_futexes_only()
    bodies |= {name: _only(at, (NAMED_PIPE,), KIND_OF_FILE) for name, at in MODE_OF_MKNOD.items()}
    bodies["clone"] = _threads_only()
    bodies["prctl"] = _only(0, HARMLESS_PRCTL)
    return bodies


def argument_rules() -> dict[str, Assembler]:
    """Return the rules of other calls that are harmful with some arguments only."""
    bodies = {"socketpair": _connected_pairs_only()}
    bodies["fcntl"] = _harmless_or_pretended()
    bodies["getsockopt"] = _only(2, HARMLESS_SOCKET_OPTIONS)
    bodies["madvise"] = _none_of(2, HARMFUL_ADVICE)
    bodies["mmap"] = _none_of(3, MAP_SHARED_MEMORY, mask=MAP_KIND)
    bodies["close_range"] = _no_bit(2, CLOSE_RANGE_UNSHARE)
    bodies["ioctl"] = _only(1, HARMLESS_IOCTL)
    # A folder that its owner cannot list could not be deleted after the submission.
    bodies |= {name: _all_bits(at, OWNER_BITS) for name, at in MODE_OF_MKDIR.items()}
    bodies["umask"] = _no_bit(0, OWNER_BITS)
    return bodies


def card_rules() -> dict[str, Assembler]:
    """Return the rules that apply instead where a process computes on a card.

    CUDA controls it by hundreds of ioctls whose numbers follow no rule, on device nodes that alone
    can be opened. Refused are those that act on other objects: typing into a terminal, and
    acquiring one.
    """
    return {"ioctl": _none_of(1, HARMFUL_IOCTL)}


def truncate_rules() -> dict[str, Assembler]:
    """Return the rules that replace Landlock's where its ABI does not cover truncation (below 3).

    Such an ABI covers truncation only as far as a file is opened for writing: not ``truncate``, and
    not O_TRUNC with any other access mode, which empties even a file outside all grants.
    """
    truncate = Assembler()
    truncate.ret(REFUSE)
    return {"truncate": truncate} | {
        name: _truncating_writers_only(flags) for name, flags in FLAGS_OF_OPEN.items()
    }


def _only(argument: int, values: tuple[int | object, ...], mask: int | None = None) -> Assembler:
    body = Assembler()
    body.load_argument(argument, mask)
    body.give_if_equal(values, ALLOW)
    body.ret(REFUSE)
    return body


def _harmless_or_pretended() -> Assembler:
    body = Assembler()
    body.load_argument(1)
    body.give_if_equal(HARMLESS_FCNTL, ALLOW)
    body.give_if_equal(LOCKING_FCNTL, DONE)
    body.ret(REFUSE)
    return body


def _own_clocks_only() -> Assembler:
    body = Assembler()
    body.load_argument(0, CLOCK_OF_PROCESS)
    body.give_if_equal((0,), ALLOW)
    body.load_argument(0)
    body.give_if_any_bit(CLOCK_OF_THREAD, ALLOW)
    body.give_if_equal(OWN_CLOCKS, ALLOW)
    body.ret(REFUSE)
    return body


def _private_futexes_only() -> Assembler:
    """Refuse futexes that another process could wake.

    C libraries wait on such a futex for the end of a thread (``pthread_join``), and check again if
    the call fails because the value has changed.
    """
    body = Assembler()
    body.load_argument(1)
    body.give_if_any_bit(FUTEX_PRIVATE, ALLOW)
    body.load_argument(1, FUTEX_COMMAND)
    body.give_if_equal(FUTEX_WAITING, error(errno.EAGAIN))
    body.give_if_equal(FUTEX_WAKING, DONE)
    body.ret(REFUSE)
    return body


def _none_of(argument: int, values: tuple[int, ...], mask: int | None = None) -> Assembler:
    body = Assembler()
    body.load_argument(argument, mask)
    body.give_if_equal(values, REFUSE)
    body.ret(ALLOW)
    return body


def _no_bit(argument: int, mask: int) -> Assembler:
    body = Assembler()
    body.load_argument(argument)
    body.give_if_any_bit(mask, REFUSE)
    body.ret(ALLOW)
    return body


def _all_bits(argument: int, mask: int) -> Assembler:
    body = Assembler()
    body.load_argument(argument, mask)
    body.give_if_equal((mask,), ALLOW)
    body.ret(REFUSE)
    return body


def _threads_only() -> Assembler:
    body = Assembler()
    body.load_argument(0)
    body.give_if_any_bit(CLONE_NEW_NAMESPACES, REFUSE)
    body.load_argument(0, CLONE_ALIKE)
    body.give_if_equal((CLONE_ALIKE,), ALLOW)
    body.ret(REFUSE)
    return body


def _connected_pairs_only() -> Assembler:
    """Refuse datagram sockets: even one of a pair can send to any socket in the file system."""
    body = Assembler()
    body.load_argument(0)
    body.give_unless_equal(socket.AF_UNIX, REFUSE)
    body.load_argument(1, SOCKET_TYPE)
    body.give_if_equal((int(socket.SOCK_STREAM), int(socket.SOCK_SEQPACKET)), ALLOW)
    body.ret(REFUSE)
    return body


def _truncating_writers_only(flags: int) -> Assembler:
    body = Assembler()
    body.load_argument(flags, os.O_TRUNC)
    body.give_if_equal((0,), ALLOW)
    body.load_argument(flags, ACCESS_MODE)
    body.give_if_equal((os.O_WRONLY, os.O_RDWR), ALLOW)
    body.ret(REFUSE)
    return body
