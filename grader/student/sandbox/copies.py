"""What a process reads of the machine in a root of its own: copies, made when the root is.

Thread pools and torch ask how many processors there are and what they can. The files in which the
kernel tells it also tell, every time anew, what others do with them: such lines are left out, and
all memory is said to be free.
"""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

PROCESSORS = Path("/proc/cpuinfo")
MEMORY = Path("/proc/meminfo")
NUMBERS = Path("/sys/devices/system/cpu")
OF_NUMBERS = ("kernel_max", "online", "possible", "present")
_TOTAL = re.compile(r"^MemTotal:.*$", re.MULTILINE)
_SPEED = re.compile(r"^cpu MHz\s*:.*\n", re.MULTILINE)


def put(site: Path) -> None:
    """Write the copies below a folder that is to become the root. Raises OSError."""
    for path, text in _made().items():
        place = site / path.relative_to("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def still_memory(text: str) -> str:
    """Return what a meminfo says of a machine on which nobody uses any memory."""
    total = _TOTAL.search(text)
    if total is None:
        return ""
    names = ("MemTotal", "MemFree", "MemAvailable")
    return "".join(f"{total[0].replace('MemTotal', name)}\n" for name in names)


def still_processors(text: str) -> str:
    """Return a cpuinfo without the speed at which processors run at the moment."""
    return _SPEED.sub("", text)


def _made() -> dict[Path, str]:
    made = {PROCESSORS: still_processors(_text(PROCESSORS)), MEMORY: still_memory(_text(MEMORY))}
    made |= {NUMBERS / name: _text(NUMBERS / name) for name in OF_NUMBERS}
    return {path: text for path, text in made.items() if text}


def _text(path: Path) -> str:
    """Return what a file holds; nothing where it is not there, or closed."""
    with contextlib.suppress(OSError):
        return path.read_text(encoding="utf-8", errors="replace")
    return ""
