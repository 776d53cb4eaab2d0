"""The exercises for which a notebook in a folder has marked cells."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.reading.large_notebook import LARGE, large_cells, without_plots
from grader.judge.reading.marks import MARK, marked_for
from grader.judge.reading.notebook_cells import code_cells

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 16 << 20  # bytes: a larger notebook is not read as an answer either
_MARK = MARK.encode()


def marks_in(path: Path) -> frozenset[str]:
    """Return the names in the marks of a notebook; none of a file that cannot be read."""
    return frozenset(mark for cell in cells_in(path) if (mark := marked_for(cell)) is not None)


def cells_in(path: Path) -> tuple[str, ...]:
    """Return the cells of a notebook that has marks; none of any other file."""
    try:
        status = path.stat()
        return _cells(path, status.st_mtime_ns, status.st_size)
    except (OSError, ValueError, TypeError, RecursionError, UnreadableSubmissionError):
        return ()


@lru_cache(maxsize=64)
def _cells(path: Path, _changed: int, size: int) -> tuple[str, ...]:
    if size > _LARGEST or not path.is_file():
        return ()
    data = path.read_bytes()
    if _MARK not in data:
        return ()
    if len(data) > LARGE:
        data = without_plots(data)
    if len(data) > LARGE:
        return tuple(large_cells(data, path.name))
    return tuple(code_cells(json.loads(data.decode("utf-8-sig"))))
