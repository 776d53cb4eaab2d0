"""The common form of all sources: a list of files with paths, each read on demand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from grader.batch.models import Unmatched
from grader.batch.names import printable
from grader.course.unreadable import displayable_name
from grader.judge.reading.submission import MEBIBYTE, refuse_large

MEMBERS = 1_000_000  # of a source; for those of a student and of a class see quotas
_SYSTEM = frozenset(
    {
        *("__macosx", "__pycache__", "thumbs.db", "desktop.ini"),
        *("venv", "site-packages", "node_modules"),
    }
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a source: the parts of its path, how to read it, and the folders around it.

    ``read_up_to`` reads it unless it is larger than that many MiB; ``weight``: bytes that an
    archive unpacks for it; ``raw``: the bytes of its path if their character set is unknown.
    """

    parts: tuple[str, ...]
    read_up_to: Callable[[int], bytes]
    above: tuple[str, ...] = ()
    weight: int = 0
    raw: bytes = b""

    @property
    def path(self) -> str:
        """The path for people."""
        return printable("/".join((*self.above, *self.parts)))

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.parts[-1]


@dataclass
class SourceFiles:
    """All files of a source, and the refused ones."""

    stem: str
    files: list[SourceFile] = field(default_factory=list)
    refused: list[Unmatched] = field(default_factory=list)

    def refuse(self, path: str, reason: str) -> None:
        """List a file that is not read, with the reason."""
        self.refused.append(Unmatched(printable(path), reason))


def is_system(part: str) -> bool:
    """Return True if a file or folder belongs to an operating system or a tool."""
    return part.startswith(".") or part.casefold() in _SYSTEM


def read_capped(open_: Callable[[], BinaryIO], name: str, size: int, at_most: int) -> bytes:
    """Read a file, but never more than ``at_most`` MiB, whatever size it claims.

    Raises:
        UnreadableSubmissionError: it is larger.

    """
    shown = displayable_name(name)
    refuse_large(size, shown, at_most)
    with open_() as file:
        data = file.read(at_most * MEBIBYTE + 1)
    refuse_large(len(data), shown, at_most)
    return data
