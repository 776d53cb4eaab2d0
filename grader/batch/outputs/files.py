"""Files that are written whole or not at all."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch.problems import BatchProblem
from grader.course.system_errors import reason

if TYPE_CHECKING:
    from collections.abc import Iterable


def write_table(rows: Iterable[Iterable[str]], path: Path, *, bom: bool = False) -> None:
    """Write a CSV: UTF-8, commas, every cell quoted. Raises BatchProblem.

    A spreadsheet that separates by semicolons cuts cells at theirs all the same: `report.cells`.
    """
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    write_whole(text.getvalue().encode("utf-8-sig" if bom else "utf-8", "backslashreplace"), path)


def write_whole(data: bytes, path: Path) -> None:
    """Write a file by way of a temporary one beside it. Raises BatchProblem."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".grader-")
        try:
            with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
                file.write(data)
                file.flush()
                os.fsync(descriptor)
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        why = reason(error)
        raise BatchProblem("batch.not_written", file=str(path), detail=why) from None


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
