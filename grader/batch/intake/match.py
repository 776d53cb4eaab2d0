"""Which file answers which exercise for whom; what does not is listed with its reason."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from grader.batch.models import Handed, Intake, Student, Unmatched
from grader.batch.names import natural
from grader.batch.roster import Ambiguous

if TYPE_CHECKING:
    from grader.batch.intake.exercises import Exercises
    from grader.batch.intake.owned import Owned
    from grader.batch.intake.people import Class

ATTEMPTS = 20  # files of one student that are graded for one exercise
_NAMED_NONE = "batch.no_exercise"


@dataclass
class _Sorting:
    """Files on their way: by student and exercise, those that name none by student."""

    named: dict[tuple[Student, str], list[Owned]] = field(default_factory=lambda: defaultdict(list))
    unnamed: dict[Student, list[Owned]] = field(default_factory=lambda: defaultdict(list))
    # Keyed, since a file of several students is listed once.
    unmatched: dict[Unmatched, None] = field(default_factory=dict)

    def refuse(self, owned: Owned, reason: str) -> None:
        self.unmatched[Unmatched(owned.entry.path, reason)] = None


def matched(owned: list[Owned], people: Class, wanted: Exercises) -> Intake:
    """Return what was handed in, in the order of students and exercises."""
    sorting = _Sorting()
    for one in owned:
        _sort(one, people, wanted, sorting)
    _share_unnamed(sorting, wanted)
    handed: list[Handed] = []
    for (student, exercise), files in sorting.named.items():
        right = _one_of_an_upload(_of_its_kind(exercise, files, wanted, sorting), sorting)
        handed += _attempts(student, exercise, right, sorting)
    order = {student: number for number, student in enumerate(people.students)}
    ranks = {id_: number for number, id_ in enumerate(wanted.ids)}
    places = {student.id: order[student] for student in order}
    handed.sort(key=lambda one: (places[one.student], ranks[one.exercise], one.attempt))
    return Intake(handed, list(sorting.unmatched), people.students)


def _sort(one: Owned, people: Class, wanted: Exercises, sorting: _Sorting) -> None:
    if one.owner is None or one.refused:
        sorting.refuse(one, one.refused or "batch.no_student")
        return
    try:
        student = people.whom(one.owner)
    except Ambiguous:
        sorting.refuse(one, "batch.ambiguous_student")
        return
    exercise, reason = _exercise(one.given, wanted)
    if student is None:
        sorting.refuse(one, "batch.no_student")
    elif exercise is not None:
        sorting.named[student, exercise].append(one)
    elif reason == _NAMED_NONE:
        sorting.unnamed[student].append(one)
    else:
        sorting.refuse(one, reason)


def _exercise(given: tuple[str, ...], wanted: Exercises) -> tuple[str | None, str]:
    """Return the exercise that a name tells, or why it tells none."""
    told = wanted.told(PurePosixPath(given[-1]).stem)
    if len(told.exercises) + told.unknown > 1:
        return None, "batch.two_exercises"
    if told.unknown:
        return None, "batch.unknown_exercise"
    folders = (wanted.whole(part) for part in reversed(given[:-1]))
    exercise = next(iter(told.exercises), None) or next(filter(None, folders), None)
    if exercise is None:
        return None, _NAMED_NONE
    if wanted.asked and exercise not in wanted.asked:
        return None, "batch.other_exercise"
    return exercise, ""


def _share_unnamed(sorting: _Sorting, wanted: Exercises) -> None:
    """Give files that name no exercise to the only one asked for, where nothing else answers it."""
    for student, files in sorting.unnamed.items():
        exercise = wanted.default
        if exercise is not None and (student, exercise) not in sorting.named:
            sorting.named[student, exercise] = files
            continue
        for one in files:
            sorting.refuse(one, _NAMED_NONE if exercise is None else "batch.named_instead")


def _of_its_kind(
    exercise: str, files: list[Owned], wanted: Exercises, sorting: _Sorting
) -> list[Owned]:
    """Return the files that the exercise asks for; where there are none, all, to be told of it."""
    right: list[Owned] = []
    wrong: list[Owned] = []
    for one in files:
        (right if wanted.fits(exercise, one.given[-1]) else wrong).append(one)
    if not right:
        return wrong
    for one in wrong:
        sorting.refuse(one, "batch.suffix")
    return right


def _one_of_an_upload(files: list[Owned], sorting: _Sorting) -> list[Owned]:
    """Return the files in the order in which they were handed in, the last one of each upload.

    Whoever hands in several answers at once has one try, not several.
    """
    files = sorted(files, key=_order)
    last = {one.upload: one for one in files}
    kept: list[Owned] = []
    for one in files:
        if one.upload is None or last[one.upload] is one:
            kept.append(one)
        elif last[one.upload].entry is not one.entry:
            sorting.refuse(one, "batch.same_upload")
    return kept


def _order(one: Owned) -> tuple[object, ...]:
    """Return what sorts files as they came in, the system's own counting first."""
    name = PurePosixPath(one.given[-1])
    told = (one.order, one.attempt or 0, one.submitted_at or "")
    return (*told, one.given[:-1], natural(name.stem), one.given)


def _attempts(
    student: Student, exercise: str, files: list[Owned], sorting: _Sorting
) -> list[Handed]:
    """Return the newest files as attempts, each with a higher number than those before it."""
    numbers: list[int] = []
    for one in files:
        numbers.append(max(one.attempt or 1, numbers[-1] + 1 if numbers else 1))
    for one in files[:-ATTEMPTS]:
        sorting.refuse(one, "batch.too_many_files")
    return [
        Handed(
            student=student.id,
            name=student.name,
            exercise=exercise,
            file=one.entry.path,
            read=one.entry.read,
            attempt=number,
            late=one.late,
            submitted_at=one.submitted_at,
            weight=one.entry.weight,
        )
        for one, number in zip(files[-ATTEMPTS:], numbers[-ATTEMPTS:], strict=True)
    ]
