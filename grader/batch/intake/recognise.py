"""Which system made a source: what most students' files are named by, never what one student's are.

Systems write whose a file is in front of the name that the student gave it. So the first mark in a
name counts, and each student has one vote, however many files there are.
"""

from __future__ import annotations

from collections import Counter
from enum import Enum
from typing import TYPE_CHECKING

from grader.batch.intake.canvas import canvas_mark
from grader.batch.intake.moodle import moodle_mark

if TYPE_CHECKING:
    from grader.batch.intake.entries import Entry


class System(Enum):
    """Who names files after students."""

    MOODLE = "moodle"
    CANVAS = "canvas"
    NONE = "none"


def system_of(entries: list[Entry]) -> System:
    """Return the system whose names more than half of all students have."""
    votes = {_vote(entry) for entry in entries}
    count = Counter(system for system, _ in votes)
    most = (one for one in (System.MOODLE, System.CANVAS) if 2 * count[one] > len(votes))
    return next(most, System.NONE)


def _vote(entry: Entry) -> tuple[System, str]:
    """Return who named a file or its folder, and after whom."""
    name = entry.parts[0]
    moodle = moodle_mark(name)
    canvas = canvas_mark(name) if len(entry.parts) == 1 else None
    if moodle is not None and (canvas is None or moodle.start("number") <= canvas.start("user")):
        return System.MOODLE, moodle["number"]
    if canvas is not None:
        return System.CANVAS, canvas["user"]
    return System.NONE, name
