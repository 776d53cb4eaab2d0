"""What the commands print: as lines for people, and as data for programs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from grader.course.colours import ATTENTION
from grader.course.languages import amount
from grader.gradebook.view import Line
from grader.moodle.decisions import KEPT
from grader.report.clean import clean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.course.languages import Translator
    from grader.moodle.answers import Assignment, CourseOfAssignments, Group
    from grader.moodle.fetch import Fetched
    from grader.moodle.manifest import Manifest, Person
    from grader.moodle.push import Outcome, Pushed

Courses = list[tuple["CourseOfAssignments", "list[Group]"]]


def assignments_lines(found: Courses, t: Translator) -> Iterator[Line]:
    """Yield each course with its assignments and groups."""
    for course, groups in found:
        yield Line(_one_line(course.fullname), "bold")
        for assignment in course.assignments:
            yield Line(f"  {assignment.cmid}  {_one_line(assignment.name)}  {_said(assignment, t)}")
        if groups:
            names = ", ".join(_one_line(group.name) for group in groups)
            yield Line("  " + t("groups: {{names}}", names=names))
    if not any(course.assignments for course, _ in found):
        yield Line(t("The owner of the token grades no assignment."))


def _said(assignment: Assignment, t: Translator) -> str:
    if assignment.grade > 0:
        parts = [t("out of {{points}}", points=assignment.grade)]
    else:
        parts = [t("not graded by points")]
    if assignment.duedate:
        parts.append(t("due {{time}}", time=_time(assignment.duedate)))
    if assignment.teamsubmission:
        parts.append(t("by teams"))
    return ", ".join(parts)


def assignments_data(found: Courses) -> list[dict[str, object]]:
    """Return the same for programs."""
    return [
        {
            "course": course.fullname,
            "assignments": [
                {
                    "number": one.cmid,
                    "name": one.name,
                    "maximum": max(one.grade, 0) or None,
                    "due": _time(one.duedate) or None,
                    "teams": one.teamsubmission,
                }
                for one in course.assignments
            ],
            "groups": [group.name for group in groups],
        }
        for course, groups in found
    ]


def fetched_lines(done: Fetched, folder: Path, t: Translator) -> Iterator[Line]:
    """Yield the numbers of a fetch, the cases that need the teacher's eye, and the next command."""
    manifest = done.manifest
    yield Line(
        f"{_one_line(manifest.assignment.course_name)}  {_one_line(manifest.assignment.name)}",
        "bold",
    )
    yield Line(
        t(
            "submissions: {{submissions}}; files fetched: {{new}}; there already: {{kept}}",
            submissions=len(manifest.submissions),
            new=done.new,
            kept=done.kept,
        )
    )
    for what, names in _states(manifest, t):
        if names:
            yield Line("")
            yield Line(what, ATTENTION)
            yield from (Line(f"  {_one_line(name)}") for name in names)
    if done.refused:
        yield Line("")
        yield Line(t("Files that were not fetched"), ATTENTION)
        for path, why in done.refused:
            yield Line(f"  {_one_line(path)}  {_one_line(why.localised(t))}")
    yield Line("")
    yield Line(
        t(
            "Now grade, with the exercise and a folder for the grades: {{command}}",
            command=f"grader batch {folder} --exercise EX --out GRADED --format moodle_web "
            f"--template {folder / 'moodle.json'} --feedback",
        )
    )


def _states(manifest: Manifest, t: Translator) -> Iterator[tuple[str, list[str]]]:
    """Yield a heading for each state, with the students in it."""
    by_status: dict[str, list[str]] = {}
    for one in manifest.submissions:
        names = [person.name or person.own_id for person in manifest.members(one)]
        by_status.setdefault(one.status, []).extend(names or [manifest.teams.get(one.team, "–")])
    yield t("Drafts, which are not handed in and get no grade"), by_status.get("draft", [])
    yield t("Reopened: another attempt is open"), by_status.get("reopened", [])
    more = [person for person in manifest.people if person.extension]
    yield t("With an extension"), [f"{one.name}  {_time(one.extension)}" for one in more]
    if manifest.assignment.team:
        yield t("In no team"), [one.name for one in manifest.people if not one.team]


def fetched_data(done: Fetched) -> dict[str, object]:
    """Return the same for programs."""
    manifest = done.manifest

    def person(one: Person) -> dict[str, object]:
        submission = manifest.submission_of(one)
        return {
            "user": one.id,
            "name": one.name,
            "team": manifest.teams.get(one.team),
            "status": None if submission is None else submission.status,
            "attempt": None if submission is None else submission.attempt + 1,
            "modified": None if submission is None else _time(submission.modified),
            "extension": _time(one.extension) or None,
        }

    return {
        "assignment": manifest.assignment.name,
        "submissions": len(manifest.submissions),
        "fetched": done.new,
        "kept": done.kept,
        "refused": [{"file": path, "reason": str(why)} for path, why in done.refused],
        "people": [person(one) for one in manifest.people],
    }


def pushed_lines(done: Pushed, t: Translator, *, dry: bool) -> Iterator[Line]:
    """Yield the number of grades written, and the others with the reasons."""
    written = done.of("write")
    if dry:
        yield Line(
            t.plural("{{n}} grade would be written", "{{n}} grades would be written", len(written)),
            "bold",
        )
        yield from (Line(f"  {_grade(one, t)}") for one in written)
    else:
        yield Line(t.plural("{{n}} grade written", "{{n}} grades written", len(written)), "bold")
    if before := len(done.of("written")):
        yield Line(t.plural("{{n}} was written before", "{{n}} were written before", before))
    kept = done.of("kept")
    for why in dict.fromkeys(one.reason for one in kept):
        yield Line("")
        yield Line(t("Not written: {{reason}}", reason=t(KEPT[why])), ATTENTION)
        for one in kept:
            if one.reason == why:
                said = "" if one.detail is None else f"  {_one_line(one.detail.localised(t))}"
                yield Line(f"  {_grade(one, t)}{said}")


def pushed_data(done: Pushed, *, dry: bool) -> dict[str, object]:
    """Return the same for programs."""
    return {
        "dry_run": dry,
        "stopped": None if done.stopped is None else str(done.stopped),
        "grades": [
            {
                "user": one.entry.user,
                "members": list(one.entry.members),
                "name": one.entry.name,
                "points": str(one.entry.points),
                "fate": one.fate,
                "reason": one.reason,
                "detail": None if one.detail is None else str(one.detail),
            }
            for one in done.outcomes
        ],
    }


def _grade(one: Outcome, t: Translator) -> str:
    return f"{_one_line(one.entry.name)}  {amount(one.entry.points, t.lang)}"


def _time(seconds: int) -> str:
    """Return a time of the site's, in UTC; empty where there is none."""
    if not seconds:
        return ""
    return f"{dt.datetime.fromtimestamp(seconds, dt.UTC):%Y-%m-%d %H:%M} UTC"


def _one_line(text: str) -> str:
    """Return a text of somebody else's, fit for one line of a terminal."""
    return clean(text, 300).replace("\n", " ")
