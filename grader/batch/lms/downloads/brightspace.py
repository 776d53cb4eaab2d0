"""Brightspace, "Download all": ``123456-987654 - Ada One - Nov 20, 2026 1005 AM/ex11.py``.

The numbers are the user's and the assignment's. Each time of handing in has a folder of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.batch.lms.download import Download
from grader.batch.lms.ownership import OwnedFile, Owner
from grader.batch.lms.versions import counted
from grader.batch.times import parse_written_time

if TYPE_CHECKING:
    from grader.batch.intake.source_files import SourceFile
    from grader.batch.roster import Roster
    from grader.batch.times import Time

_LIST = "index.html"  # of all that was handed in
_FOLDER = re.compile(
    r"(?P<user>[0-9]+)-[0-9]+ ?- ?(?P<name>.+?) ?- ?(?P<time>[^-]*20\d\d.*)", re.DOTALL
)


class Brightspace(Download):
    """Names of folders and files as Brightspace gives them."""

    title = "Brightspace"
    example = ("123456-987654 - Ada One - Nov 20, 2026 1005 AM/ex11.py",)
    rank = 4

    def mark(self, entry: SourceFile) -> tuple[int, str] | None:
        """Return where a path says whose it is as Brightspace does, and whose."""
        found = _FOLDER.fullmatch(entry.parts[0]) if len(entry.parts) > 1 else None
        return None if found is None else (0, found["user"])

    def owned(self, entries: list[SourceFile], _listed: Roster | None, /) -> list[OwnedFile]:
        """Return the files with their owners."""
        files: list[tuple[OwnedFile, Time | None]] = []
        for entry in entries:
            found = _FOLDER.fullmatch(entry.parts[0]) if len(entry.parts) > 1 else None
            if found is None:
                refused = "batch.system_file" if entry.parts == (_LIST,) else ""
                files.append((OwnedFile(entry, None, entry.parts, refused=refused), None))
                continue
            owner = Owner((), found["name"], found["user"])
            owned = OwnedFile(entry, owner, entry.parts[1:], upload=entry.parts[0])
            files.append((owned, parse_written_time(found["time"])))
        return counted(files)
