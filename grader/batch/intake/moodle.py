"""Moodle, "Download all submissions": ``Full Name_123456_assignsubmission_file/ex11.py``.

Where the download is not in folders, the files lie flat: ``…_assignsubmission_file_ex11.py``.
The number is that of ``Participant 123456`` in the offline grading worksheet.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.batch.intake.owned import Owned, Owner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.batch.intake.entries import Entry

_PART = re.compile(
    r"(?P<name>.*)_(?P<number>[0-9]+)_assignsubmission_[a-z]+(?:_(?P<file>.*))?", re.DOTALL
)


def is_moodle(entries: list[Entry]) -> bool:
    """Tell whether a download of Moodle's lies here."""
    return any(_PART.fullmatch(entry.parts[0]) for entry in entries)


def moodle(entries: list[Entry]) -> Iterator[Owned]:
    """Yield the files with their owners."""
    for entry in entries:
        found = _PART.fullmatch(entry.parts[0])
        if found is None:
            yield Owned(entry, None, entry.parts)
            continue
        inside = entry.parts[1:] or (found["file"] or entry.name,)
        yield Owned(entry, Owner((found["number"],), found["name"]), inside)
