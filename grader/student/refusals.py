"""Refused operations that have a message of their own: processes, a debugger, a compiler.

The kernel refuses most of them; this module only names what was tried, for the student. Code that
bypasses it is refused by the kernel all the same, with the kernel's message.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

_STARTING = (
    "fork",
    "forkpty",
    "system",
    "posix_spawn",
    "posix_spawnp",
    "execv",
    "execve",
)
# Where the standard library and torch start processes, relative to their folders.
_OF_PROCESSES = (
    "subprocess.py",
    "concurrent/futures/process.py",
    "multiprocessing/managers.py",
    "multiprocessing/pool.py",
    "multiprocessing/popen_fork.py",
    "torch/utils/data/dataloader.py",
)
_OF_SEMAPHORES = (
    "multiprocessing/heap.py",
    "multiprocessing/shared_memory.py",
    "multiprocessing/synchronize.py",
)


class ProcessRefusedError(PermissionError):
    """The submission tried to start a process."""


class DebuggerRefusedError(RuntimeError):
    """The submission waits for a debugger's commands; nobody is there to type them."""


class CompilerRefusedError(RuntimeError):
    """The submission asked torch to compile a function, for which torch starts a compiler."""


def install(*, shut_off: bool) -> None:
    """Replace refused functions by ones that raise; ``shut_off``: processes are refused here."""
    sys.breakpointhook = _no_debugger
    if not shut_off:
        return
    for name in _STARTING:
        if hasattr(os, name):
            setattr(os, name, _refusing(name))
    torch = sys.modules.get("torch")
    if torch is not None:
        vars(torch)["compile"] = _no_compiler(torch.compile)


def kind_of(error: BaseException) -> str | None:
    """Return ``process``, ``semaphore``, ``debugger`` or ``compile``; None for any other error.

    Libraries are recognised by the files in the traceback.
    """
    kinds: dict[type[BaseException], str] = {
        ProcessRefusedError: "process",
        DebuggerRefusedError: "debugger",
        CompilerRefusedError: "compile",
    }
    for kind, name in kinds.items():
        if isinstance(error, kind):
            return name
    if type(error).__name__ == "BdbQuit":  # the debugger read from an empty input
        return "debugger"
    if not isinstance(error, OSError | ImportError):
        return None
    passed = _files_passed(error)
    if any(file.endswith(_OF_PROCESSES) for file in passed):
        return "process"
    return "semaphore" if any(file.endswith(_OF_SEMAPHORES) for file in passed) else None


def _files_passed(error: BaseException) -> set[str]:
    files = set()
    traceback = error.__traceback__
    while traceback is not None:
        files.add(traceback.tb_frame.f_code.co_filename.replace(os.sep, "/"))
        traceback = traceback.tb_next
    return files


def _refusing(name: str) -> Callable[..., NoReturn]:
    def refused(*_arguments: Any, **_named: Any) -> NoReturn:
        raise ProcessRefusedError(errno.EPERM, os.strerror(errno.EPERM))

    refused.__name__ = refused.__qualname__ = name
    return refused


def _no_debugger(*_arguments: Any, **_named: Any) -> NoReturn:
    raise DebuggerRefusedError("nobody is there to type")


def _no_compiler(compiling: Callable[..., Any]) -> Callable[..., Any]:
    def compile(model: Any = None, **options: Any) -> Any:  # noqa: A001 - torch's name for it
        if options.get("disable") or options.get("backend") == "eager":
            return compiling(model, **options)
        raise CompilerRefusedError("torch.compile starts a compiler")

    return compile
