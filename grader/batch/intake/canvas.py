"""Canvas, "Download submissions": ``lastnamefirst_LATE_1234_56789_ex11-1.py``.

First the user's id, then the attachment's, which Canvas counts as files come in; ``-1``, ``-2``
stand for the first and second time that a file of this name was handed in again. Canvas writes up
to ``-7``; a higher number is the student's own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from grader.batch.intake.owned import Owned, Owner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grader.batch.intake.entries import Entry

_NAME = re.compile(
    r"(?P<name>[^_].*?)(?P<late>_LATE)?_(?P<user>[0-9]+)_(?P<attachment>[0-9]{1,20})_(?P<file>.+)",
    re.DOTALL,
)
_WRITTEN_ONLINE = re.compile(r"[^_].*?_(?P<user>[0-9]+)_(?:text|link)\.html", re.DOTALL)
_USER = re.compile(r"_(?P<user>[0-9]+)(?=_[0-9]+_)")
_AGAIN = re.compile(r"(?P<stem>.+)-(?P<again>[1-7])", re.DOTALL)


def canvas_mark(name: str) -> re.Match[str] | None:
    """Return a match where a name says whose it is as Canvas does: ``user``."""
    return _NAME.fullmatch(name) or _WRITTEN_ONLINE.fullmatch(name)


def canvas(entries: list[Entry], knows: Callable[[str], bool]) -> Iterator[Owned]:
    """Yield the files with their owners; ``knows`` tells whether a student has an id."""
    found = [(entry, _read(entry)) for entry in entries]
    names = defaultdict(set)
    for _, match in found:
        if match is not None:
            names[match["user"]].add(match["name"])
    for entry, match in found:
        if match is None:
            yield Owned(entry, None, entry.parts)
            continue
        refused = "batch.ambiguous_student" if _ambiguous(entry.name, match, names, knows) else ""
        yield _owned(entry, match, refused)


def _read(entry: Entry) -> re.Match[str] | None:
    return _NAME.fullmatch(entry.name) if len(entry.parts) == 1 else None


def _ambiguous(
    name: str, match: re.Match[str], names: dict[str, set[str]], knows: Callable[[str], bool]
) -> bool:
    """Tell whether the name could be another student's, read from another place on.

    A date in a file's name is no student's id. Whoever has several names in one download is one
    whom somebody tries to pass for.
    """
    users = {mark["user"] for mark in _USER.finditer(name)} - {match["user"]}
    known = any(user in names or knows(user) for user in users)
    return known or (len(users) > 0 and len(names[match["user"]]) > 1)


def _owned(entry: Entry, match: re.Match[str], refused: str) -> Owned:
    given = PurePosixPath(match["file"])
    again = _AGAIN.fullmatch(given.stem)
    attempt = 1 if again is None else 1 + int(again["again"])
    return Owned(
        entry,
        Owner((match["user"],), match["name"]),
        (given.name if again is None else again["stem"] + given.suffix,),
        attempt,
        late=match["late"] is not None,
        upload=str(attempt),
        order=int(match["attachment"]),
        refused=refused,
    )
