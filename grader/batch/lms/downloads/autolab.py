"""Autolab, "Download all submissions": ``ada@example.org_2_handin.py``, the version in between."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.batch.lms.download import Download
from grader.batch.lms.ownership import OwnedFile, Owner

if TYPE_CHECKING:
    from grader.batch.intake.source_files import SourceFile
    from grader.batch.roster import Roster

_NAME = re.compile(
    r"(?P<email>[^@\s/]+@[^@\s_/]+\.[^@\s_/]+)_(?P<version>[0-9]{1,6})_(?P<file>.+)", re.DOTALL
)


class Autolab(Download):
    """Names of folders and files as Autolab gives them."""

    title = "Autolab"
    example = ("aone@example.org_2_handin.py",)
    rank = 6

    def mark(self, entry: SourceFile) -> tuple[int, str] | None:
        """Return where a name says whose it is as Autolab does, and whose."""
        found = _NAME.fullmatch(entry.parts[0])
        return None if found is None else (found.start("version"), found["email"])

    def owned(self, entries: list[SourceFile], _listed: Roster | None, /) -> list[OwnedFile]:
        """Return the files with their owners."""
        return [_owned(entry) for entry in entries]


def _owned(entry: SourceFile) -> OwnedFile:
    found = _NAME.fullmatch(entry.parts[0])
    if found is None:
        return OwnedFile(entry, None, entry.parts)
    given = (found["file"], *entry.parts[1:])
    owner, version = Owner((found["email"],), found["email"]), int(found["version"])
    return OwnedFile(entry, owner, given, version, upload=found["version"], order=version)
