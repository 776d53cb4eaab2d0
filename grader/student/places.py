"""Positions of exceptions in the student's own files, and lines of notebooks by cell.

Columns are counted in characters, from 1. They come from the interpreter, in an untrusted process:
the judge, which has the source itself, decides what is shown of it.
"""

from __future__ import annotations

import bisect
import itertools
import traceback
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import types
    from collections.abc import Sequence

    from grader.student.submission import LoadedSubmission


@dataclass(frozen=True)
class Place:
    """A part of a file: from a column to before ``end_column``, which may be on a later line.

    ``file`` is None for the answer itself, else the path of a helper. ``innermost``: the exception
    was raised by this very line, not by something that it called.
    """

    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    file: str | None = None
    innermost: bool = False


def place_of(error: BaseException, submission: LoadedSubmission | None) -> Place:
    """Return the innermost position in the submission's own files that an exception passed."""
    if submission is None:
        return Place()
    own = {submission.filename, *submission.helpers}

    def named(filename: str) -> str | None:
        return None if filename == submission.filename else filename

    if isinstance(error, SyntaxError) and error.filename in own:
        return Place(
            _whole(error.lineno),
            _whole(error.offset),
            _whole(error.end_lineno),
            _whole(error.end_offset),
            named(error.filename),
            innermost=True,
        )
    found: types.TracebackType | None = None
    reached = error.__traceback__
    innermost = False
    while reached is not None:
        innermost = reached.tb_frame.f_code.co_filename in own
        found = reached if innermost else found
        reached = reached.tb_next
    if found is None:
        return Place()
    file = named(found.tb_frame.f_code.co_filename)
    lines = submission.lines(file)
    columns = columns_at(found.tb_frame.f_code, found.tb_lasti, found.tb_lineno, lines)
    return Place(found.tb_lineno, *columns, file, innermost)


def line_at(place: Place, submission: LoadedSubmission) -> str:
    """Return the source line of a place."""
    lines = submission.lines(place.file)
    return lines[place.line - 1] if place.line and place.line <= len(lines) else ""


def _whole(number: object) -> int | None:
    """Return an attribute of an exception if it is an int: it may hold anything."""
    return number if type(number) is int and 0 <= number < 1 << 31 else None


def columns_at(
    code: types.CodeType, instruction: int, line: int, lines: Sequence[str]
) -> tuple[int | None, int | None, int | None]:
    """Return the column, the last line and the end column of the expression being computed.

    ``instruction``: offset in the bytecode, in bytes; ``line``: the line reported for it.
    """
    # There is an entry for every two bytes of code.
    start, end, column, end_column = next(
        itertools.islice(code.co_positions(), instruction // 2, None), (None,) * 4
    )
    if start != line or None in {end, column, end_column}:
        return None, None, None
    return _characters(lines, start, column), end, _characters(lines, end, end_column)


def _characters(lines: Sequence[str], line: int | None, column: int | None) -> int | None:
    """Return the column, from 1 and in characters, of a UTF-8 byte offset in a line."""
    if line is None or column is None or not 0 < line <= len(lines):
        return None
    return 1 + len(
        lines[line - 1].encode("utf-8", "surrogatepass")[:column].decode(errors="ignore")
    )


class CellLines:
    """The lines of a notebook's code numbered cell by cell, as a reader sees them.

    ``cells``: the lines of the joined code at which the cells begin, ``numbers`` what these are
    called.
    """

    def __init__(self, filename: str, cells: Sequence[int], numbers: Sequence[int]) -> None:
        self._filename = filename
        self._cells = cells
        self._numbers = numbers

    def install(self) -> None:
        """Make Python's warnings and tracebacks number lines as Jupyter does."""
        plain_warning = warnings.formatwarning
        plain_frame = traceback.StackSummary.format_frame_summary

        def warning(
            message: Warning | str,
            category: type[Warning],
            filename: str,
            lineno: int,
            line: str | None = None,
        ) -> str:
            plain = plain_warning(message, category, filename, lineno, line)
            return self._counted(plain, f"{filename}:{lineno}:", filename, lineno, "{}, {}:")

        def frame(
            summary: traceback.StackSummary, one: traceback.FrameSummary, **options: Any
        ) -> str:
            told = plain_frame(summary, one, **options)
            plain = f'"{one.filename}", line {one.lineno}'
            return self._counted(told, plain, one.filename, one.lineno or 1, '"{}", {}')

        replaced: Any = traceback.StackSummary
        replaced.format_frame_summary = frame
        warnings.formatwarning = warning

    def _counted(self, counts: str, plain: str, filename: str, line: int, form: str) -> str:
        cell = bisect.bisect_right(self._cells, line)
        if filename != self._filename or not cell:
            return counts
        within = f"cell {self._numbers[cell - 1]}, line {line - self._cells[cell - 1] + 1}"
        return counts.replace(plain, form.format(filename, within), 1)
