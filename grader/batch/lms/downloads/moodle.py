"""Moodle, "Download all submissions": ``Full Name_123456_assignsubmission_file/ex11.py``.

Where the download is not in folders, the files are in one folder:
``…_assignsubmission_file_ex11.py``. The number is that of ``Participant 123456`` in the offline
grading worksheet, or of a group where teams hand in: ``Green_110_assignsubmission_file``. Moodle
packs the last submission of each student, no earlier one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.batch.lms.download import Download
from grader.batch.lms.ownership import OwnedFile, Owner

if TYPE_CHECKING:
    from grader.batch.intake.source_files import SourceFile
    from grader.batch.roster import Roster

# A folder's name ends where Moodle's words end, so that the last ones are Moodle's. In a flat name
# the student's own follows, so that the first ones are.
_FOLDER = re.compile(
    r"(?P<name>.*)_(?P<number>[0-9]+)_assignsubmission_(?P<plugin>[a-z]+)_?", re.DOTALL
)
_FLAT = re.compile(
    r"(?P<name>.*?)_(?P<number>[0-9]+)_assignsubmission_(?P<plugin>[a-z]+)_(?P<file>.+)", re.DOTALL
)
_MARK = re.compile(r"_(?P<number>[0-9]+)(?=_assign(?:submission|feedback)_[a-z]+(?:_|\Z))")
# Members of no group hand in together where assignments are by team; their folder has no number.
_NO_GROUP = re.compile(r".*(?<![0-9])_assignsubmission_[a-z]+(?:_.*)?", re.DOTALL)


class Moodle(Download):
    """Names of folders and files as Moodle gives them."""

    title = "Moodle"
    example = ("Ada One_123456_assignsubmission_file/ex11.py",)
    rank = 1

    def mark(self, entry: SourceFile) -> tuple[int, str] | None:
        """Return the first place where a path says whose it is as Moodle does, and whose."""
        name = entry.parts[0]
        found = _MARK.search(name)
        if found is not None:
            return found.start("number"), found["number"]
        return (name.index("_assign"), name) if _NO_GROUP.fullmatch(name) else None

    def owned(self, entries: list[SourceFile], _listed: Roster | None, /) -> list[OwnedFile]:
        """Return the files with their owners."""
        return [_owned(entry) for entry in entries]


def _owned(entry: SourceFile) -> OwnedFile:
    flat = len(entry.parts) == 1
    found = (_FLAT if flat else _FOLDER).fullmatch(entry.parts[0])
    if found is None:
        groupless = not _MARK.search(entry.parts[0]) and _NO_GROUP.fullmatch(entry.parts[0])
        refused = "batch.no_group" if groupless else ""
        return OwnedFile(entry, None, entry.parts, refused=refused)
    given = (found["file"],) if flat else entry.parts[1:]
    # A student chooses what follows, in some schools also the name in front: two numbers in a flat
    # name could be anybody's.
    numbers = {mark["number"] for mark in _MARK.finditer(entry.parts[0])}
    typed = found["plugin"] == "onlinetext" and given[-1].lower().endswith(".html")
    return OwnedFile(
        entry,
        Owner((), found["name"], found["number"], passing=True, packed=True),
        given,
        refused="batch.ambiguous_student" if flat and len(numbers) > 1 else "",
        aside="batch.online_text" if typed else "",
    )
