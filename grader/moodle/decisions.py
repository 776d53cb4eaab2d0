"""Which grades go to the site, and which do not, and why; nothing is asked or written here."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from grader.course.languages import msgid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.moodle.answers import StoredGrade, Submission
    from grader.moodle.grade_sheet import GradeEntry
    from grader.moodle.journal import Line
    from grader.moodle.manifest import Manifest

Fate = Literal["write", "written", "kept"]
FIVE = Decimal("0.00001")  # the decimals that a site stores
_CLOCKS = 300  # seconds by which the site's clock may be behind

# Reasons why a grade is not written.
KEPT = {
    "range": msgid("not between 0 and the maximum: Moodle would store nothing, and say nothing"),
    "gone": msgid("no longer among those who can hand in there"),
    "resubmitted": msgid("handed in anew since it was fetched; fetch and grade once more"),
    "regraded": msgid("graded on the site since it was fetched; fetch and grade once more"),
    "moved": msgid("no longer in the same team; fetch and grade once more"),
    "large": msgid("the feedback has more than 200 kB, which is more than is written"),
    "unreadable": msgid("the page of feedback cannot be read"),
    "refused": msgid("the site has refused it"),
    "lost": msgid("the connection was lost: whether it is there is seen when you run it again"),
    "not_stored": msgid("the site has said yes and stored something else"),
}


@dataclass(frozen=True)
class Now:
    """What the site holds now: grades by user, submissions by number, people with their teams.

    ``sent``: the points that were sent last, by user.
    """

    grades: Mapping[int, StoredGrade]
    submissions: Mapping[int, Submission]
    teams: Mapping[int, int]
    sent: Mapping[int, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """The fate of a grade; ``reason``: of KEPT, where it stays here."""

    fate: Fate
    reason: str = ""


def key_of(assignment: int, entry: GradeEntry, page: bytes | None) -> str:
    """Return the key of a grade in a journal: that of the same grade with the same feedback."""
    said = {
        "assignment": assignment,
        "users": entry.users,
        "attempt": entry.attempt,
        "points": str(stored(entry.points)),
        "comment": entry.comment,
        "page": None if page is None else hashlib.sha256(page).hexdigest(),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def stored(points: Decimal) -> Decimal:
    """Return points as a site stores them."""
    return points.quantize(FIVE)


def decide(entry: GradeEntry, manifest: Manifest, now: Now, line: Line | None) -> Decision:
    """Return the fate of a grade; ``line``: the last line on it in the journal."""
    maximum = manifest.assignment.maximum
    if maximum is None or not 0 <= entry.points <= maximum:
        return Decision("kept", "range")
    if line is not None and line.state != "refused" and _is_there(entry, now, line):
        return Decision("written")
    if any(user not in now.teams for user in entry.users):
        return Decision("kept", "gone")
    people = {person.id: person for person in manifest.people}
    if any(
        user not in people or people[user].team != now.teams[user]
        for user in (entry.users if manifest.assignment.team else ())
    ):
        return Decision("kept", "moved")
    if not _handed_in_alike(entry, manifest, now):
        return Decision("kept", "resubmitted")
    if any(not _graded_alike(user, manifest, now) for user in entry.users):
        return Decision("kept", "regraded")
    return Decision("write")


def _is_there(entry: GradeEntry, now: Now, line: Line) -> bool:
    """Return True if the site holds what this run, or an earlier one, has sent."""
    for user in entry.users:
        held = now.grades.get(user)
        if held is None or held.grade != stored(entry.points):
            return False
        if line.state == "begun" and held.timemodified < line.at - _CLOCKS:
            return False
    return True


def _handed_in_alike(entry: GradeEntry, manifest: Manifest, now: Now) -> bool:
    person = next((one for one in manifest.people if one.id == entry.user), None)
    before = None if person is None else manifest.submission_of(person)
    if before is None:
        found = _of_user(entry.user, now)
        return found is None or found.status == "new"
    after = now.submissions.get(before.id)
    return after is not None and _state(after) == before.state


def _of_user(user: int, now: Now) -> Submission | None:
    team = now.teams.get(user, 0)
    for one in now.submissions.values():
        if one.userid == user or (one.userid == 0 and team and one.groupid == team):
            return one
    return None


def _state(one: Submission) -> tuple[int, int, str, int]:
    return one.id, one.attemptnumber, one.status, one.timemodified


def _graded_alike(user: int, manifest: Manifest, now: Now) -> bool:
    """Return True if nobody else has given another grade since."""
    before = next((one.points for one in manifest.grades if one.user == user), None)
    held = now.grades.get(user)
    after = None if held is None or held.grade < 0 else held.grade
    sent = now.sent.get(user)
    return after == before or (sent is not None and after == stored(sent))
