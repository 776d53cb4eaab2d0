"""Copies of system files for a root of its own, made together with the root.

Thread pools and torch read the number and the features of the processors. The files in which the
kernel reports them also show the current activity of other processes: such lines are left out, and
all memory is reported as free.
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
    """Write the copies below a folder that is to become the root.

    Raises:
        OSError: they cannot be written.

    """
    for path, text in _made().items():
        place = site / path.relative_to("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def still_memory(text: str) -> str:
    """Return a meminfo on which all memory is free."""
    total = _TOTAL.search(text)
    if total is None:
        return ""
    names = ("MemTotal", "MemFree", "MemAvailable")
    return "".join(f"{total[0].replace('MemTotal', name)}\n" for name in names)


def still_processors(text: str) -> str:
    """Return a cpuinfo without the current clock speeds."""
    return _SPEED.sub("", text)


def _made() -> dict[Path, str]:
    made = {PROCESSORS: still_processors(_text(PROCESSORS)), MEMORY: still_memory(_text(MEMORY))}
    made |= {NUMBERS / name: _text(NUMBERS / name) for name in OF_NUMBERS}
    return {path: text for path, text in made.items() if text}


def _text(path: Path) -> str:
    """Return the text of a file, empty if it cannot be read."""
    with contextlib.suppress(OSError):
        return path.read_text(encoding="utf-8", errors="replace")
    return ""
