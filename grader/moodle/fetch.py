"""Fetches the submissions of an assignment into a folder; what is there already stays."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grader.course.atomic_file import replace_file
from grader.course.phrases import Phrase, phrase
from grader.course.system_errors import reason
from grader.moodle.errors import MoodleError, RefusedError
from grader.moodle.manifest import (
    FILES,
    MANIFEST,
    FetchedAssignment,
    FetchedFile,
    FetchedGrade,
    FetchedSubmission,
    Manifest,
    Person,
    parsed,
)
from grader.moodle.site import READ

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from grader.moodle.answers import (
        Assignment,
        CourseOfAssignments,
        EnrolledUser,
        Participant,
        StoredFile,
        Submission,
        UserFlags,
    )
    from grader.moodle.site import Site

FILE_LIMIT = 32 * 2**20  # bytes of a file
_UNFIT = re.compile(r"[^\w .()+-]")
_PART = 80  # characters of a name in the folder
_TYPED = "onlinetext.html"
_EVERY = 20  # submissions after which the manifest is written


@dataclass
class Fetched:
    """What came of it. ``refused``: files that were not fetched, with the reasons."""

    manifest: Manifest
    new: int = 0
    kept: int = 0
    refused: list[tuple[str, Phrase]] = field(default_factory=list)


def find_assignment(
    courses: Iterable[CourseOfAssignments], cmid: int
) -> tuple[CourseOfAssignments, Assignment]:
    """Return the assignment with the number of its address, and its course.

    Raises:
        MoodleError: the token's owner grades no such assignment.

    """
    for course in courses:
        for assignment in course.assignments:
            if assignment.cmid == cmid:
                return course, assignment
    raise MoodleError(
        phrase(
            "The owner of the token grades no assignment with the number {{number}}. See them with "
            "`grader moodle list`.",
            number=cmid,
        )
    )


def as_fetched(course: CourseOfAssignments, assignment: Assignment) -> FetchedAssignment:
    """Return the data that are kept of an assignment."""
    return FetchedAssignment(
        id=assignment.id,
        cmid=assignment.cmid,
        name=assignment.name,
        course=course.id,
        course_name=course.fullname,
        maximum=assignment.grade if assignment.grade > 0 else None,
        due=assignment.duedate,
        team=assignment.teamsubmission,
        workflow=assignment.markingworkflow,
    )


def people_of(
    participants: Iterable[Participant],
    enrolled: Iterable[EnrolledUser],
    flags: Mapping[int, UserFlags],
) -> tuple[Person, ...]:
    """Return those who can hand in, with ids that each has alone: the site allows equal ones."""
    known = {one.id: one for one in enrolled}
    ids = {
        one: tuple(filter(None, (user.idnumber.strip(), user.email.strip(), user.username.strip())))
        for one, user in known.items()
    }
    often = Counter(id_.casefold() for own in ids.values() for id_ in set(map(str.casefold, own)))
    return tuple(
        Person(
            id=one.id,
            name=one.fullname,
            ids=tuple(id_ for id_ in ids.get(one.id, ()) if often[id_.casefold()] == 1),
            lang=known[one.id].lang if one.id in known else "",
            team=one.groupid,
            extension=flags[one.id].extensionduedate if one.id in flags else 0,
        )
        for one in participants
    )


def fetch(site: Site, cmid: int, folder: Path, told: Callable[[int, int], None]) -> Fetched:
    """Fetch an assignment; ``told`` gets how many submissions are done, and of how many.

    Files that an earlier fetch has brought, and that are the same at the site, are not fetched
    again; what is gone from the site goes from the folder.

    Raises:
        MoodleError: the site cannot be used, or the folder not be written.

    """
    info = site.info(READ)
    course, assignment = find_assignment(site.courses(), cmid)
    before = _earlier(folder, site.client.site, assignment.id)
    _make(folder)
    flags = {one.userid: one for one in site.flags(assignment)}
    participants = site.participants(assignment)
    known = [] if assignment.anonymous else site.enrolled(course.id)
    people = people_of(participants, known, flags)
    grades = site.grades(assignment)
    submissions = site.submissions(assignment)
    manifest = Manifest(
        site=site.client.site,
        fetched_by=info.userid,
        fetched_by_name=info.fullname,
        fetched_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        complete=False,
        assignment=as_fetched(course, assignment),
        people=people,
        teams={one.groupid: one.groupname for one in participants if one.groupid},
        grades=tuple(
            FetchedGrade(
                user=one.userid,
                attempt=one.attemptnumber,
                points=one.grade if one.grade >= 0 else None,
                modified=one.timemodified,
            )
            for one in grades
        ),
    )
    done = Fetched(manifest)
    old = {} if before is None else {f.path: f for s in before.submissions for f in s.files}
    fetched: list[FetchedSubmission] = []
    try:
        for number, submission in enumerate(submissions, start=1):
            fetched.append(_fetch_one(site, submission, folder, old, done))
            told(number, len(submissions))
            if number % _EVERY == 0:
                _store(folder, manifest, fetched)
    except BaseException:
        _store(folder, manifest, fetched)
        raise
    new = {file.path for one in fetched for file in one.files}
    for path in old.keys() - new:
        (folder / path).unlink(missing_ok=True)
    done.manifest = _store(folder, manifest, fetched, complete=True)
    return done


def _make(folder: Path) -> None:
    """Make the folder, which others on the machine cannot look into.

    Raises:
        MoodleError: it cannot be made.

    """
    try:
        if not folder.exists():
            folder.mkdir(parents=True, mode=0o700)
    except OSError as error:
        raise _unwritable(folder, error) from None


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a folder that was fetched to the end.

    Raises:
        MoodleError: there is none, or it is incomplete.

    """
    try:
        manifest = parsed((folder / MANIFEST).read_bytes())
    except OSError:
        manifest = None
    if manifest is None or not manifest.complete:
        raise MoodleError(
            phrase(
                "{{folder}} does not hold an assignment that was fetched to its end. Run `grader "
                "moodle fetch` with this folder.",
                folder=folder,
            )
        )
    return manifest


