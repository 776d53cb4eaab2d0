"""A submission: bytes from a file, read once, then plain text.

A notebook yields the source of its code cells, an answer file its YAML text. A file that cannot be
read raises UnreadableSubmissionError, with the id of a message that the student can act on.
"""

from __future__ import annotations

import ast
import contextlib
import errno
import hashlib
import json
import math
import os
import re
import stat
import warnings
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from grader.course.unreadable import UnreadableSubmissionError, displayable_name
from grader.judge.reading.encodings import declared_encoding, decoded
from grader.judge.reading.helper_modules import unbundled
from grader.judge.reading.large_notebook import LARGE, LINES, large_cells, without_plots
from grader.judge.reading.marked_files import marks_in
from grader.judge.reading.marks import MARK, answer_cells, cells_for
from grader.judge.reading.notebook import (
    Position,
    Written,
    is_notebook,
    meant_to_raise,
    python_source,
    read_cells,
    written_files,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grader.course.models import Kind
    from grader.judge.reading.ipython_script import SyntaxErrorPosition
    from grader.judge.reading.marks import Called

__all__ = [
    "Position",
    "Submission",
    "UnreadableSubmissionError",
    "find",
    "read",
    "read_bytes",
    "suffixes",
]

MEBIBYTE = 2**20
NOTEBOOK_LIMIT = 16  # MiB: plots are stored in it
_TREE_LIMIT = 1 << 16  # characters: a tree takes up to 900 bytes for each
_TEXT_LIMIT = 1  # MiB of a source or answer file
ANSWERS = (".py", ".ipynb", ".yaml", ".yml")  # suffixes of any submission
# The beginning of a line that only IPython accepts, unless it continues the line above.
_FOR_NOTEBOOKS = re.compile(
    r"^[ \t]*(%{1,2}[a-z]|![a-z{]|>>> |In \[\d+\]: |pip install )", re.MULTILINE
)
# Characters that editors do not show; a form feed separates pages. In comments and strings Python
# ignores all of them.
_CONTROL = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Submission:
    r"""One file of a student's.

    ``source`` is Python source (of a notebook: its code cells) or the text of an answer file, with
    ``\n`` line ends; ``hash`` is the SHA-256 of the bytes as they were handed in. ``beside``: the
    bytes of Python files that were handed in with it, by path, ``helpers`` their sources: those
    that cannot be read are missing there. ``seed``: the seed of its inputs, if it is not the
    judge's own. ``written``: files that cells of a notebook were to write. ``refused``: the
    position at which Python refuses a file that was read as a notebook. ``raising``: the numbers of
    cells that are tagged as raising an exception. ``own``: of a notebook with marked cells, those
    that belong to the exercise.
    """

    name: str
    raw: bytes
    source: str
    positions: tuple[Position, ...] = ()
    beside: Mapping[str, bytes] = field(default_factory=dict)
    seed: int | None = field(default=None, kw_only=True)
    written: tuple[Written, ...] = field(default=(), kw_only=True)
    refused: SyntaxErrorPosition | None = field(default=None, kw_only=True)
    raising: frozenset[int] = field(default=frozenset(), kw_only=True)
    own: bytes | None = field(default=None, kw_only=True)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def own_hash(self) -> str:
        """Of a notebook with marked cells the SHA-256 of those that belong to the exercise.

        It stays the same when a cell for another exercise is changed.
        """
        return self.hash if self.own is None else hashlib.sha256(self.own).hexdigest()

    @cached_property
    def helpers(self) -> Mapping[str, str]:
        """The sources of the files beside it, by path; those that cannot be read are missing."""
        found = {}
        for path, data in self.beside.items():
            with contextlib.suppress(UnreadableSubmissionError):
                empty = not data.strip()  # like an __init__.py that makes a folder a package
                found[path] = "" if empty else read_bytes(data, path, "code").source
        return found

    @property
    def cells(self) -> tuple[int, ...]:
        """The lines of ``source``, from 1, at which the cells of a notebook begin."""
        begun = enumerate(self.positions, start=1)
        return tuple(line for line, at in begun if at.line == 1 and at.cell is not None)

    @property
    def cell_numbers(self) -> tuple[int, ...]:
        """The number of each cell of a notebook, in the order of ``cells``."""
        return tuple(at.cell for at in self.positions if at.line == 1 and at.cell is not None)

    def where(self, line: int) -> Position:
        """Return the position of a line of ``source``, from 1, as the reader sees it."""
        if not self.positions:
            return Position(None, max(1, line))
        return self.positions[min(max(1, line), len(self.positions)) - 1]

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree of the source.

        The tree of a source of more than 64 KiB might fill the judge's memory.

        Raises:
            SyntaxError: the source cannot be parsed, for whatever reason, or has more than 64 KiB.

        """
        if len(self.source) > _TREE_LIMIT:
            raise SyntaxError("too long", (self.name, 1, None, None))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # warnings about the student's "\d" are not ours
            try:
                return ast.parse(self.source, self.name)
            except (RecursionError, MemoryError, ValueError):
                raise SyntaxError("too deeply nested", (self.name, 1, None, None)) from None


def suffixes(kind: Kind) -> tuple[str, ...]:
    """Return the suffixes of submissions to such an exercise."""
    return (".py", ".ipynb") if kind == "code" else (".yaml", ".yml")


def find(folder: Path, exercise_id: str, kind: Kind, called: Called | None = None) -> list[Path]:
    """Return the files of a folder that are named like submissions to an exercise, sorted.

    ``ex1`` does not find ``ex11.py``. With ``called`` (see ``read_bytes``) a notebook counts by its
    marks, if it has any, and not by its name.

    Raises:
        UnreadableSubmissionError: the folder cannot be listed.

    """
    named = re.compile(re.escape(exercise_id) + r"(?!\d).*", re.IGNORECASE | re.DOTALL)
    try:
        found = [
            path
            for path in folder.iterdir()
            if _answers(path, named, kind, called) and path.is_file()
        ]
    except OSError as error:
        raise _unreadable(error, displayable_name(str(folder))) from None
    return sorted(found, key=lambda path: (path.name.casefold(), path.name))


def _answers(path: Path, named: re.Pattern[str], kind: Kind, called: Called | None) -> bool:
    """Return True if a file answers an exercise, by its marks or its name."""
    suffix = path.suffix.lower()
    if suffix == ".ipynb" and called is not None:
        marks = marks_in(path)
        if marks:
            return any(map(called, marks))
    return suffix in suffixes(kind) and named.fullmatch(path.name) is not None


def read(
    path: Path, kind: Kind, *, name: str | None = None, called: Called | None = None
) -> Submission:
    """Read a submission from a file; messages call it ``name``, by default the path.

    ``called``: see ``read_bytes``.
    """
    shown = displayable_name(str(path) if name is None else name)
    try:
        status = path.stat()
        _refuse_special(status.st_mode, shown)
        _check_name(shown, kind, called)
        refuse_large(status.st_size, shown)
        # Not blocking: if the file has been replaced by a named pipe meanwhile, the read ends at
        # once.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(path, flags), "rb") as file:  # noqa: PTH123 - a descriptor, not a path
            data = file.read(size_limit(shown) * MEBIBYTE + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(error, shown) from None
    return read_bytes(data, shown, kind, called)


def read_bytes(data: bytes, name: str, kind: Kind, called: Called | None = None) -> Submission:
    """Read a submission from the bytes of a file of that name.

    The bytes may include other files: see `helper_modules.bundled`. ``called`` tells which names
    are those of the exercise: of a notebook with marked cells (see `marks`) it gets its own.

    Raises:
        UnreadableSubmissionError: the only exception, whatever the bytes are.

    """
    shown = displayable_name(name)
    _check_name(shown, kind, called)
    raw = bytes(data)
    data, beside = unbundled(raw, shown)
    refuse_large(len(data), shown)
    plain = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    suffix = PurePath(shown).suffix.lower()
    encoding = declared_encoding(plain, shown) if suffix == ".py" else "utf-8-sig"
    positions: tuple[Position, ...] = ()
    cells: list[str] | None
    raising: frozenset[int] = frozenset()
    if suffix == ".ipynb" and len(plain) > LARGE:
        plain = without_plots(plain)
    if suffix == ".ipynb" and len(plain) > LARGE:
        cells = large_cells(plain, shown)
    else:
        text = decoded(plain, encoding, shown)
        if not text.strip():
            raise UnreadableSubmissionError("read.empty", file=shown)
        notebook = is_notebook(text, shown) if kind == "code" else suffix == ".ipynb"
        cells = read_cells(text, shown) if notebook else None
        raising = meant_to_raise(text) if notebook else raising
    if cells is not None:
        of_cells = replace(
            _of_cells(cells, range(1, len(cells) + 1), shown, kind, called), raw=raw, beside=beside
        )
        return replace(of_cells, raising=raising)
    if kind == "code" and "get_ipython()" in text:
        from grader.judge.reading.nbconvert_script import without_shell  # noqa: PLC0415 - few need it

        text, positions = without_shell(text)
    refused = None
    if kind == "code" and not positions:
        text, refused = _as_python(text)
    submission = Submission(PurePath(shown).name, raw, text, positions, beside, refused=refused)
    _refuse_invisible(submission, shown, kind)
    return submission


def read_running(cells: Mapping[int, str], name: str, kind: Kind, called: Called) -> Submission:
    """Read a submission from the cells of a notebook that runs, in order, by their numbers.

    ``name``: see ``read``; ``called``: see ``read_bytes``.

    Raises:
        UnreadableSubmissionError: the only exception, whatever the cells are.

    """
    texts = list(map(_as_stored, cells.values()))
    made = _of_cells(texts, [*cells], displayable_name(name), kind, called)
    return replace(made, raw=_joined(texts) if made.own is None else made.own)


def _as_stored(cell: str) -> str:
    """Return a cell as it is read from a file, in which there are no lone surrogates."""
    text = cell.encode("utf-8", "replace").decode()
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")


def _joined(cells: Iterable[str]) -> bytes:
    """Return the cells as bytes, without empty ones and empty lines around them."""
    return json.dumps([cell.strip("\n") for cell in cells if cell.strip()]).encode()


def _of_cells(
    cells: Sequence[str], numbers: Sequence[int], shown: str, kind: Kind, called: Called | None
) -> Submission:
    """Return the submission of the code cells of a notebook that belong to an exercise."""
    refuse_large(sum(len(cell) + 1 for cell in cells), shown, _TEXT_LIMIT)
    lines = sum(cell.count("\n") + 1 for cell in cells)
    if lines > LINES:
        raise UnreadableSubmissionError("read.too_long", file=shown, lines=lines, limit=LINES)
    name = PurePath(shown).name
    if kind != "code":
        answers = answer_cells(cells, called) if called is not None else {}
        if not answers:
            raise UnreadableSubmissionError("read.no_marked_cell", file=shown, mark=MARK)
        text = "\n".join([*answers.values(), ""])
        submission = Submission(name, b"", text, own=_joined(answers.values()))
    else:
        own = cells_for(cells, called)
        text, positions = python_source(own, shown, numbers)
        refuse_large(len(text.encode()), shown, _TEXT_LIMIT)
        written = written_files(own, numbers)
        marked = _joined(own) if called is not None and answer_cells(own, called) else None
        submission = Submission(name, b"", text, positions, written=written, own=marked)
    _refuse_invisible(submission, shown, kind)
    return submission


def _refuse_invisible(submission: Submission, shown: str, kind: Kind) -> None:
    """Refuse null bytes, and in code other control characters.

    Raises:
        UnreadableSubmissionError: there are any.

    """
    text = submission.source
    if text.count("\0") > (0 if kind == "code" else len(text) / 4):  # UTF-16 contains them
        raise UnreadableSubmissionError("read.null", file=shown)
    if kind == "code":  # in an answer file they only cost the answer that contains them
        _refuse_controls(submission, shown)


def _as_python(text: str) -> tuple[str, SyntaxErrorPosition | None]:
    """Return a source without notebook syntax, and the position at which Python refuses it."""
    if _FOR_NOTEBOOKS.search(text) is None:
        return text, None
    from grader.judge.reading.ipython_script import rewrite_as_cells  # noqa: PLC0415 - few need it

    return rewrite_as_cells(text) or (text, None)


def _refuse_controls(submission: Submission, name: str) -> None:
    """Refuse control characters, which make a file look different on a screen than to Python.

    Raises:
        UnreadableSubmissionError: there are any.

    """
    found = _CONTROL.search(submission.source)
    if found is None:
        return
    sign = f"\\x{ord(found[0]):02x}"
    where = submission.where(submission.source.count("\n", 0, found.start()) + 1)
    if where.cell is None:
        raise UnreadableSubmissionError("read.control", file=name, line=where.line, sign=sign)
    raise UnreadableSubmissionError(
        "read.control_cell", file=name, cell=where.cell, line=where.line, sign=sign
    )


def _unreadable(error: OSError | ValueError, name: str) -> UnreadableSubmissionError:
    if isinstance(error, PermissionError):
        return UnreadableSubmissionError("read.permission", file=name)
    absent = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL)
    if isinstance(error, ValueError) or error.errno in absent:
        return UnreadableSubmissionError("read.missing", file=name)
    return UnreadableSubmissionError(
        "read.failed", file=name, code=errno.errorcode.get(error.errno or 0, "?")
    )


def _refuse_special(mode: int, name: str) -> None:
    if stat.S_ISDIR(mode):
        raise UnreadableSubmissionError("read.folder", file=name)
    if not stat.S_ISREG(mode):
        raise UnreadableSubmissionError("read.special", file=name)


def _check_name(name: str, kind: Kind, called: Called | None) -> None:
    expected = suffixes(kind)
    suffix = PurePath(name).suffix.lower()
    marked = suffix == ".ipynb" and called is not None  # its cells tell whose they are
    if suffix not in expected and not marked:
        raise UnreadableSubmissionError("read.suffix", file=name, expected=", ".join(expected))


def size_limit(name: str) -> int:
    """Return the size limit, in MiB, of a submission of this name."""
    return NOTEBOOK_LIMIT if name.lower().endswith(".ipynb") else _TEXT_LIMIT


def refuse_large(size: int, name: str, limit: int | None = None) -> None:
    """Refuse a file that is larger than ``limit`` MiB, by default than its name allows.

    Raises:
        UnreadableSubmissionError: it is.

    """
    limit = size_limit(name) if limit is None else limit
    if size > limit * MEBIBYTE:
        megabytes = math.ceil(size * 10 / MEBIBYTE) / 10  # rounded up: never "1.0, limit 1"
        raise UnreadableSubmissionError(
            "read.too_large", file=name, megabytes=megabytes, limit=limit
        )
