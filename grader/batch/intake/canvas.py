"""Canvas, "Download submissions": ``lastnamefirst_LATE_1234_56789_ex11-1.py``.

First the user's id, then the attachment's; ``-1``, ``-2`` stand for the first and second time that
a file of this name was handed in again.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from grader.batch.intake.owned import Owned, Owner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.batch.intake.entries import Entry

_NAME = re.compile(
    r"(?P<name>[^_].*?)(?P<late>_LATE)?_(?P<user>[0-9]+)_(?P<attachment>[0-9]+)_(?P<file>.+)",
    re.DOTALL,
)
_AGAIN = re.compile(r"(?P<stem>.+)-(?P<again>[0-9]{1,3})", re.DOTALL)


def is_canvas(entries: list[Entry]) -> bool:
    """Tell whether a download of Canvas's lies here: flat, and most files named its way."""
    flat = [entry for entry in entries if len(entry.parts) == 1]
    named = [entry for entry in flat if _NAME.fullmatch(entry.name)]
    return len(flat) == len(entries) and 2 * len(named) > len(entries)


def canvas(entries: list[Entry]) -> Iterator[Owned]:
    """Yield the files with their owners."""
    for entry in entries:
        found = _NAME.fullmatch(entry.name)
        if found is None:
            yield Owned(entry, None, entry.parts)
            continue
        given = PurePosixPath(found["file"])
        again = _AGAIN.fullmatch(given.stem)
        attempt = 1 if again is None else 1 + int(again["again"])
        name = given.name if again is None else again["stem"] + given.suffix
        owner = Owner((found["user"],), found["name"])
        yield Owned(entry, owner, (name,), attempt, found["late"] is not None)
