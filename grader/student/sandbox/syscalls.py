"""System calls that Python has no function for, by ctypes.

libc is loaded at the first call, so that the module can be imported on every platform.
"""

from __future__ import annotations

import ctypes
import functools
import os

Argument = int | ctypes.Array[ctypes.c_char] | ctypes.Structure

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38


@functools.cache
def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    return libc


def call(name: str, number: int, *arguments: Argument) -> int:
    """Make a system call. Raises OSError, with ``name`` in its text."""
    converted = [_converted(argument) for argument in arguments]
    result: int = _libc().syscall(ctypes.c_long(number), *converted)
    if result < 0:
        raise _error(name)
    return result


def prctl(option: int, *arguments: int) -> int:
    """Change something about the calling process. Raises OSError."""
    # The kernel refuses some options unless the unused arguments are zero.
    padded = [*arguments, 0, 0, 0, 0][:4]
    result: int = _libc().prctl(option, *(ctypes.c_ulong(argument) for argument in padded))
    if result < 0:
        raise _error(f"prctl({option})")
    return result


def _converted(argument: Argument) -> object:
    if isinstance(argument, int):
        return ctypes.c_long(argument)
    return ctypes.byref(argument)


def _error(name: str) -> OSError:
    number = ctypes.get_errno()
    return OSError(number, f"{name}: {os.strerror(number)}")
