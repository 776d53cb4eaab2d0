"""What a learning system's download tells of its files, and the systems that are known."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from grader.batch.lms import downloads
from grader.batch.lms.registry import format_class, format_names
from grader.batch.models import TREES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.batch.intake.ownership import OwnedFile, Owner
    from grader.batch.intake.source_files import SourceFile
    from grader.batch.roster import Roster

Contents = tuple["Sequence[OwnedFile]", "Sequence[Owner]"]
"""The files of a download with their owners, and all whom it names beside."""


class Download(ABC):
    """Who names files after students, and how.

    ``title``: what people call the system. ``example``: paths in it, for the documents.
    ``rank``: of two systems that explain a name from the same place on, the lower one is believed.
    """

    title: ClassVar[str]
    example: ClassVar[tuple[str, ...]]
    rank: ClassVar[int] = 100

    def contents(self, _entries: list[SourceFile], /) -> Contents | None:
        """Return what a list beside the files tells for sure; None: there is no such list here.

        Raises:
            BatchError: there is one, and it cannot be understood.

        """
        return None

    def mark(self, _entry: SourceFile, /) -> tuple[int, str] | None:
        """Return the first place where a path says whose it is as the system does, and whose."""
        return None

    @abstractmethod
    def owned(self, entries: list[SourceFile], listed: Roster | None, /) -> list[OwnedFile]:
        """Return the files with their owners; ``listed``: the roster, if there is one."""


def layout_names() -> tuple[str, ...]:
    """Return what ``--layout`` may be: the systems, then the trees of anybody's."""
    return (*format_names(downloads), *TREES)


@cache
def systems() -> Mapping[str, Download]:
    """Return the systems by name, in the order of their ranks."""
    found = {name: _download(name) for name in format_names(downloads)}
    return dict(sorted(found.items(), key=lambda one: (one[1].rank, one[0])))


def _download(name: str) -> Download:
    return format_class(downloads, name, Download)()  # type: ignore[type-abstract]
