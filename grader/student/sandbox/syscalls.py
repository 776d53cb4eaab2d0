"""System calls for which Python has no function, through ctypes.

libc is loaded at the first call, so that the module can be imported on every platform.
"""

from __future__ import annotations

import ctypes
import functools
import os

Argument = int | bytes | None | ctypes.Array[ctypes.c_char] | ctypes.Structure

# Options of prctl(2), from linux/prctl.h.
PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_KEEPCAPS = 8
PR_SET_NO_NEW_PRIVS = 38
_PRCTL_ARGUMENTS = 4


class PreparedCall:
    """A prepared call of libc.

    In a fresh child each page that preparing the call touches would be copied first.
    """

    def __init__(self, name: str, *arguments: Argument) -> None:
        """``name``: the function of libc."""
        self._name = name
        self._function = getattr(_libc(), name)
        self._arguments = [_converted(argument) for argument in arguments]
        self._kept = arguments  # the kernel reads them by address

    @classmethod
    def of_kernel(cls, name: str, number: int, *arguments: Argument) -> PreparedCall:
        """Return a prepared system call by its number."""
        made = cls("syscall", number, *arguments)
        made._name = name
        return made

    def __call__(self) -> int:
        """Make the call.

        Raises:
            OSError: it failed; the message contains its name.

        """
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
    """Make a system call.

    Raises:
        OSError: it failed; the message contains ``name``.

    """
    return PreparedCall.of_kernel(name, number, *arguments)()


def prctl(option: int, *arguments: int) -> int:
    """Change an attribute of this process.

    Raises:
        OSError: the kernel refuses it.

    """
    return prctl_call(option, *arguments)()


def prctl_call(option: int, *arguments: int) -> PreparedCall:
    """Return a prepared call that changes an attribute of the process that makes it."""
    # The kernel refuses some options unless the unused arguments are zero.
    padding = [0] * (_PRCTL_ARGUMENTS - len(arguments))
    return PreparedCall("prctl", option, *arguments, *padding)


def _converted(argument: Argument) -> object:
    if isinstance(argument, int):
        return ctypes.c_long(argument)
    if argument is None or isinstance(argument, bytes):
        return ctypes.c_char_p(argument)
    return ctypes.byref(argument)
