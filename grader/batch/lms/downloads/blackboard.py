"""Blackboard, "Assignment file download": ``Ex11_aone_attempt_2026-11-20-10-11-12_ex11.py``.

The assignment, the user name, the time. Beside the files of each attempt is a text of the same name
without a file's, which begins with ``Name: Ada One (aone)``. Whatever follows the first time in a
name is the student's own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from grader.batch.lms.download import Download
from grader.batch.lms.ownership import OwnedFile, Owner
from grader.batch.lms.versions import counted
from grader.batch.names import common_start
from grader.batch.times import stamp
from grader.course.language_words import pattern
from grader.course.unreadable import UnreadableSubmissionError

if TYPE_CHECKING:
    from grader.batch.intake.source_files import SourceFile
    from grader.batch.roster import Roster
    from grader.batch.times import Time

_NAME = re.compile(
    rf"(?P<front>.+?)_(?:{pattern('file_names', 'attempt')})_"
    r"(?P<time>\d{4}(?:-\d\d){5})"
    r"(?:_(?P<file>.+)|\.txt)",
    re.DOTALL,
)
_WHO = re.compile(r"\A\ufeff?[^\n:]{1,20}: *(?P<name>[^\n]*?) *\((?P<user>[^()\n]+)\) *\r?\n")
_TEXT = 1  # MiB


class Blackboard(Download):
    """Names of folders and files as Blackboard gives them."""

    title = "Blackboard"
    example = ("Ex11_aone_attempt_2026-11-20-10-11-12_ex11.py",)
    rank = 5

    def mark(self, entry: SourceFile) -> tuple[int, str] | None:
        """Return where a name says whose it is as Blackboard does, and whose."""
        found = _NAME.fullmatch(entry.parts[0])
        return None if found is None else (found.end("front"), found["front"])

    def owned(self, entries: list[SourceFile], _listed: Roster | None, /) -> list[OwnedFile]:
        """Return the files with their owners."""
        found = [(entry, _NAME.fullmatch(entry.parts[0])) for entry in entries]
        listed = {name["front"]: _told(entry) for entry, name in found if name and not name["file"]}
        fronts = dict.fromkeys(name["front"] for _, name in found if name)
        users = _users(list(fronts), listed)
        files: list[tuple[OwnedFile, Time | None]] = []
        for entry, name in found:
            if name is None:
                files.append((OwnedFile(entry, None, entry.parts), None))
                continue
            front, user = name["front"], users[name["front"]]
            called = listed.get(front, ("", ""))[0] or user
            assignment = front.removesuffix(user).rstrip("_")
            owned = OwnedFile(
                entry,
                Owner((user,), called),
                (*filter(None, [assignment]), name["file"] or entry.parts[0], *entry.parts[1:]),
                upload=name["time"],
                aside="" if name["file"] else "batch.system_file",
            )
            files.append((owned, stamp(name["time"])))
        return counted(files)


def _told(entry: SourceFile) -> tuple[str, str]:
    """Return the name and the user name in the text beside an attempt."""
    try:
        text = entry.read_up_to(_TEXT)[:1000].decode("utf-8", "replace")
    except (OSError, UnreadableSubmissionError):
        return "", ""
    found = _WHO.match(text)
    return ("", "") if found is None else (found["name"], found["user"])


def _users(fronts: list[str], listed: dict[str, tuple[str, str]]) -> dict[str, str]:
    """Return the user name that each beginning ends in: the assignment in front is the same."""
    users: dict[str, str] = {}
    assignments: dict[str, int] = defaultdict(int)
    for front in fronts:
        user = listed.get(front, ("", ""))[1]
        if user and front.endswith(f"_{user}"):
            users[front] = user
            assignments[front.removesuffix(user)] += 1
    common = max(assignments, key=lambda one: assignments[one], default="")
    if not common:
        common = common_start(fronts, "_")
    for front in fronts:
        own = front[len(common) :] if common and front.startswith(common) else ""
        users.setdefault(front, own or front.rpartition("_")[2])
    return users
