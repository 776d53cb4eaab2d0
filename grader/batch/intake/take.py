"""From a source to files with students and exercises; what cannot be told is listed."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch.intake.archive import archive_entries
from grader.batch.intake.canvas import canvas
from grader.batch.intake.exercises import Exercises
from grader.batch.intake.folder import folder_entries
from grader.batch.intake.gradescope import export_in
from grader.batch.intake.limits import bearable, refuse_bomb, without_surplus
from grader.batch.intake.match import matched
from grader.batch.intake.moodle import moodle
from grader.batch.intake.people import Class
from grader.batch.intake.plain import one_folder, plain, unwrapped, without_first
from grader.batch.intake.recognise import System, system_of
from grader.batch.problems import BatchProblem
from grader.batch.roster import read_roster

if TYPE_CHECKING:
    from grader.batch.intake.entries import Entries
    from grader.batch.intake.owned import Owned, Owner
    from grader.batch.models import Intake
    from grader.batch.roster import Roster
    from grader.course.loading import Course


def take_in(source: Path, course: Course, exercises: list[str], roster: Path | None) -> Intake:
    """Return what a folder or a zip holds for these exercises; none named: for all of the course.

    Raises:
        BatchProblem: the source or the roster cannot be read, or the source holds too much.
        UnknownExercise: the course does not have one of the exercises.

    """
    asked = dict.fromkeys(course.exercise(name).model.id for name in exercises)
    wanted = Exercises(course, tuple(asked))
    listed = None if roster is None else read_roster(roster)
    entries = _entries(source)
    owned, owners = _layout(entries, wanted, listed)
    if listed is None:
        owned = bearable(owned)
    if not owned and not entries.refused and not owners:
        raise BatchProblem("batch.empty", file=str(source))
    owners += [one.owner for one in owned if one.owner is not None and not one.refused]
    kept, surplus = without_surplus(owned, source)
    intake = matched(kept, Class(listed, owners), wanted)
    refuse_bomb(intake.handed, source)
    intake.unmatched += surplus + entries.refused
    intake.unmatched.sort(key=lambda unmatched: (unmatched.file, unmatched.reason))
    return intake


def _entries(source: Path) -> Entries:
    """Return the files of a folder or a zip."""
    try:
        if source.is_dir():
            return folder_entries(source)
        if not source.exists():
            raise BatchProblem("batch.source_missing", file=str(source))
        if source.suffix.lower() == ".zip" or zipfile.is_zipfile(source):
            return archive_entries(source)
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        raise BatchProblem("batch.source_unreadable", file=str(source), detail=detail) from None
    raise BatchProblem("batch.source_kind", file=str(source))


def _layout(
    entries: Entries, wanted: Exercises, listed: Roster | None
) -> tuple[list[Owned], list[Owner]]:
    """Return the files as the system that made the source tells them, and all that it names."""
    files = entries.files
    knows = listed.knows if listed is not None else lambda _: False
    wrapped = one_folder(files) and not knows(files[0].parts[0])
    for candidate in (files, without_first(files)) if wrapped else (files,):
        export = export_in(candidate)
        if export is not None:
            return list(export.owned()), list(export.owners())
        system = system_of(candidate)
        if system is System.MOODLE:
            return list(moodle(candidate)), []
        if system is System.CANVAS:
            return list(canvas(candidate, knows)), []
    return list(plain(unwrapped(files, entries.stem, knows), wanted)), []
