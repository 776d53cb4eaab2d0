"""CSV output."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from grader.batch.atomic_files import write_export

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def write_table(rows: Iterable[Iterable[str]], path: Path, *, bom: bool = False) -> None:
    """Write a CSV file: UTF-8, commas, every cell quoted.

    A spreadsheet that splits at semicolons does so in quoted cells as well: see
    `report.csv_escape`.

    Raises:
        BatchError: it cannot be written.

    """
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    write_export(text.getvalue().encode("utf-8-sig" if bom else "utf-8", "backslashreplace"), path)
