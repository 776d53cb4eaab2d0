"""Moodle, fetched by its web services: ``moodle.json`` says whose each file is.

The number of a person at the site is the same in every assignment, and a team's work counts for
each of its members.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from grader.batch.errors import LmsError
from grader.batch.lms.download import Contents, Download
from grader.batch.lms.ownership import OwnedFile, Owner
from grader.course.languages import msgid
from grader.course.unreadable import UnreadableSubmissionError
from grader.moodle.manifest import FILES, MANIFEST, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.batch.intake.source_files import SourceFile
    from grader.batch.roster import Roster
    from grader.moodle.manifest import FetchedFile, FetchedSubmission, Manifest, Person

_LIMIT = 64  # MiB
_BROKEN = msgid(
    "The file {{file}} is not what `grader moodle fetch` writes, or a newer version wrote it. "
    "Fetch the assignment once more."
)
_INCOMPLETE = msgid(
    "The assignment in {{file}} was not fetched to its end. Run the same `grader moodle fetch` "
    "again."
)


class MoodleWeb(Download):
    """A folder that was fetched, with its list."""

    title = "Moodle (web services)"
    example = (MANIFEST, f"{FILES}/user-17/ex11.py")
    rank = 8

    def contents(self, entries: list[SourceFile], /) -> Contents | None:
        """Return the files and owners by the list; None where there is none.

        Raises:
            BatchError: the list cannot be understood, or is not complete.

        """
        listed = next((entry for entry in entries if entry.parts == (MANIFEST,)), None)
        if listed is None or not all(entry.parts[0] in {MANIFEST, FILES} for entry in entries):
            return None
        try:
            manifest = parsed(listed.read_up_to(_LIMIT))
        except (OSError, UnreadableSubmissionError):
            manifest = None
        if manifest is None:
            raise LmsError("batch.metadata", _BROKEN, file=listed.path)
        if not manifest.complete:
            raise LmsError("batch.metadata", _INCOMPLETE, file=listed.path)
        found = list(_owned([entry for entry in entries if entry is not listed], manifest))
        return found, [owner_of(person) for person in manifest.people]

    def owned(self, entries: list[SourceFile], _listed: Roster | None, /) -> list[OwnedFile]:
        """Return the files, whose names alone tell nobody."""
        return [OwnedFile(entry, None, entry.parts) for entry in entries]


def owner_of(person: Person) -> Owner:
    """Return a person as the owner of files."""
    return Owner((*person.ids, person.own_id), person.name, lang=person.lang)


def _owned(entries: list[SourceFile], manifest: Manifest) -> Iterator[OwnedFile]:
    there = {
        file.path: (submission, file)
        for submission in manifest.submissions
        for file in submission.files
    }
    for entry in entries:
        found = there.get(entry.path)
        if found is None:
            yield OwnedFile(entry, None, entry.parts)
            continue
        submission, file = found
        members = list(manifest.members(submission))
        if not members:
            yield OwnedFile(entry, None, entry.parts, refused="batch.no_group")
        for person in members:
            yield _file(entry, person, submission, file, manifest)


def _file(
    entry: SourceFile,
    person: Person,
    submission: FetchedSubmission,
    file: FetchedFile,
    manifest: Manifest,
) -> OwnedFile:
    due = max(manifest.assignment.due, person.extension)
    handed_in = dt.datetime.fromtimestamp(submission.modified, dt.UTC)
    return OwnedFile(
        entry,
        owner_of(person),
        tuple(file.given.split("/")),
        submission.attempt + 1,
        late=submission.modified > due if manifest.assignment.due else None,
        submitted_at=handed_in.isoformat(timespec="seconds"),
        upload=str(submission.id),
        aside="batch.online_text" if file.typed else "",
    )
