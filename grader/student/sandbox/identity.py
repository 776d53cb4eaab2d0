"""Another user than root: student code of a judge that root started runs as nobody in particular.

The kernel does not count the processes of root, and what root owns is open to it.
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
# Numbers that no account has: systemd gives them to services for as long as they run.
FIRST, LAST = 61184, 65519
CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_KILL, CAP_SETGID, CAP_SETUID, CAP_SYS_ADMIN = 0, 1, 5, 6, 7, 21
_taken: list[int] = []
_ALWAYS = (CAP_DAC_OVERRIDE, CAP_KILL, CAP_SETGID, CAP_SETUID)


def is_root() -> bool:
    """Tell whether this process belongs to root, of the machine or of a container."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def capabilities() -> int:
    """Return the powers that this process can use, as bits: none where the kernel has no such."""
    with contextlib.suppress(OSError):
        rows = (row.split(":\t", 1) for row in proc.read("status").splitlines() if ":\t" in row)
        return int(dict(rows).get("CapEff", "0"), 16)
    return 0


def unused_uid(*powers: int) -> int:
    """Return a number that this process may take as user and as group.

    It depends on the process, so that the kernel counts apart what belongs to different judges.
    Raises SandboxError, with the reason; also when the process has not all of ``powers``, nor those
    to end the processes of that user and to clear away their files.
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
    """Return the number that this process, or one that it was forked from, has taken."""
    return _taken[0] if _taken else None


def require_world_readable(paths: Iterable[Path], passages: Iterable[Path] = ()) -> None:
    """Raise SandboxError when not everybody may read these files and folders.

    ``passages``: folders that everybody must be able to go through.
    """
    for wanted, found in ((stat.S_IROTH, paths), (stat.S_IXOTH, passages)):
        for path in found:
            mode = path.stat().st_mode
            needed = wanted | (stat.S_IXOTH if stat.S_ISDIR(mode) else 0)
            if mode & needed != needed:
                raise SandboxError(LAYER, f"no other user can read {path}")


def switch_user(number: int, *, keep: int = 0) -> None:
    """Become this user, with no other groups than the one of that number. Raises SandboxError.

    Of the capabilities only those to ``keep`` stay, as bits; and the process can be looked into by
    that user, until it is shut in.
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
