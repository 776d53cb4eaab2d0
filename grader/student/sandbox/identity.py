"""A user other than root: if root starts the judge, student code runs under an unused uid.

RLIMIT_NPROC does not apply to root (getrlimit(2)), and root's files are open to it.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from grader.student.sandbox import privileges, proc, syscalls
from grader.student.sandbox.errors import SandboxError

LAYER = "other_user"
# The uids of systemd's DynamicUser=, which no account has (systemd's UIDS-GIDS document).
FIRST, LAST = 61184, 65519
# Bit numbers of capabilities(7).
CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_KILL, CAP_SETGID, CAP_SETUID, CAP_SYS_ADMIN = 0, 1, 5, 6, 7, 21
_taken: list[int] = []
_ALWAYS = (CAP_DAC_OVERRIDE, CAP_KILL, CAP_SETGID, CAP_SETUID)


def is_root() -> bool:
    """Return True if this process belongs to root, of the machine or of a container."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def capabilities() -> int:
    """Return the effective capabilities of this process as a bit mask, 0 if the kernel has none."""
    with contextlib.suppress(OSError):
        rows = (row.split(":\t", 1) for row in proc.read("status").splitlines() if ":\t" in row)
        return int(dict(rows).get("CapEff", "0"), 16)
    return 0


def unused_uid(*powers: int) -> int:
    """Return a number that this process may take as uid and gid.

    It depends on the process ID, so that the kernel counts the processes of each judge separately.

    Raises:
        SandboxError: the user namespace maps no such number, or the process lacks one of ``powers``
            or a capability needed to end that user's processes and delete their files.

    """
    held = capabilities()
    if not all(held >> power & 1 for power in (*_ALWAYS, *powers)):
        raise SandboxError(LAYER, "root has not the powers for it here")
    number = FIRST + os.getpid() % (LAST + 1 - FIRST)
    for kind in ("uid", "gid"):
        rows = proc.read(f"{kind}_map").splitlines()
        ranges = [tuple(map(int, row.split())) for row in rows]
        if not any(first <= number < first + count for first, _, count in ranges):
            raise SandboxError(LAYER, "this container knows no user but root")
    return number


def assigned_uid() -> int | None:
    """Return the uid that this process, or an ancestor that it was forked from, has taken."""
    return _taken[0] if _taken else None


def require_world_readable(paths: Iterable[Path], passages: Iterable[Path] = ()) -> None:
    """Check that every user may read these files and folders.

    ``passages``: folders that every user must be able to traverse.

    Raises:
        SandboxError: a mode denies it.

    """
    for wanted, found in ((stat.S_IROTH, paths), (stat.S_IXOTH, passages)):
        for path in found:
            mode = path.stat().st_mode
            needed = wanted | (stat.S_IXOTH if stat.S_ISDIR(mode) else 0)
            if mode & needed != needed:
                raise SandboxError(LAYER, f"no other user can read {path}")


def switch_user(number: int, *, keep: int = 0) -> None:
    """Switch to this uid and gid, without supplementary groups.

    ``keep``: mask of the only capabilities that stay. The new user can trace the process until
    `privileges.no_new_privs` makes it undumpable.

    Raises:
        SandboxError: the kernel refuses it.

    """
    try:
        if keep:
            syscalls.prctl(syscalls.PR_SET_KEEPCAPS, 1)
        os.setgroups([])
        os.setresgid(number, number, number)
        os.setresuid(number, number, number)
        syscalls.prctl(syscalls.PR_SET_DUMPABLE, 1)
        _taken[:] = [number]
    except OSError as problem:
        raise SandboxError(LAYER, str(problem)) from problem
    if keep:
        privileges.call_or_raise(privileges.setting_capabilities(keep, keep))
