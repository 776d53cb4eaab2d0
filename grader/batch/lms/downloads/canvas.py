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

from grader.batch.lms.download import Download
from grader.batch.lms.ownership import OwnedFile, Owner

if TYPE_CHECKING:
    from grader.batch.intake.source_files import SourceFile
    from grader.batch.roster import Roster

_NAME = re.compile(
    r"(?P<name>[^_].*?)(?P<late>_LATE)?_(?!20[0-9]{2}_(?:0?[1-9]|1[0-2])_)"  # a date is none
    r"(?P<user>[0-9]+)_(?P<attachment>[0-9]{1,20})_(?P<file>.+)",
    re.DOTALL,
)
_WRITTEN_ONLINE = re.compile(
    r"(?P<name>[^_].*?)(?P<late>_LATE)?_(?P<user>[0-9]+)_(?P<file>(?:text|link)\.html)", re.DOTALL
)
# Where marking is anonymous, a code of five letters and digits stands for the student.
_ANONYMOUS = re.compile(
    r"(?P<name>anon(?:ymous)?)(?P<late>_LATE)?_(?P<user>[A-Za-z0-9]{1,20})(?:_LATE)?"
    r"_(?P<attachment>[0-9]{1,20})_(?P<file>.+)",
    re.DOTALL,
)
_USER = re.compile(r"_(?P<user>[0-9]+)(?=_[0-9]+_)")
_AGAIN = re.compile(r"(?P<stem>.+)-(?P<again>[1-7])", re.DOTALL)


class Canvas(Download):
    """Names of folders and files as Canvas gives them."""

    title = "Canvas"
    example = ("oneada_9001_70001_ex11.py",)
    rank = 2

    def mark(self, entry: SourceFile) -> tuple[int, str] | None:
        """Return where a name says whose it is as Canvas does, and whose."""
        found = _read(entry)
        return None if found is None else (found.start("user"), found["user"])

    def owned(self, entries: list[SourceFile], listed: Roster | None, /) -> list[OwnedFile]:
        """Return the files with their owners; ``listed`` is used to detect ambiguous names."""
        found = [(entry, _read(entry)) for entry in entries]
        names = defaultdict(set)
        for _, match in found:
            if match is not None:
                names[match["user"]].add(match["name"])
        files = []
        for entry, match in found:
            if match is None:
                files.append(OwnedFile(entry, None, entry.parts))
                continue
            refused = ""
            if match.re is _ANONYMOUS and listed is not None:
                refused = "batch.anonymous"
            elif _ambiguous(entry.name, match, names, listed):
                refused = "batch.ambiguous_student"
            files.append(_owned(entry, match, refused))
        return files


def download_prefix(name: str) -> tuple[str, str, str, str] | None:
    """Return the prefix by Canvas in front of a file's name, both numbers in it, and that name.

    None: Canvas has not named it, or it is anonymous.
    """
    found = (
        None if name.startswith("anon") and _ANONYMOUS.fullmatch(name) else _NAME.fullmatch(name)
    )
    if found is None:
        return None
    return name[: found.start("file")], found["user"], found["attachment"], found["file"]


def _read(entry: SourceFile) -> re.Match[str] | None:
    if len(entry.parts) > 1:
        return None
    ways = (_ANONYMOUS, _NAME, _WRITTEN_ONLINE)
    return next(filter(None, (way.fullmatch(entry.name) for way in ways)), None)


def _ambiguous(
    name: str, match: re.Match[str], names: dict[str, set[str]], listed: Roster | None
) -> bool:
    """Return True if the name could be another student's, split at another place.

    A date in a file's name is no student's id. If a student has several names in one download,
    another student may be impersonating them.
    """
    users = {mark["user"] for mark in _USER.finditer(name)} - {match["user"]}
    known = any(user in names or (listed is not None and listed.knows(user)) for user in users)
    return known or (len(users) > 0 and len(names[match["user"]]) > 1)


def _owned(entry: SourceFile, match: re.Match[str], refused: str) -> OwnedFile:
    given = PurePosixPath(match["file"])
    typed = match.re is _WRITTEN_ONLINE
    again = None if typed else _AGAIN.fullmatch(given.stem)
    attempt = 1 if again is None else 1 + int(again["again"])
    return OwnedFile(
        entry,
        Owner((), match["name"], match["user"], squeezed=True),
        (given.name if again is None else again["stem"] + given.suffix,),
        attempt,
        late=match["late"] is not None,
        upload=str(attempt),
        order=0 if typed else int(match["attachment"]),
        refused=refused,
        aside="batch.online_text" if typed else "",
    )