def _earlier(folder: Path, site: str, assignment: int) -> Manifest | None:
    """Return the manifest of an earlier fetch of the same assignment into the folder.

    Raises:
        MoodleError: the folder holds something else.

    """
    try:
        inside = folder.exists() and any(folder.iterdir())
        data = (folder / MANIFEST).read_bytes() if inside else b""
    except FileNotFoundError:
        data = b""
    except OSError as error:
        raise _unwritable(folder, error) from None
    manifest = parsed(data) if data else None
    ours = manifest is not None and (manifest.site, manifest.assignment.id) == (site, assignment)
    if inside and not ours:
        raise MoodleError(
            phrase(
                "{{folder}} holds something else than this assignment. Name another folder.",
                folder=folder,
            )
        )
    return manifest


def _fetch_one(
    site: Site,
    submission: Submission,
    folder: Path,
    old: Mapping[str, FetchedFile],
    done: Fetched,
) -> FetchedSubmission:
    owner = f"user-{submission.userid}" if submission.userid else f"team-{submission.groupid}"
    place = f"{FILES}/{owner}"
    files: list[FetchedFile] = []
    taken: set[str] = set()
    for plugin in submission.plugins:
        if plugin.type == "file":
            for file in plugin.files:
                path = _free(f"{place}/{_safe(file.filepath, file.filename)}", taken)
                files.append(_fetch_file(site, file, path, folder, old, done))
        for editor in plugin.editorfields:
            if editor.text.strip():
                path = _free(f"{place}/{_TYPED}", taken)
                data = editor.text.encode("utf-8", "replace")
                files.append(_kept(folder, path, data, typed=True))
    return FetchedSubmission(
        id=submission.id,
        user=submission.userid,
        team=submission.groupid,
        attempt=submission.attemptnumber,
        status=submission.status,
        modified=submission.timemodified,
        files=tuple(files),
    )


def _fetch_file(
    site: Site,
    file: StoredFile,
    path: str,
    folder: Path,
    old: Mapping[str, FetchedFile],
    done: Fetched,
) -> FetchedFile:
    given = "/".join(_parts(file.filepath, file.filename))
    found = FetchedFile(
        path=path, given=given, url=file.fileurl, size=file.filesize, modified=file.timemodified
    )
    before = old.get(path)
    if before is not None and before.sha256 and _same(before, found) and _there(folder, before):
        done.kept += 1
        return before
    try:
        data = _downloaded(site, file)
    except RefusedError as error:
        done.refused.append((path, error.told))
        return found.model_copy(update={"refused": str(error.told)})
    done.new += 1
    return _kept(folder, path, data, found=found)


def _downloaded(site: Site, file: StoredFile) -> bytes:
    if file.filesize > FILE_LIMIT:
        raise RefusedError(phrase("it is larger than {{n}} MiB", n=FILE_LIMIT >> 20))
    return site.client.download(file.fileurl, file.filesize)


def _kept(
    folder: Path,
    path: str,
    data: bytes,
    *,
    found: FetchedFile | None = None,
    typed: bool = False,
) -> FetchedFile:
    """Write a file, and return its entry in the list."""
    try:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        replace_file(folder / path, data)
    except OSError as error:
        raise _unwritable(folder / path, error) from None
    noted = found or FetchedFile(path=path, given=_TYPED, size=len(data), typed=typed)
    return noted.model_copy(update={"sha256": hashlib.sha256(data).hexdigest()})


def _same(one: FetchedFile, other: FetchedFile) -> bool:
    return (one.url, one.size, one.modified) == (other.url, other.size, other.modified)


def _there(folder: Path, file: FetchedFile) -> bool:
    try:
        return hashlib.sha256((folder / file.path).read_bytes()).hexdigest() == file.sha256
    except OSError:
        return False


def _parts(folder: str, name: str) -> list[str]:
    parts = f"{folder}/{name}".replace("\\", "/").split("/")
    return [part for part in parts if part not in {"", ".", ".."}]


def _safe(folder: str, name: str) -> str:
    """Return a path of a student's that stays in its folder on every system."""
    parts = []
    for part in _parts(folder, name):
        text = _UNFIT.sub("_", part).strip(" .") or "_"
        stem, dot, ending = text.rpartition(".")
        parts.append(f"{stem[: _PART - 20]}{dot}{ending[:20]}" if dot else text[:_PART])
    return "/".join(parts[-8:]) or "_"


def _free(path: str, taken: set[str]) -> str:
    """Return a path that no other file has, also where upper and lower case are the same."""
    stem, dot, ending = path.rpartition(".")
    tried, number = path, 1
    while tried.casefold() in taken:
        number += 1
        tried = f"{stem} ({number}){dot}{ending}" if dot else f"{path} ({number})"
    taken.add(tried.casefold())
    return tried


def _store(
    folder: Path,
    manifest: Manifest,
    submissions: Iterable[FetchedSubmission],
    *,
    complete: bool = False,
) -> Manifest:
    stored = manifest.model_copy(update={"submissions": tuple(submissions), "complete": complete})
    try:
        replace_file(folder / MANIFEST, stored.model_dump_json(indent=1).encode())
    except OSError as error:
        raise _unwritable(folder, error) from None
    return stored


def _unwritable(path: Path, error: OSError) -> MoodleError:
    return MoodleError(
        phrase("{{file}} cannot be written: {{reason}}", file=path, reason=reason(error))
    )
