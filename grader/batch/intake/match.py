"""The assignment of files to students and exercises; unmatched ones are listed with a reason."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from grader.batch.intake.answers import AnswerCandidate, Role, reader, role_of
from grader.batch.intake.attempts import Try, as_helper, tries_at
from grader.batch.intake.definitions import Defines
from grader.batch.intake.students import ConflictingOwnerError
from grader.batch.models import Doubt, Intake, MatchedFile, Student, Unmatched
from grader.batch.roster import AmbiguousStudentError

if TYPE_CHECKING:
    from grader.batch.intake.exercises import Exercises
    from grader.batch.intake.students import StudentResolver
    from grader.batch.lms.ownership import OwnedFile

ATTEMPTS = 20  # versions of one student that are graded for one exercise
_NAMED_NONE = "batch.no_exercise"
_SUFFIX = 20  # characters of a file's suffix that its row keeps


@dataclass
class _Sorting:
    """Files being matched: by student and exercise, or by student if they name none."""

    named: dict[tuple[Student, str], list[OwnedFile]] = field(
        default_factory=lambda: defaultdict(list)
    )
    unnamed: dict[Student, list[OwnedFile]] = field(default_factory=lambda: defaultdict(list))
    # Keyed, because a file of several students is listed once.
    unmatched: dict[Unmatched, None] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    # The result for files that name no exercise, by their entries; empty: graded.
    fates: dict[int, str] = field(default_factory=dict)

    def refuse(self, owned: OwnedFile, reason: str) -> None:
        self.unmatched[Unmatched(owned.entry.path, reason)] = None

    def leave(self, one: Try) -> None:
        """List the other files of a try."""
        if one.answer is not None:
            self.fates[id(one.answer.entry)] = ""
        for file in one.along:
            self.fates.setdefault(id(file.entry), "batch.helper")
        for file, named in one.others:
            test = role_of(file.given) is Role.TEST
            reason = "batch.test_file" if test else "batch.same_upload"
            if named:
                self.refuse(file, reason)
            elif test or one.answer is not None:
                self.fates.setdefault(id(file.entry), reason if test else "batch.named_instead")


def match_files(owned: list[OwnedFile], people: StudentResolver, wanted: Exercises) -> Intake:
    """Return the matched files, in the order of students and exercises."""
    sorting = _Sorting()
    for one in owned:
        _sort(one, people, wanted, sorting)
    handed: list[MatchedFile] = []
    for student, exercise in _answered(sorting, wanted):
        handed += _handed(student, exercise, wanted, sorting)
    why = _NAMED_NONE if wanted.default is None else "batch.named_instead"
    for files in sorting.unnamed.values():
        for one in files:
            if fate := sorting.fates.get(id(one.entry), why):
                sorting.refuse(one, fate)
    order = {student.id: number for number, student in enumerate(people.students)}
    ranks = {id_: number for number, id_ in enumerate(wanted.ids)}
    handed.sort(key=lambda one: (order[one.student], ranks[one.exercise], one.attempt))
    sorting.doubts.sort(key=lambda one: (one.exercise, one.name, one.file))
    return Intake(handed, list(sorting.unmatched), people.students, sorting.doubts)


def _sort(one: OwnedFile, people: StudentResolver, wanted: Exercises, sorting: _Sorting) -> None:
    if one.owner is None or one.refused:
        sorting.refuse(one, one.refused or "batch.no_student")
        return
    try:
        students = people.resolve(one.owner)
    except AmbiguousStudentError:
        sorting.refuse(one, "batch.ambiguous_student")
        return
    except ConflictingOwnerError:
        sorting.refuse(one, "batch.signs_disagree")
        return
    if not students or one.aside:
        sorting.refuse(one, one.aside if students else "batch.no_student")
    exercise, reason = _exercise(one, wanted)
    for student in students:
        if one.aside == "batch.online_text":
            doubt = Doubt(student.id, student.name, exercise or "", one.entry.path, one.aside)
            sorting.doubts.append(doubt)
        elif one.aside:
            continue
        elif exercise is not None:
            sorting.named[student, exercise].append(one)
        elif reason == _NAMED_NONE:
            sorting.unnamed[student].append(one)
        else:
            sorting.refuse(one, reason)


def _exercise(one: OwnedFile, wanted: Exercises) -> tuple[str | None, str]:
    """Return the exercise in a name, or the reason why there is none."""
    match = wanted.parse_name(PurePosixPath(one.given[-1]).stem)
    if len(match.exercises) + match.unknown > 1:
        return None, "batch.two_exercises"
    if match.unknown:
        return None, "batch.unknown_exercise"
    folders = (wanted.exercise_of_folder(part) for part in reversed(one.given[:-1]))
    exercise = next(iter(match.exercises), None) or next(filter(None, folders), None)
    if exercise is None:
        return None, _NAMED_NONE
    if wanted.asked and exercise not in wanted.asked:
        return None, "batch.other_exercise"
    if match.also and not _settled(one, exercise, match.also, wanted):
        return None, "batch.two_exercises"
    return exercise, ""


def _settled(one: OwnedFile, exercise: str, also: frozenset[str], wanted: Exercises) -> bool:
    """Return True if a file answers the exercise of its number, and none of those of its words."""
    found = {
        id_: AnswerCandidate(one, named=True, asked=wanted.asked_for(id_)).defines
        for id_ in (exercise, *also)
    }
    return found.pop(exercise) is Defines.ALL and not any(found.values())


def _answered(sorting: _Sorting, wanted: Exercises) -> list[tuple[Student, str]]:
    """Return pairs of student and exercise; files that name none answer the only one requested."""
    answered = dict.fromkeys(sorting.named)
    if wanted.default is not None:
        answered |= dict.fromkeys((student, wanted.default) for student in sorting.unnamed)
    return list(answered)


def _handed(
    student: Student, exercise: str, wanted: Exercises, sorting: _Sorting
) -> list[MatchedFile]:
    """Return a student's tries at an exercise, with increasing numbers."""
    named = sorting.named.get((student, exercise), [])
    found = tries_at(exercise, named, sorting.unnamed.get(student, []), wanted)
    for one in found.wrong_kind:
        sorting.refuse(one, "batch.suffix")
    handed: list[MatchedFile] = []
    for left, made in zip(range(len(found.tries), 0, -1), found.tries, strict=True):
        sorting.leave(made)
        if made.answer is None:
            continue
        if left > ATTEMPTS:
            sorting.refuse(made.answer, "batch.too_many_files")
            continue
        number = max(made.answer.attempt or 1, handed[-1].attempt + 1 if handed else 1)
        handed.append(_one(student, exercise, made, number))
        if made.doubt:
            path = made.answer.entry.path
            doubt = Doubt(student.id, student.name, exercise, path, "batch.several_answers")
            sorting.doubts.append(doubt)
    return handed


def _one(student: Student, exercise: str, one: Try, number: int) -> MatchedFile:
    answer = one.answer
    assert answer is not None  # noqa: S101 - looked at by the caller
    return MatchedFile(
        student=student.id,
        name=student.name,
        exercise=exercise,
        file=answer.entry.path,
        read=reader(answer),
        attempt=number,
        late=answer.late,
        submitted_at=answer.submitted_at,
        weight=answer.entry.weight + sum(helper.entry.weight for helper in one.along),
        helpers=tuple(as_helper(helper, answer) for helper in one.along),
        suffix=PurePosixPath(answer.given[-1]).suffix.lower()[:_SUFFIX],
        owner=answer.owner,
    )
