"""Moodle, "Download all submissions": ``Full Name_123456_assignsubmission_file/ex11.py``.

Where the download is not in folders, the files lie flat: ``…_assignsubmission_file_ex11.py``.
The number is that of ``Participant 123456`` in the offline grading worksheet. Moodle packs the last
submission of each student, no earlier one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.batch.intake.owned import Owned, Owner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.batch.intake.entries import Entry

# A folder's name ends where Moodle's words end, so that the last ones are Moodle's. In a flat name
# the student's own follows, so that the first ones are.
_FOLDER = re.compile(r"(?P<name>.*)_(?P<number>[0-9]+)_assignsubmission_[a-z]+_?", re.DOTALL)
_FLAT = re.compile(
    r"(?P<name>.*?)_(?P<number>[0-9]+)_assignsubmission_[a-z]+_(?P<file>.+)", re.DOTALL
)
_MARK = re.compile(r"_(?P<number>[0-9]+)(?=_assign(?:submission|feedback)_[a-z]+(?:_|\Z))")


def moodle_mark(name: str) -> re.Match[str] | None:
    """Return the first place where a name says whose it is as Moodle does: ``number``."""
    return _MARK.search(name)


def moodle(entries: list[Entry]) -> Iterator[Owned]:
    """Yield the files with their owners."""
    for entry in entries:
        flat = len(entry.parts) == 1
        found = (_FLAT if flat else _FOLDER).fullmatch(entry.parts[0])
        if found is None:
            yield Owned(entry, None, entry.parts)
            continue
        given = (found["file"],) if flat else entry.parts[1:]
        # A student chooses what follows, in some schools also the name in front: two numbers in a
        # flat name could be anybody's.
        numbers = {mark["number"] for mark in _MARK.finditer(entry.parts[0])}
        refused = "batch.ambiguous_student" if flat and len(numbers) > 1 else ""
        owner = Owner((found["number"],), found["name"])
        yield Owned(entry, owner, given, upload=found["number"], refused=refused)
