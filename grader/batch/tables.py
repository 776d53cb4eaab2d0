"""CSV tables from any program: encoding and separator are determined for sure, or refused."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from pathlib import Path

from grader.batch.errors import BatchError
from grader.batch.legacy_charsets import WINDOWS, readings
from grader.batch.php_csv import lines_of
from grader.course.system_errors import reason

_SEPARATORS = ",;\t"
# Limits of a table: larger ones are refused before they fill the memory.
_BYTES, _LINES, _COLUMNS, _CELLS = 32 * 2**20, 1_000_000, 1_000, 10_000_000
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class Table:
    """A table: its first line, and the others with their line numbers, all as text."""

    file: str
    header: list[str]
    rows: list[tuple[int, list[str]]]
    separator: str


def read_table(path: Path) -> Table:
    """Read a table.

    Raises:
        BatchError: it cannot be read.

    """
    try:
        with path.open("rb") as file:
            data = file.read(_BYTES + 1)
    except (OSError, ValueError) as error:
        why = reason(error)
        raise BatchError("batch.table_missing", file=str(path), detail=why) from None
    if len(data) > _BYTES:
        raise BatchError("batch.table_large", file=str(path))
    text = decoded(data, str(path))
    first = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    problem: BatchError | None = None
    lines: list[tuple[int, list[str]]] = []
    try:
        lines = _lines(text, separator, str(path))
    except BatchError as error:
        if error.id != "batch.table_broken":
            raise
        problem = error
    # PHP, and so Moodle, does not double a quotation mark after a backslash.
    odd = problem is not None or len({len(row) for _, row in lines}) > 1
    if odd and '\\"' in text:
        mended = lines_of(text, separator)
        lines, problem = (lines, problem) if mended is None else (mended, None)
    if problem is not None:
        raise problem
    header = lines[0][1] if lines else []
    return Table(str(path), [cell.strip() for cell in header], lines[1:], separator)


def _lines(text: str, separator: str, path: str) -> list[tuple[int, list[str]]]:
    """Return the non-empty lines, with their numbers.

    Raises:
        BatchError: they are not a table within the limits.

    """
    lines: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    before = 0
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                lines.append((before + 1, row))
            before = reader.line_num
            cells = len(lines) * len(lines[0][1]) if lines else 0
            if len(row) > _COLUMNS or before > _LINES or cells > _CELLS:
                raise BatchError("batch.table_large", file=path)
    except csv.Error:
        raise BatchError("batch.table_broken", file=path, line=before + 1) from None
    return lines


def decoded(data: bytes, file: str) -> str:
    """Return the text of a table: by its byte order mark, as UTF-8, else as cp1251 or cp1252.

    The two code pages are distinguished by their words: in a Cyrillic one all letters are beyond
    ASCII, in a French one few. If the bytes fit both or none, nothing is guessed.

    Raises:
        BatchError: the encoding is ambiguous.

    """
    try:
        if data.startswith(_UTF16):
            return data.decode("utf-16")
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _code_page(data)
    if (not text and data.strip(codecs.BOM_UTF8)) or "\0" in text:
        raise BatchError("batch.table_encoding", file=file)
    return text


def _code_page(data: bytes) -> str:
    """Return the text if it is plausible under exactly one of the two code pages, else none."""
    possible = readings(data, WINDOWS)
    return possible[0] if len(possible) == 1 else ""
