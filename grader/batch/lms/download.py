"""The download of a learning system: the owners of its files."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.batch.intake.source_files import SourceFile
    from grader.batch.lms.ownership import OwnedFile, Owner
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
        """Return the files and owners by the list that the download contains; None: it has no list.

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
