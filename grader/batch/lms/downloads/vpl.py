"""Moodle's Virtual Programming Lab: ``Ada One 100 aone/2026-11-20-10-00-00/ex11.py``.

Beside each version there may be a folder ``….ceg`` with what compiling and running have printed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.batch.lms.download import Download
from grader.batch.lms.ownership import OwnedFile, Owner
from grader.batch.lms.versions import counted
from grader.batch.times import stamp

if TYPE_CHECKING:
    from grader.batch.intake.source_files import SourceFile
    from grader.batch.roster import Roster
    from grader.batch.times import Time

_FOLDER = re.compile(r"(?P<name>.+?) (?P<number>[0-9]+)(?: (?P<user>\S+))?", re.DOTALL)
_VERSION = re.compile(r"\d{4}(?:-\d\d){5}(?P<output>\.ceg)?")


class VPL(Download):
    """Names of folders and files as VPL gives them."""

    title = "VPL"
    example = ("Ada One 100 aone/2026-11-20-10-00-00/ex11.py",)
    rank = 7

    def mark(self, entry: SourceFile) -> tuple[int, str] | None:
        """Return where a path says whose it is as VPL does, and whose."""
        there = len(entry.parts) > 2 and _VERSION.fullmatch(entry.parts[1])  # noqa: PLR2004 - and a file
        return (0, entry.parts[0]) if there and _FOLDER.fullmatch(entry.parts[0]) else None

    def owned(self, entries: list[SourceFile], _listed: Roster | None, /) -> list[OwnedFile]:
        """Return the files with their owners."""
        files: list[tuple[OwnedFile, Time | None]] = []
        for entry in entries:
            found = _FOLDER.fullmatch(entry.parts[0]) if self.mark(entry) else None
            version = _VERSION.fullmatch(entry.parts[1]) if found else None
            if found is None or version is None:
                files.append((OwnedFile(entry, None, entry.parts), None))
                continue
            owner = Owner((found["user"],) if found["user"] else (), found["name"], found["number"])
            owned = OwnedFile(
                entry,
                owner,
                entry.parts[2:],
                upload=entry.parts[1].removesuffix(".ceg"),
                aside="batch.system_file" if version["output"] else "",
            )
            files.append((owned, stamp(entry.parts[1])))
        return counted(files)
