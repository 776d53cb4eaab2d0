"""Reading a large notebook in a process of its own: parsed, a few MiB may fill the judge's memory.

Plots are removed before. The rest is read within 64 MiB and two seconds, or refused.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from grader.course.unreadable import UnreadableSubmissionError

LARGE = 1 << 20  # bytes; parsed JSON takes up to 25 times as much memory
LINES = 50_000
"""Lines of code in a notebook beyond which it is refused: far more than anyone writes."""
BOOT = (
    "import sys; sys.path.insert(0, {root!r});"
    " from grader.judge.reading.notebook_cells import main; main()"
)
ROOT = str(Path(__file__).resolve().parents[3])
PATIENCE = 60.0  # wall seconds; its CPU limit is far lower
# Base64, on one line or on many; possessive quantifiers, so that matching takes linear time.
_LINE = rb"[A-Za-z0-9+/=]"
_PLOT = re.compile(rb'"(?:%b{60,}+(?:\\n)?+)++%b*+(?:\\n)?+"' % (_LINE, _LINE))


def without_plots(notebook: bytes) -> bytes:
    """Return a notebook without stored images: Base64 in lines of 60 characters or more."""
    return _PLOT.sub(b'""', notebook)


def large_cells(notebook: bytes, name: str) -> list[str]:
    """Return the text of each code cell, in order.

    Raises:
        UnreadableSubmissionError: ``read.notebook_broken``, or ``read.notebook_heavy`` if it
            exceeds the limits.

    """
    command = [sys.executable, "-I", "-S", "-c", BOOT.format(root=ROOT)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own code
            command, input=notebook, capture_output=True, check=False, timeout=PATIENCE
        )
        cells = json.loads(done.stdout) if done.returncode == 0 else None
    except (OSError, subprocess.TimeoutExpired):
        cells = None
    if cells is None:
        raise UnreadableSubmissionError("read.notebook_heavy", file=name)
    if not isinstance(cells, list):
        raise UnreadableSubmissionError("read.notebook_broken", file=name)
    return cells
