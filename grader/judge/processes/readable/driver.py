"""Files that a process opens to compute on an NVIDIA card: the driver's device nodes and libraries.

The driver is no Python package: its libraries are in the system's folders and are loaded by name.
Only the device nodes through which CUDA computes are granted; none for display (nvidia-modeset) or
for measuring other processes (nvidia-uvm-tools).
"""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

from grader.judge.processes.readable import shared_libraries

DEVICES = Path("/dev")
_NODE = re.compile(r"nvidiactl|nvidia\d+|nvidia-uvm|dxg")
# The driver interface, its compiler, and the libraries that they load; on WSL dxcore as well.
_LIBRARY = re.compile(
    r"lib(cuda|cudadebugger|nvidia-ml|nvidia-ptxjitcompiler|nvidia-nvvm\d*|nvidia-gpucomp|dxcore)"
    r"\.so[\d.]*"
)
# Beside the system's folders: in a container, and on WSL.
FOLDERS = ("/usr/local/nvidia/lib64", "/usr/lib/wsl/lib")
_PARTS_OF_WINDOWS = "/usr/lib/wsl/drivers"


def nodes(folder: Path = DEVICES) -> tuple[str, ...]:
    """Return the device nodes through which CUDA computes."""
    return tuple(sorted(f"{folder}/{name}" for name in _names(folder) if _NODE.fullmatch(name)))


def libraries(folders: tuple[str, ...] = ()) -> set[str]:
    """Return the libraries of the driver and their dependencies, by the linker's paths."""
    found = [
        f"{folder}/{name}"
        for folder in folders or (*FOLDERS, *shared_libraries.system_folders())
        for name in _names(Path(folder))
        if _LIBRARY.fullmatch(name)
    ]
    return {*found, *shared_libraries.needed_by(found)} if found else set()


def folders() -> list[str]:
    """Return the folders that contain parts of the driver and nothing else."""
    return [_PARTS_OF_WINDOWS] if Path(_PARTS_OF_WINDOWS).is_dir() else []


def _names(folder: Path) -> list[str]:
    with contextlib.suppress(OSError):
        return [path.name for path in folder.iterdir()]
    return []
