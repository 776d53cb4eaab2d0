"""Detection of the system that made a source, by the names of its files across students.

Systems put the student in front of the original file name. So the first mark in a name counts, and
each student has one vote, however many files there are. A system is detected only if it explains
all but a few; if it explains some and not the others, the source is refused.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from grader.batch.lms.registry import systems
from grader.batch.name_words import HANDED_IN

if TYPE_CHECKING:
    from grader.batch.intake.source_files import SourceFile

_FEW, _SHARE = 2, 5  # students: two, or one in five


def few(of: int) -> int:
    """Return the number of students that counts as a few of so many."""
    return max(_FEW, of // _SHARE)


def votes(entries: list[SourceFile]) -> Counter[str]:
    """Return how many students each system explains; ``""``: none does.

    Lists and notices beside the students' files have no vote.
    """
    found = {_vote(entry) for entry in entries if len(entry.parts) > 1 or _votes(entry)}
    return Counter(system for system, _ in found)


def _votes(entry: SourceFile) -> bool:
    """Return True if a loose file is a student's by its kind, or by a system's mark."""
    return entry.name.lower().endswith(HANDED_IN) or bool(_vote(entry)[0])


def believed(votes: Counter[str]) -> str:
    """Return the system that explains all but a few, else an empty text."""
    total = votes.total()
    name, explained = max(((name, votes[name]) for name in systems()), key=lambda found: found[1])
    return name if total - explained <= few(total) and 2 * explained > total else ""


def mixed(votes: Counter[str]) -> list[str]:
    """Return the systems that explain more than a few, though none of them all."""
    total = votes.total()
    return [one.title for name, one in systems().items() if votes[name] > few(total)]


def _vote(entry: SourceFile) -> tuple[str, str]:
    """Return the system that named a file or its folder, and the student."""
    found = []
    for rank, (name, system) in enumerate(systems().items()):
        mark = system.mark(entry)
        if mark is not None:
            found.append((mark[0], rank, name, mark[1]))
    if not found:
        return "", entry.parts[0]
    _, _, name, whom = min(found)
    return name, whom
