"""System calls that Python has no function for, by ctypes.

libc is loaded at the first call, so that the module can be imported on every platform.
"""

from __future__ import annotations

import ctypes
import functools
import os

Argument = int | bytes | None | ctypes.Array[ctypes.c_char] | ctypes.Structure

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_KEEPCAPS = 8
PR_SET_NO_NEW_PRIVS = 38
_PRCTL_ARGUMENTS = 4


class PreparedCall:
    """A call of libc, ready to be made: in a fresh process, everything that is touched is slow."""

    def __init__(self, name: str, *arguments: Argument) -> None:
        """``name``: the function of libc."""
        self._name = name
        self._function = getattr(_libc(), name)
        self._arguments = [_converted(argument) for argument in arguments]
        self._kept = arguments  # the kernel is given their addresses

    @classmethod
    def of_kernel(cls, name: str, number: int, *arguments: Argument) -> PreparedCall:
        """Return a system call by its number."""
        made = cls("syscall", number, *arguments)
        made._name = name
        return made

    def __call__(self) -> int:
        """Make the call. Raises OSError, with the name in its text."""
        result: int = self._function(*self._arguments)
        if result < 0:
            number = ctypes.get_errno()
            raise OSError(number, f"{self._name}: {os.strerror(number)}")
        return result


@functools.cache
def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    return libc


def call(name: str, number: int, *arguments: Argument) -> int:
    """Make a system call. Raises OSError, with ``name`` in its text."""
    return PreparedCall.of_kernel(name, number, *arguments)()


def prctl(option: int, *arguments: int) -> int:
    """Change something about this process. Raises OSError."""
    return prctl_call(option, *arguments)()


def prctl_call(option: int, *arguments: int) -> PreparedCall:
    """Return a call that changes something about the process that makes it."""
    # The kernel refuses some options unless the unused arguments are zero.
    padding = [0] * (_PRCTL_ARGUMENTS - len(arguments))
    return PreparedCall("prctl", option, *arguments, *padding)


def _converted(argument: Argument) -> object:
    if isinstance(argument, int):
        return ctypes.c_long(argument)
    if argument is None or isinstance(argument, bytes):
        return ctypes.c_char_p(argument)
    return ctypes.byref(argument)
