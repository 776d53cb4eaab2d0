"""What every source is first: a list of files with paths, each read when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from grader.batch.models import Unmatched
from grader.batch.names import printable
from grader.course.unreadable import displayable_name
from grader.judge.reading.submission import MEBIBYTE, refuse_large

MEMBERS = 1_000_000  # of a source; how many of one student and of a class count: see limits
_SYSTEM = frozenset(
    {
        *("__macosx", "__pycache__", "thumbs.db", "desktop.ini"),
        *("venv", "site-packages", "node_modules"),
    }
)


@dataclass(frozen=True)
class SourceFile:
    """One file of a source: the parts of its path, how to read it, and what it is wrapped in.

    ``read_up_to`` reads it unless it is larger than so many MiB; ``weight``: bytes that an archive
    unpacks for it; ``raw``: the bytes of its path where nothing tells their character set.
    """

    parts: tuple[str, ...]
    read_up_to: Callable[[int], bytes]
    above: tuple[str, ...] = ()
    weight: int = 0
    raw: bytes = b""

    @property
    def path(self) -> str:
        """The path as people are told it."""
        return printable("/".join((*self.above, *self.parts)))

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.parts[-1]


@dataclass
class SourceFiles:
    """All files of a source, and what was refused."""

    stem: str
    files: list[SourceFile] = field(default_factory=list)
    refused: list[Unmatched] = field(default_factory=list)

    def refuse(self, path: str, reason: str) -> None:
        """List a file that is not read, and why."""
        self.refused.append(Unmatched(printable(path), reason))


def is_system(part: str) -> bool:
    """Tell whether a file or folder is an operating system's or a tool's own."""
    return part.startswith(".") or part.casefold() in _SYSTEM


def read_capped(open_: Callable[[], BinaryIO], name: str, size: int, at_most: int) -> bytes:
    """Read a file, but never more than so many MiB, whatever size it claims.

    Raises:
        Unreadable: it is larger.

    """
    shown = displayable_name(name)
    refuse_large(size, shown, at_most)
    with open_() as file:
        data = file.read(at_most * MEBIBYTE + 1)
    refuse_large(len(data), shown, at_most)
    return data
