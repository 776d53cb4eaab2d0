"""What student processes may read, as the judge offers it and their side takes it."""

from collections.abc import Iterable
from pathlib import Path

from grader.judge.processes.readable import find_offer
from grader.student.sandbox.readable_paths import ReadablePaths, readable


def granted(*closed: str | Path, libraries: Iterable[str] = ("numpy", "torch")) -> ReadablePaths:
    """Return what is granted where these paths are closed."""
    return readable(find_offer(tuple(libraries), tuple(map(str, closed))).as_message())
