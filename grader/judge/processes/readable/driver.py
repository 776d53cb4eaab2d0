"""What a process opens that computes on an NVIDIA card: nodes of the driver, and its libraries.

The driver is no package of Python: its libraries lie where the system has them and are loaded by
name. Of its nodes those are offered through which CUDA computes; none that shows a picture
(nvidia-modeset) or measures other processes (nvidia-uvm-tools).
"""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

from grader.judge.processes.readable import shared

DEVICES = Path("/dev")
_NODE = re.compile(r"nvidiactl|nvidia\d+|nvidia-uvm|dxg")
# The interface itself, its compiler, and what they load; on Windows a part of another system.
_LIBRARY = re.compile(
    r"lib(cuda|cudadebugger|nvidia-ml|nvidia-ptxjitcompiler|nvidia-nvvm\d*|nvidia-gpucomp|dxcore)"
    r"\.so[\d.]*"
)
# Beside those of the system: in a container, on Linux inside of Windows.
FOLDERS = ("/usr/local/nvidia/lib64", "/usr/lib/wsl/lib")
_PARTS_OF_WINDOWS = "/usr/lib/wsl/drivers"


def nodes(folder: Path = DEVICES) -> tuple[str, ...]:
    """Return the nodes through which CUDA computes."""
    return tuple(sorted(f"{folder}/{name}" for name in _names(folder) if _NODE.fullmatch(name)))


def libraries(folders: tuple[str, ...] = ()) -> set[str]:
    """Return the libraries of the driver, and those that these need, by the linker's names."""
    found = [
        f"{folder}/{name}"
        for folder in folders or (*FOLDERS, *shared.system_folders())
        for name in _names(Path(folder))
        if _LIBRARY.fullmatch(name)
    ]
    return {*found, *shared.needed_by(found)} if found else set()


def folders() -> list[str]:
    """Return the folders that hold parts of the driver and nothing else."""
    return [_PARTS_OF_WINDOWS] if Path(_PARTS_OF_WINDOWS).is_dir() else []


def _names(folder: Path) -> list[str]:
    with contextlib.suppress(OSError):
        return [path.name for path in folder.iterdir()]
    return []
