"""Writes grades and feedback to a site, one after the other; what has changed there stays."""

from __future__ import annotations

import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grader.course.phrases import Phrase, phrase
from grader.moodle.decisions import Now, decide, key_of, stored
from grader.moodle.errors import MoodleError, RefusedError, UnknownOutcomeError
from grader.moodle.fetch import as_fetched, find_assignment
from grader.moodle.grade_sheet import LIMIT, PAGE
from grader.moodle.site import WRITTEN

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal
    from pathlib import Path

    from grader.moodle.answers import Assignment, Feedback, StoredFile
    from grader.moodle.grade_sheet import GradeEntry, GradeSheet
    from grader.moodle.journal import Journal, State
    from grader.moodle.manifest import Manifest
    from grader.moodle.site import Site


@dataclass
class Outcome:
    """What became of one grade; ``detail``: what the site said."""

    entry: GradeEntry
    fate: str
    reason: str = ""
    detail: Phrase | None = None


@dataclass
class Pushed:
    """What became of all grades. ``stopped``: why the rest was not tried."""

    outcomes: list[Outcome] = field(default_factory=list)
    stopped: MoodleError | None = None

    def of(self, fate: str) -> list[Outcome]:
        """Return the grades of one fate."""
        return [one for one in self.outcomes if one.fate == fate]


class Push:
    """One run: what the site holds is read, each grade decided, then written, then read back."""

    def __init__(
        self, site: Site, manifest: Manifest, sheet: GradeSheet, out: Path, journal: Journal
    ) -> None:
        """``out``: the folder of the sheet, to which pages of feedback are relative."""
        self._site = site
        self._manifest = manifest
        self._sheet = sheet
        self._out = out
        self._journal = journal
        self._workflow: dict[int, str] = {}

    def run(self, told: Callable[[int, int], None], *, dry: bool = False) -> Pushed:
        """Write what is to be written; with ``dry`` only say what would be.

        Raises:
            MoodleError: nothing can be written at all.

        """
        with nullcontext() if dry else self._journal.held():
            return self._run(told, dry=dry)

    def _run(self, told: Callable[[int, int], None], *, dry: bool) -> Pushed:
        assignment, now = self._look()
        done = Pushed()
        for number, entry in enumerate(self._sheet.grades, start=1):
            outcome = self._one(entry, assignment, now, done, dry=dry)
            done.outcomes.append(outcome)
            told(number, len(self._sheet.grades))
            if done.stopped is not None:
                break
        if not dry and done.of("write"):
            self._read_back(assignment, done)
        return done

    def _look(self) -> tuple[Assignment, Now]:
        """Return the assignment and what it holds now.

        Raises:
            MoodleError: it is not that of the folder any more, or the token is somebody else's.

        """
        manifest = self._manifest
        info = self._site.info(WRITTEN)
        if (self._sheet.site, self._sheet.assignment) != (manifest.site, manifest.assignment.id):
            raise MoodleError(
                phrase("These grades are of another assignment than the folder that was fetched.")
            )
        if info.userid != manifest.fetched_by:
            raise MoodleError(
                phrase(
                    "The token is that of {{name}}, and {{other}} has fetched the folder. Fetch it "
                    "once more with this token.",
                    name=info.fullname or info.userid,
                    other=manifest.fetched_by_name or manifest.fetched_by,
                )
            )
        course, assignment = find_assignment(self._site.courses(), manifest.assignment.cmid)
        here, there = manifest.assignment, as_fetched(course, assignment)
        if (here.id, here.maximum, here.team) != (there.id, there.maximum, there.team):
            raise MoodleError(
                phrase(
                    "The assignment has been changed since it was fetched: its maximum, or whether "
                    "teams hand in. Fetch and grade once more. Nothing was written."
                )
            )
        for flags in self._site.flags(assignment) if assignment.markingworkflow else ():
            self._workflow[flags.userid] = flags.workflowstate
        return assignment, Now(
            grades={one.userid: one for one in self._site.grades(assignment)},
            submissions={one.id: one for one in self._site.submissions(assignment)},
            teams={one.id: one.groupid for one in self._site.participants(assignment)},
            sent=self._sent(),
        )

    def _sent(self) -> dict[int, Decimal]:
        users = {user for entry in self._sheet.grades for user in entry.users}
        found = {user: self._journal.points_of(user) for user in users}
        return {user: points for user, points in found.items() if points is not None}

    def _one(
        self, entry: GradeEntry, assignment: Assignment, now: Now, done: Pushed, *, dry: bool
    ) -> Outcome:
        try:
            page = None if entry.page is None else (self._out / entry.page).read_bytes()
        except OSError:
            return Outcome(entry, "kept", "unreadable")
        if max(len(page or b""), len((entry.comment or "").encode())) > LIMIT:
            return Outcome(entry, "kept", "large")
        key = key_of(assignment.id, entry, page)
        decision = decide(entry, self._manifest, now, self._journal.last(key))
        if decision.fate != "write" or dry:
            return Outcome(entry, decision.fate, decision.reason)
        try:
            self._write(entry, assignment, page, key)
        except UnknownOutcomeError as error:
            done.stopped = error
            return Outcome(entry, "kept", "lost", error.told)
        except RefusedError as error:
            self._note(key, "refused", entry)
            return Outcome(entry, "kept", "refused", error.told)
        except MoodleError as error:
            done.stopped = error
            return Outcome(entry, "kept", "lost", error.told)
        return Outcome(entry, "write")

    def _write(
        self, entry: GradeEntry, assignment: Assignment, page: bytes | None, key: str
    ) -> None:
        """Write one grade. What the site holds beside it is sent back: it would be erased."""
        before = self._site.feedback(assignment, entry.user)
        draft = self._draft(before, page)
        comment = _comment(before) if entry.comment is None else (entry.comment, 1)
        self._note(key, "begun", entry)
        self._site.save_grade(
            assignment,
            entry.user,
            entry.points,
            attempt=entry.attempt,
            workflow=self._workflow.get(entry.user, ""),
            to_team=bool(entry.members),
            comment=comment,
            draft=draft,
        )
        self._note(key, "written", entry)

    def _note(self, key: str, state: State, entry: GradeEntry) -> None:
        self._journal.note(key, state, _now(), entry.users, entry.points)

    def _draft(self, before: Feedback, page: bytes | None) -> int | None:
        """Return a draft area with the page and all other files of feedback that are there."""
        if page is None:
            return None
        client = self._site.client
        draft = client.upload(PAGE, page)
        for file in _files(before):
            if (file.filepath, file.filename) != ("/", PAGE):
                client.upload(file.filename, client.download(file.fileurl, file.filesize), draft)
        return draft

    def _read_back(self, assignment: Assignment, done: Pushed) -> None:
        """List grades that the site has not stored, although it did not refuse them."""
        try:
            held = {one.userid: one.grade for one in self._site.grades(assignment)}
        except MoodleError as error:
            done.stopped = done.stopped or error
            return
        for outcome in done.of("write"):
            entry = outcome.entry
            if any(held.get(user) != stored(entry.points) for user in entry.users):
                outcome.fate, outcome.reason = "kept", "not_stored"


def _comment(before: Feedback) -> tuple[str, int]:
    """Return the comment that is there, and its format: one that is not sent along is erased."""
    for plugin in before.plugins:
        for editor in plugin.editorfields if plugin.type == "comments" else ():
            return editor.text, editor.format
    return "", 1


def _files(before: Feedback) -> list[StoredFile]:
    return [file for plugin in before.plugins if plugin.type == "file" for file in plugin.files]


def _now() -> int:
    return int(time.time())
