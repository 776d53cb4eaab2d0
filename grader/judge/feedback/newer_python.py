"""Detection of sources that need a newer Python than this one.

Ruff has the grammar of every version and names the one that a construct needs. It runs in a process
of its own with limits, and only if a source could not be parsed.
"""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass

# Wall seconds after which Ruff is killed; then nothing is reported.
_SECONDS = 2.0
_LARGEST = 1 << 16  # characters of a source; Ruff takes up to 150 MiB for them
_TOLD = 1 << 16  # bytes of an answer that are read
_SINCE = re.compile(r"syntax was added in Python 3\.(\d+)")
_COMPLAINT = re.compile(r"-:(?P<line>\d+):\d+: invalid-syntax: (?P<message>.*)")
_OPTIONS = (
    "check",
    "--isolated",
    "--no-cache",
    "--select=F704",
    "--output-format=concise",
    "--quiet",
)


@dataclass(frozen=True)
class Newer:
    """The oldest Python that parses a source, this one, and the first line that needs it."""

    version: str
    here: str
    line: int


def needed_python(source: str) -> Newer | None:
    """Return the version that a source needs; None for an ordinary mistake, or if unknown."""
    here = sys.version_info.minor
    found = _complaints(source, here) if len(source) <= _LARGEST else []
    since = [(_SINCE.search(message), line) for message, line in found]
    versions = [(int(match[1]), line) for match, line in since if match is not None]
    if not found or len(versions) < len(found) or max(versions)[0] <= here:
        return None
    return Newer(f"3.{max(versions)[0]}", f"3.{here}", versions[0][1])


def _complaints(source: str, minor: int) -> list[tuple[str, int]]:
    """Return the syntax errors of a source under Python 3.``minor``, with their lines."""
    with contextlib.suppress(OSError, ImportError):
        from ruff import find_ruff_bin  # noqa: PLC0415 - only where a source cannot be read

        output = _output([find_ruff_bin(), *_OPTIONS, f"--target-version=py3{minor}", "-"], source)
        if len(output) <= _TOLD:
            found = map(_COMPLAINT.fullmatch, output.decode("utf-8", "replace").splitlines())
            return [(match["message"], int(match["line"])) for match in found if match is not None]
    return []


def _output(command: list[str], source: str) -> bytes:
    """Return the beginning of a program's output on a source, at most _TOLD + 1 bytes."""
    with tempfile.TemporaryFile() as file:
        file.write(source.encode())
        file.seek(0)
        with subprocess.Popen(  # noqa: S603 - a program of ours; the source is its input
            command,
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"RAYON_NUM_THREADS": "1"},
        ) as process:
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            late = threading.Timer(_SECONDS, process.kill)
            late.start()
            try:
                return process.stdout.read(_TOLD + 1)
            finally:
                late.cancel()
                process.kill()
