"""Standard streams of a student process: printing never raises, reading input is refused."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import NoReturn

# Bytes that the process itself writes at most. The judge applies its own limit to what it reads, so
# that a larger value here only costs time.
PRINTED_LIMIT = 1 << 20


class InputRefusedError(EOFError):
    """The submission read from standard input; nobody is there to answer."""


class _Sink(io.RawIOBase):
    """Write to a descriptor up to the limit, then discard: printing too much is not an error.

    The limit only saves work: the judge enforces its own, on its side of the descriptor.
    """

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self.descriptor = descriptor
        self.left = PRINTED_LIMIT

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self.descriptor

    def write(self, data: memoryview | bytes) -> int:  # type: ignore[override]
        view = memoryview(data).cast("B")
        piece = view[: self.left]
        self.left -= len(piece)
        with contextlib.suppress(OSError):
            while len(piece):
                piece = piece[os.write(self.descriptor, piece) :]
        return len(view)


class _Text(io.TextIOWrapper):
    """A text stream that a submission cannot close by accident."""

    def close(self) -> None:
        with contextlib.suppress(Exception):
            self.flush()


class _NoInput(io.TextIOBase):
    def readable(self) -> bool:
        return True

    def read(self, _size: int | None = -1, /) -> NoReturn:
        raise InputRefusedError("no input here")

    def readline(self, _size: int = -1, /) -> NoReturn:  # type: ignore[override]
        raise InputRefusedError("no input here")

    def close(self) -> None:
        """Stay open: `exit` closes it, and a later read must still raise InputRefusedError."""


def prepare_streams() -> None:
    """Make Python's streams write to descriptor 1, whatever it refers to later, and refuse reading.

    Done before a fork, this need not be repeated after it.
    """
    stream = _Text(
        io.BufferedWriter(_Sink(1)),  # type: ignore[type-var]
        encoding="utf-8",
        errors="backslashreplace",
        line_buffering=True,
    )
    sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = stream  # type: ignore[misc]
    sys.stdin = sys.__stdin__ = _NoInput()  # type: ignore[assignment, misc]


def redirect(output: int) -> None:
    """Point descriptors 1 and 2 to ``output``, and 0 to an empty input."""
    os.dup2(output, 1)
    os.dup2(output, 2)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    if null > 2:  # noqa: PLR2004 - the standard descriptors
        os.close(null)
