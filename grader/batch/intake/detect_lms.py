"""Detection of the system that made a source, by the names of its files across students.

Systems put the student in front of the original file name. So the first mark in a name counts, and
each student has one vote, however many files there are. A system is detected only if it explains
all but a few; if it explains some and not the others, the source is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.batch.intake.autolab import autolab, match_autolab_name
from grader.batch.intake.blackboard import blackboard, match_blackboard_name
from grader.batch.intake.brightspace import brightspace, match_brightspace_name
from grader.batch.intake.canvas import canvas, match_canvas_name
from grader.batch.intake.moodle import match_moodle_name, moodle
from grader.batch.intake.vpl import match_vpl_name, vpl
from grader.batch.intake.words import HANDED_IN

if TYPE_CHECKING:
    from grader.batch.intake.ownership import OwnedFile
    from grader.batch.intake.source_files import SourceFile
    from grader.batch.roster import Roster

_FEW, _SHARE = 2, 5  # students: two, or one in five


@dataclass(frozen=True)
class LmsFormat:
    """A system that names files after students.

    ``mark`` returns the position of the system's part in a path, and the student; None without one.
    """

    title: str
    mark: Callable[[SourceFile], tuple[int, str] | None]
    owned: Callable[[list[SourceFile], Roster | None], list[OwnedFile]]


def _without_roster(
    read: Callable[[list[SourceFile]], list[OwnedFile]],
) -> Callable[..., list[OwnedFile]]:
    return lambda entries, _: read(entries)


SYSTEMS = {
    "moodle": LmsFormat("Moodle", match_moodle_name, _without_roster(moodle)),
    "canvas": LmsFormat("Canvas", match_canvas_name, canvas),
    "brightspace": LmsFormat("Brightspace", match_brightspace_name, _without_roster(brightspace)),
    "blackboard": LmsFormat("Blackboard", match_blackboard_name, _without_roster(blackboard)),
    "autolab": LmsFormat("Autolab", match_autolab_name, _without_roster(autolab)),
    "vpl": LmsFormat("VPL", match_vpl_name, _without_roster(vpl)),
}


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
    name, explained = max(((name, votes[name]) for name in SYSTEMS), key=lambda found: found[1])
    return name if total - explained <= few(total) and 2 * explained > total else ""


def mixed(votes: Counter[str]) -> list[str]:
    """Return the systems that explain more than a few, though none of them all."""
    total = votes.total()
    return [SYSTEMS[name].title for name in SYSTEMS if votes[name] > few(total)]


def _vote(entry: SourceFile) -> tuple[str, str]:
    """Return the system that named a file or its folder, and the student."""
    found = []
    for rank, (name, system) in enumerate(SYSTEMS.items()):
        mark = system.mark(entry)
        if mark is not None:
            found.append((mark[0], rank, name, mark[1]))
    if not found:
        return "", entry.parts[0]
    _, _, name, whom = min(found)
    return name, whom
