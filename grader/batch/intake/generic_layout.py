"""A tree of folders and files of any origin: the part of a path that identifies the student.

``ex11_Ada Lovelace.py`` belongs to Ada Lovelace, and so does ``Ada Lovelace/ex11.py``;
``ex11/Ada.py`` belongs to Ada. A folder that contains several students' folders (a section, a week,
an exercise) is no student's; one with a name on the roster is. Submitty's tree and the repositories
of GitHub Classroom are read in the same way.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from grader.batch.intake.id_and_name import student_id_in
from grader.batch.lms.ownership import OwnedFile, Owner
from grader.batch.lms.versions import counted, in_folders
from grader.batch.name_words import HANDED_IN, gathers, is_inner, is_version
from grader.batch.names import common_start
from grader.batch.times import stamp, without_stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from grader.batch.intake.exercises import Exercises
    from grader.batch.intake.source_files import SourceFile
    from grader.batch.roster import Roster

_Parts = tuple[str, ...]
_COPY = re.compile(r" ?\([0-9]{1,3}\)$")


@dataclass
class Tree:
    """Reads such a tree.

    ``repositories``: whether the folders are those of GitHub Classroom, the assignment's name in
    front of the user's. ``flat``: whether only names of files identify students; ``deep``: only
    folders; else both may.
    """

    exercises: Exercises
    listed: Roster | None
    repositories: bool = False
    flat: bool = False
    deep: bool = False
    _at: dict[_Parts, int] = field(default_factory=dict)
    _clear: dict[str, bool] = field(default_factory=dict)
    _prefix: str = ""

    def owned(self, entries: list[SourceFile]) -> list[OwnedFile]:
        """Return the files with their owners."""
        self._learn(entries)
        files = in_folders([self._owned(entry) for entry in entries])
        if not any(one.upload and one.attempt is None for one in files):
            return files
        return counted((one, stamp(one.given[-1])) for one in files)

    def _owned(self, entry: SourceFile) -> OwnedFile:
        folders = entry.parts[:-1]
        at = self._at[folders]
        if at == len(folders):  # the file's own name identifies the student
            return self._loose(entry)
        before, own, rest = folders[:at], folders[at], entry.parts[at + 1 :]
        name = self._student(own)
        context = [*self._context(before), *self._context((own,) if name != own else ())]
        return OwnedFile(entry, Owner((name,), name), (*context, *rest))

    def _loose(self, entry: SourceFile) -> OwnedFile:
        file = entry.parts[-1]
        given = (*self._context(entry.parts[:-1]), file)
        name = "" if self.deep else self._told(file)
        owner = Owner((student_id_in(name, self.listed),), name) if name else None
        # A list or a notice among the files of a class belongs to nobody.
        answers = file.lower().endswith(HANDED_IN) or self.exercises.parse_name(file).exercises
        if owner is not None and not answers and not (self.listed and self.listed.knows(owner.key)):
            owner = None
        time = stamp(entry.parts[-1])
        upload = "" if time is None else ".".join(map("{:02}".format, time))
        return OwnedFile(entry, owner, given, upload=upload)

    def _told(self, name: str) -> str:
        """Return the student in a file's name, without the exercise and the time."""
        stem = PurePosixPath(name).stem
        if name.lower().endswith(".tar.gz"):
            stem = PurePosixPath(stem).stem
        return self.exercises.parse_name(without_stamp(stem)).rest

    def _context(self, folders: Iterable[str]) -> tuple[str, ...]:
        """Return the exercises named by the folders above a student's."""
        named = (self.exercises.parse_name(part).exercises for part in folders)
        return tuple(next(iter(found)) for found in named if len(found) == 1)

    def _student(self, part: str) -> str:
        """Return the student in a folder's name."""
        if self.listed is not None and self.listed.knows(part):
            return part
        known = student_id_in(part, self.listed)
        if known != part:
            return known
        match = self.exercises.parse_name(part)
        if len(match.exercises) == 1 and match.rest and (match.numbered or self.repositories):
            return match.rest
        return self._without_prefix(part)

    def _without_prefix(self, part: str) -> str:
        """Return a repository's name without the assignment's: the rest may contain hyphens."""
        if not part.startswith(self._prefix):
            return part
        places = [at + 1 for at, sign in enumerate(self._prefix) if sign == "-"]
        if self.listed is not None:
            known = (part[at:] for at in places if self.listed.knows(part[at:]))
            return next(known, part)
        return part[places[-1] :] if places else part

    # The position of the student in a path

    def _learn(self, entries: list[SourceFile]) -> None:
        """Find the position of the student in each folder's path."""
        files: dict[_Parts, list[str]] = defaultdict(list)
        for entry in entries:
            files[entry.parts[:-1]].append(entry.parts[-1])
        if self.flat:
            self._at = {folders: len(folders) for folders in files}
            return
        self._prefix = self._common_prefix(files)
        unknown: dict[_Parts, list[str]] = {}
        for folders, names in files.items():
            at = self._known_at(folders)
            if at is None:
                unknown[folders] = names
            else:
                self._at[folders] = at
        self._by_shape(unknown)

    def _known_at(self, folders: _Parts) -> int | None:
        """Return the position of the first folder that the roster knows."""
        if self.listed is None:
            return None
        strange = False
        for at, part in enumerate(folders):
            # Below a student's own folder a bare number is a version, even if it is somebody's id.
            if not (strange and is_version(part)) and self.listed.knows(self._student(part)):
                return at
            strange |= not self._transparent(part)
        return None

    def _by_shape(self, files: dict[_Parts, list[str]]) -> None:
        """Find the first folders that contain one student's files."""
        open_: list[tuple[int, list[_Parts]]] = [(0, list(files))]
        while open_:
            at, group = open_.pop()
            below: dict[str, list[_Parts]] = defaultdict(list)
            for folders in group:
                if len(folders) == at:
                    self._at[folders] = at
                else:
                    below[folders[at]].append(folders)
            opaque = {name: paths for name, paths in below.items() if not self._transparent(name)}
            gathering = self._gather(opaque, at, files)
            for name, paths in below.items():
                if name not in opaque or gathering or self._names_students(paths, at, files):
                    open_.append((at + 1, paths))
                else:
                    self._at.update(dict.fromkeys(paths, at))

    def _transparent(self, part: str) -> bool:
        """Return True if a folder is a section's, a week's or an exercise's, and no student's."""
        if part not in self._clear:
            self._clear[part] = self._is_transparent(part)
        return self._clear[part]

    def _is_transparent(self, part: str) -> bool:
        if self.listed is not None and self.listed.knows(part):
            return False
        match = self.exercises.parse_name(part)
        return (bool(match.exercises) and (not match.rest or gathers(match.rest))) or gathers(part)

    def _gather(
        self, groups: dict[str, list[_Parts]], at: int, files: dict[_Parts, list[str]]
    ) -> bool:
        """Return True if sibling folders contain the folders of several students each.

        Most do, none has an answer of its own, and the names in them do not recur.
        """
        if self.deep:
            return False
        below: list[set[str]] = []
        for paths in groups.values():
            within = self._next_names(paths, at, files)
            if within and all(map(self._like_a_name, within)):
                below.append(within)
        all_ = [one for within in below for one in within]
        several = any(len(within) > 1 for within in below)
        return several and 2 * len(below) > len(groups) and len(set(all_)) == len(all_)

    def _next_names(self, paths: list[_Parts], at: int, files: dict[_Parts, list[str]]) -> set[str]:
        """Return the folders in a folder, sections left out, that contain answers.

        Empty if the folder itself contains answers.
        """
        names: set[str] = set()
        for path in paths:
            if not any(name.lower().endswith(HANDED_IN) for name in files[path]):
                continue
            opaque = (part for part in path[at + 1 :] if not self._transparent(part))
            names.add(next(opaque, ""))
        return set() if "" in names else names

    def _like_a_name(self, part: str) -> bool:
        return not (is_version(part) or is_inner(part) or self._transparent(part))

    def _names_students(self, paths: list[_Parts], at: int, files: dict[_Parts, list[str]]) -> bool:
        """Return True if files in an unknown folder have the names of several students."""
        if self.listed is None or self.deep:
            return False
        loose = [path for path in paths if all(map(self._transparent, path[at + 1 :]))]
        names = {self._told(name) for path in loose for name in files[path]}
        found = {student_id_in(name, self.listed) for name in names if name}
        return sum(map(self.listed.knows, found)) > 1

    def _common_prefix(self, files: Iterable[_Parts]) -> str:
        """Return the common prefix of repositories: the assignment's name.

        Folders are repositories if there is evidence of it, or if most of the remaining names are
        on the roster.
        """
        names = {folders[0] for folders in files if folders}
        prefix = common_start(names, "-") if len(names) > 1 else ""
        if not prefix or self.repositories or self.listed is None:
            return prefix if self.repositories else ""
        places = [at + 1 for at, sign in enumerate(prefix) if sign == "-"]
        known = sum(any(self.listed.knows(name[at:]) for at in places) for name in names)
        return prefix if 2 * known > len(names) else ""


def one_folder(entries: list[SourceFile]) -> bool:
    """Return True if all files are in one folder."""
    first = {entry.parts[0] for entry in entries}
    return len(first) == 1 and all(len(entry.parts) > 1 for entry in entries)


def strip_wrapper(
    entries: list[SourceFile], stem: str, is_student: Callable[[str], bool]
) -> list[SourceFile]:
    """Return the entries without the folder around all of them that has the zip's name.

    A folder with a student's name belongs to that student.
    """
    if not one_folder(entries) or is_student(entries[0].parts[0]):
        return entries
    # A browser appends a number to a second download.
    return drop_first_part(entries) if entries[0].parts[0] == _COPY.sub("", stem) else entries


def drop_first_part(entries: list[SourceFile]) -> list[SourceFile]:
    """Return the entries without the first part of their paths."""
    return [
        replace(entry, parts=entry.parts[1:], above=entry.above + entry.parts[:1])
        for entry in entries
    ]
