"""From a source to files with students and exercises; the others are listed."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch.errors import BatchError
from grader.batch.intake.archive import archive_entries
from grader.batch.intake.exercises import Exercises
from grader.batch.intake.folder import folder_entries
from grader.batch.intake.layout import Layouts
from grader.batch.intake.match import match_files
from grader.batch.intake.mojibake import decode_names
from grader.batch.intake.nested_archives import expand_archives
from grader.batch.intake.quotas import cap_files_per_student, refuse_bomb, refuse_long_ids
from grader.batch.intake.students import StudentResolver
from grader.batch.models import Doubt
from grader.batch.roster import join, read_roster
from grader.course.system_errors import reason

if TYPE_CHECKING:
    from grader.batch.intake.source_files import SourceFiles
    from grader.batch.models import Intake
    from grader.batch.roster import Roster
    from grader.course.loading import Course


def read_source(
    source: Path,
    course: Course,
    exercises: list[str],
    roster: Path | None,
    *,
    layout: str = "",
    sheet: Path | None = None,
    lasting: bool = False,
) -> Intake:
    """Return the files of a folder or a zip for these exercises, by default for all of the course.

    ``layout``: one of `layout_names`, where it is not to be found out. ``sheet``: the table of the
    learning system that the grades go into, which knows its students. ``lasting``: ids are for a
    gradebook.

    Raises:
        BatchError: the source or the roster cannot be read, the source exceeds a limit, or no
            layout identifies the owners of its files, or none of them is on the roster.
        UnknownExerciseError: the course does not have one of the exercises.

    """
    asked = dict.fromkeys(course.exercise(name).model.id for name in exercises)
    wanted = Exercises(course, tuple(asked))
    listed = _listed(roster, sheet, lasting=lasting)
    entries = _entries(source)
    garbled = decode_names(entries, listed)
    owned, owners = Layouts(wanted, listed, str(source), layout).read(entries)
    if roster is None:
        owned = refuse_long_ids(owned)
    if not owned and not entries.refused and not owners:
        raise BatchError("batch.empty", file=str(source))
    owned = expand_archives(owned, entries)
    owners += [one.owner for one in owned if one.owner is not None and not one.refused]
    kept, surplus = cap_files_per_student(owned, source)
    people = StudentResolver(listed, owners, closed=roster is not None, lasting=lasting)
    if roster is not None and (owned or garbled) and not people.found:
        id_ = "batch.garbled_source" if garbled else "batch.nobody"
        raise BatchError(id_, file=str(source), roster=str(roster))
    intake = match_files(kept, people, wanted)
    refuse_bomb(intake.handed, source)
    intake.unmatched += surplus + entries.refused
    intake.unmatched.sort(key=lambda unmatched: (unmatched.file, unmatched.reason))
    passing = people.passing or (listed is not None and listed.passing)
    doubtful = {"batch.garbled": garbled, "batch.passing": passing}
    intake.doubts += [Doubt("", "", "", "", reason) for reason, so in doubtful.items() if so]
    return intake


def _listed(roster: Path | None, sheet: Path | None, *, lasting: bool) -> Roster | None:
    """Return the students: the roster combined with the system's own table, or that table alone."""
    if roster is not None:
        listed = read_roster(roster, lasting=lasting)
        if sheet is not None and not listed.participants:
            join(listed, sheet)
        return listed
    try:
        return None if sheet is None else read_roster(sheet, lasting=lasting)
    except BatchError:
        return None  # its errors are reported where it is filled in


def _entries(source: Path) -> SourceFiles:
    """Return the files of a folder or a zip."""
    try:
        if source.is_dir():
            return folder_entries(source)
        if not source.exists():
            raise BatchError("batch.source_missing", file=str(source))
        if source.suffix.lower() == ".zip" or zipfile.is_zipfile(source):
            return archive_entries(source)
    except (OSError, ValueError) as error:
        why = reason(error)
        raise BatchError("batch.source_unreadable", file=str(source), detail=why) from None
    raise BatchError("batch.source_kind", file=str(source))
