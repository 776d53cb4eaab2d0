"""A folder of files, or of students' folders, of nobody's making in particular.

``ex11_Ada Lovelace.py`` is Ada Lovelace's, and so is ``Ada Lovelace/ex11.py``; ``ex11/Ada.py`` is
Ada's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from grader.batch.intake.owned import Owned, Owner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grader.batch.intake.entries import Entry
    from grader.batch.intake.exercises import Exercises

_COPY = re.compile(r" ?\([0-9]{1,3}\)$")


def plain(entries: list[Entry], exercises: Exercises) -> Iterator[Owned]:
    """Yield the files with their owners."""
    for entry in entries:
        leading = 0
        while leading < len(entry.parts) - 1 and exercises.whole(entry.parts[leading]):
            leading += 1
        exercise, rest = entry.parts[:leading], entry.parts[leading:]
        if len(rest) > 1:
            owner = Owner((rest[0],), rest[0])
            yield Owned(entry, owner, (*exercise, *rest[1:]))
            continue
        name = exercises.told(PurePosixPath(rest[0]).stem).rest
        yield Owned(entry, Owner((name,), name) if name else None, (*exercise, *rest))


def one_folder(entries: list[Entry]) -> bool:
    """Tell whether everything lies in one folder."""
    first = {entry.parts[0] for entry in entries}
    return len(first) == 1 and all(len(entry.parts) > 1 for entry in entries)


def unwrapped(entries: list[Entry], stem: str, is_student: Callable[[str], bool]) -> list[Entry]:
    """Return the entries without the one folder around them all, where it is clearly a wrapper.

    It is one when it bears the zip's name, or when several folders lie in it and no file. A folder
    that bears a student's name is that student's.
    """
    if not one_folder(entries):
        return entries
    wrapper = entries[0].parts[0]
    stem = _COPY.sub("", stem)  # a browser's second download of it
    within = {entry.parts[1] for entry in entries}
    folders = all(len(entry.parts) > 2 for entry in entries)  # noqa: PLR2004 - wrapper, folder, file
    if is_student(wrapper) or not (wrapper == stem or (folders and len(within) > 1)):
        return entries
    return without_first(entries)


def without_first(entries: list[Entry]) -> list[Entry]:
    """Return the entries with the first part of their paths left out of what names tell."""
    return [
        replace(entry, parts=entry.parts[1:], above=entry.above + entry.parts[:1])
        for entry in entries
    ]
