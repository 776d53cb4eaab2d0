"""The few calls of the Linux kernel that the arena needs and Python does not have."""

import ctypes
import fcntl
import os
import socket
import struct
from collections.abc import Container
from pathlib import Path

MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND = 2, 4, 8, 4096
NEW_NAMESPACES = 0x10000000 | 0x00020000 | 0x20000000 | 0x40000000 | 0x08000000 | 0x04000000
"""CLONE_NEWUSER, NEWNS, NEWPID, NEWNET, NEWIPC, NEWUTS."""

_MOUNT_SETATTR, _AT_FDCWD, _AT_RECURSIVE, _READ_ONLY = 442, -100, 0x8000, 1
_SIOCSIFADDR, _SIOCSIFFLAGS = 0x8916, 0x8914
_UP_AND_RUNNING = 0x41
_PR_CAPBSET_DROP = 24

_libc = ctypes.CDLL(None, use_errno=True)


def unshare(flags: int) -> None:
    """Leave the namespaces named by the flags for new ones."""
    _checked(_libc.unshare(flags), "unshare")


def mount(
    kind: str | None,
    target: str | Path,
    flags: int = 0,
    options: str = "",
    source: str | None = None,
) -> None:
    """Mount a file system of this kind; a bind mount has no kind but a source."""
    device = os.fsencode(source or kind or "none")
    fstype = kind.encode() if kind else None
    done = _libc.mount(device, os.fsencode(target), fstype, flags, options.encode())
    _checked(done, f"mount {target}")


def set_read_only(target: str | Path, *, recursive: bool = False, writable: bool = False) -> None:
    """Make a mount read-only, or writable again; with all mounts below it if ``recursive``."""
    attributes = (0, _READ_ONLY) if writable else (_READ_ONLY, 0)
    packed = struct.pack("=QQQQ", *attributes, 0, 0)
    flags = _AT_RECURSIVE if recursive else 0
    path = os.fsencode(target)
    done = _libc.syscall(_MOUNT_SETATTR, _AT_FDCWD, path, flags, packed, len(packed))
    _checked(done, f"mount_setattr {target}")


def give_address(interface: str, address: str) -> None:
    """Give a network interface an IPv4 address and switch it on."""
    name = interface.encode()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        inet = struct.pack("=HH4s8x", socket.AF_INET, 0, socket.inet_aton(address))
        fcntl.ioctl(sock, _SIOCSIFADDR, struct.pack("=16s16s8x", name, inet))
        flags = struct.pack("=16sH22x", name, _UP_AND_RUNNING)
        fcntl.ioctl(sock, _SIOCSIFFLAGS, flags)


def keep_capabilities(kept: Container[int]) -> None:
    """Take all capabilities but these from every program that this process starts."""
    for capability in range(64):
        if capability not in kept:
            _libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)  # fails beyond the last one


def _checked(done: int, what: str) -> None:
    if done < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
