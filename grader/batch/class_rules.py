"""The rules of a class, applied to the rows of a batch: nothing is judged again for them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from grader.batch.models import Counted, GradeRow, RuledRow
from grader.classroom.students import StudentsRules
from grader.classroom.tries import Decision, Try, decided
from grader.gradebook.class_rules import value
from grader.gradebook.policy import MISSING, time_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from grader.batch.models import Student
    from grader.classroom.rules import ClassRules
    from grader.classroom.tries import RuledTry
    from grader.gradebook.policy import Grade
    from grader.gradebook.store import Store
    from grader.gradebook.unreachable_points import Unreachable

_Place = tuple[str, str]  # a student and an exercise
_Key = tuple[str, int, str]  # a student, the number of an attempt, a hash of it


def under_rules(
    rows: Sequence[GradeRow],
    rules: ClassRules,
    students: Iterable[Student],
    store: Store | None,
    unreachable: Unreachable,
) -> tuple[list[GradeRow], StudentsRules]:
    """Return the rows under the rules of a class, and the rules for its students.

    ``students``: those of the source. ``store``: the gradebook, if there is one; it decides then,
    with all attempts that it keeps.

    Raises:
        ClassFileError: a name is that of several students, or a student is in two teams.

    """
    if store is None:
        names = {row.student: row.name for row in rows}
        names |= {student.id: student.name for student in students}
        own = StudentsRules(rules, names.items())
        return ruled_rows(with_teams(rows, own, names), own, unreachable), own
    from grader.gradebook.students_rules import of_gradebook  # noqa: PLC0415 - an extra

    own = of_gradebook(store, rules)
    grades = store.grades(every_id=True, rules=own)
    names = {grade.student: grade.name for grade in grades}
    return rows_of_gradebook(with_teams(rows, own, names), grades), own


def refuse_doubts(rules: ClassRules, students: Iterable[Student], store: Store | None) -> None:
    """Refuse, before anything is judged, rules that may mean several students.

    Raises:
        ClassFileError: a name is that of several students, or a student is in two teams.

    """
    known = [(student.id, student.name) for student in students]
    if store is None:
        StudentsRules(rules, known)
        return
    from grader.gradebook.students_rules import of_gradebook  # noqa: PLC0415 - an extra

    of_gradebook(store, rules, known)


def with_teams(
    rows: Sequence[GradeRow], rules: StudentsRules, names: Mapping[str, str]
) -> list[GradeRow]:
    """Return the rows, and one for each member of a team who has none in its exercise.

    ``names``: those of the students, by id; members without one get no row.
    """
    there = {(row.student, row.exercise) for row in rows}
    maxima = {row.exercise: row for row in rows}
    handed_in = {(row.exercise, row.student) for row in rows if row.status != MISSING}
    added = [
        GradeRow(member, names[member], exercise, MISSING, Decimal(0), row.maximum)
        for exercise, row in maxima.items()
        for member in sorted(rules.members(exercise))
        if member in names and (member, exercise) not in there
        if any((exercise, one) in handed_in for one in rules.team(exercise, member).members)
    ]
    return [*rows, *added]


def ruled_rows(
    rows: Sequence[GradeRow], rules: StudentsRules, unreachable: Unreachable
) -> list[GradeRow]:
    """Return the rows with what the rules make of them, where only these attempts are known."""
    made: dict[_Place, list[Try]] = defaultdict(list)
    for row in sorted(rows, key=lambda one: one.attempt):
        if row.status != MISSING:
            made[row.student, row.exercise].append(_as_try(row))

    def decision_of(place: _Place) -> tuple[Decision, Counted | None]:
        student, exercise = place
        decision = decided(
            *(rules, exercise, student, lambda one: made.get((one, exercise), []), "latest"),
            lambda one: value(one, unreachable),
        )
        return decision, _counted(decision.counts)

    places = dict.fromkeys((row.student, row.exercise) for row in rows)
    return list(_noted(rows, {place: decision_of(place) for place in places}))


def rows_of_gradebook(rows: Sequence[GradeRow], grades: Iterable[Grade]) -> list[GradeRow]:
    """Return the rows with what a gradebook, which knows more attempts, has decided by the rules.

    Those of a student whom it does not know stay as they are.
    """
    decisions: dict[_Place, tuple[Decision, Counted | None]] = {}
    for grade in grades:
        by = "" if grade.attempt is None else grade.attempt.student
        counted = Counted(by, grade.status, grade.points, grade.maximum, grade.in_reach)
        decision = grade.decision
        if decision is not None:
            if grade.mark is not None:  # it is final
                decision = replace(decision, counts=None)
            decisions[grade.student, grade.exercise] = decision, counted
    return list(_noted(rows, decisions))


def _counted(counts: RuledTry | None) -> Counted | None:
    if counts is None:
        return None
    made = counts.made
    return Counted(made.student, made.status, made.points, made.maximum, made.reachable)


def _as_try(row: GradeRow) -> Try:
    return Try(
        student=row.student,
        number=row.attempt,
        at=time_of(row.submitted_at),
        status=row.status,
        points=row.reached,
        reachable=row.in_reach,
        maximum=row.maximum,
        content=row.submission_hash,
    )


def _key(made: Try) -> _Key:
    return made.student, made.number, made.content


def _noted(
    rows: Sequence[GradeRow], decisions: Mapping[_Place, tuple[Decision, Counted | None]]
) -> Iterator[GradeRow]:
    """Yield the rows; the grade of a student stands in the row that counts, else in the last."""
    last: dict[_Place, GradeRow] = {}
    counting: dict[_Place, GradeRow] = {}
    for row in rows:
        place = row.student, row.exercise
        if place not in last or row.attempt >= last[place].attempt:
            last[place] = row
        counts = decisions[place][0].counts if place in decisions else None
        if counts is not None and _key(counts.made) == _key(_as_try(row)):
            counting[place] = row
    for row in rows:
        place = row.student, row.exercise
        if place not in decisions:
            yield row
            continue
        decision, counted = decisions[place]
        tries = {_key(one.made): one for one in decision.tries}
        own = None if row.status == MISSING else tries.get(_key(_as_try(row)))
        team = decision.team.name
        if row is not counting.get(place, last[place]):
            yield replace(row, ruled=RuledRow(own, None if own is None else own.after, team))
            continue
        counted = counted or Counted("", row.status, row.reached, row.maximum, row.in_reach)
        after = counted.reached if decision.counts is None else decision.counts.after
        yield replace(row, ruled=RuledRow(own, after, team, counted, decision.counts))
