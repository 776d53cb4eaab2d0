"""What every source is first: a list of files with paths, each read when it is asked for."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from grader.batch.models import Unmatched
from grader.batch.names import printable
from grader.judge.unreadable import Unreadable, file_name

MEBIBYTE = 2**20
FILES = 100_000  # a class of ten thousand with ten files each
NOTEBOOK, SOURCE = 16, 1  # MiB, as the judge reads them
METADATA, METADATA_LIMIT = "submission_metadata.yml", 64  # Gradescope's, MiB
_SYSTEM = frozenset({"__macosx", "__pycache__", "thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class Entry:
    """One file of a source: the parts of its path, how to read it, and what it is wrapped in."""

    parts: tuple[str, ...]
    read: Callable[[], bytes]
    above: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The path as people are told it."""
        return printable("/".join((*self.above, *self.parts)))

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.parts[-1]


@dataclass
class Entries:
    """All files of a source, and what was refused."""

    stem: str
    files: list[Entry] = field(default_factory=list)
    refused: list[Unmatched] = field(default_factory=list)

    def refuse(self, path: str, reason: str) -> None:
        """List a file that is not read, and why."""
        self.refused.append(Unmatched(printable(path), reason))


def is_system(part: str) -> bool:
    """Tell whether a file or folder is an operating system's or a tool's own."""
    return part.startswith(".") or part.casefold() in _SYSTEM


def bounded(open_: Callable[[], BinaryIO], name: str, size: int) -> bytes:
    """Read a file, but never more than a submission may have, whatever size it claims.

    Raises:
        Unreadable: it is larger.

    """
    limit = NOTEBOOK if name.lower().endswith(".ipynb") else SOURCE
    limit = METADATA_LIMIT if name == METADATA else limit
    if size <= limit * MEBIBYTE:
        with open_() as file:
            data = file.read(limit * MEBIBYTE + 1)
        size = max(size, len(data))
        if len(data) <= limit * MEBIBYTE:
            return data
    megabytes = math.ceil(size * 10 / MEBIBYTE) / 10
    shown = file_name(name)
    raise Unreadable("read.too_large", file=shown, megabytes=megabytes, limit=limit)
