"""Grades and histories as lines for people, and as data for programs."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from grader.classroom.texts import notes, shown_points
from grader.course.colours import ATTENTION, BAD, FAINT
from grader.gradebook.texts import (
    PROBLEMS,
    REASONS,
    causes_text,
    format_time,
    points,
    single_line,
    status_text,
)
from grader.gradebook.totals import totals
from grader.gradebook.unreachable_points import JUDGED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from grader.classroom.tries import Decision, RuledTry
    from grader.course.languages import Translator
    from grader.gradebook.history import History
    from grader.gradebook.models import Attempt, GradeChange, GradeOverride, Removal
    from grader.gradebook.policy import Grade, ReviewItem
    from grader.gradebook.regrade import RegradeOutcome
    from grader.gradebook.totals import Total

STYLES = {"needs_review": ATTENTION, "ungraded": BAD, "unreadable": BAD, "missing": FAINT}


class Line(NamedTuple):
    """A line and its style, if there are colours."""

    text: str
    style: str = ""


def person(id_: str, name: str) -> str:
    """Return the name of a student for people, with the id if it differs."""
    id_, name = single_line(id_), single_line(name)
    return id_ if name in {"", id_} else f"{name} ({id_})"


def grade_lines(grades: Sequence[Grade], t: Translator) -> Iterator[Line]:
    """Yield the grades of each student, and the total of students with several."""
    exercise_column = max((len(grade.exercise) for grade in grades), default=0)
    points_column = max((len(out_of(grade, t)) for grade in grades), default=0)
    for total in totals(grades):
        yield Line(person(total.student, total.name), "bold")
        for grade in total.grades:
            exercise = grade.exercise.ljust(exercise_column)
            reached = out_of(grade, t).rjust(points_column)
            told = "  ".join(_notes(grade, t))
            yield Line(f"  {exercise}  {reached}  {told}".rstrip(), STYLES.get(grade.status, ""))
        if len(total.grades) > 1:
            yield Line(f"  {total_text(total, t)}")


def total_text(total: Total, t: Translator) -> str:
    """Return a student's total, and how much of it is not decided yet."""
    text = t(
        "total {{points}} of {{maximum}}",
        points=points_pair(total.points, total.after, t),
        maximum=points(total.maximum, t),
    )
    if total.undecided:
        open_ = t.plural("{{n}} not decided yet", "{{n}} not decided yet", total.undecided)
        text += f" ({open_})"
    return text


def points_pair(before: Decimal | None, after: Decimal | None, t: Translator) -> str:
    """Return points, and those after the rules of the class where they differ."""
    if before == after or after is None:
        return points(before, t)
    return f"{points(before, t)} → {shown_points(after, t)}"


def out_of(graded: Grade | Attempt, t: Translator) -> str:
    """Return points and their maximum, or the reachable number if that is less."""
    if graded.reachable in {None, graded.maximum}:
        return _of(graded.points, graded.maximum, t)
    return t(
        "{{points}} of {{reachable}} in reach, {{maximum}} in all",
        points=points(graded.points, t),
        reachable=points(graded.reachable, t),
        maximum=points(graded.maximum, t),
    )


def _of(reached: Decimal | None, most: Decimal | None, t: Translator) -> str:
    return t("{{points}} of {{maximum}}", points=points(reached, t), maximum=points(most, t))


def _notes(grade: Grade, t: Translator) -> Iterator[str]:
    if grade.mark is not None:
        reason, who = single_line(grade.mark.reason), single_line(grade.mark.who)
        yield t("mark by {{who}}: {{reason}}", who=who, reason=reason)
    elif grade.status != "graded":
        yield status_text(grade.status, t)
    if grade.status in JUDGED and grade.in_reach != grade.maximum:
        yield _going_in(grade, t)
    if grade.attempts > 1:
        yield t.plural("{{n}} attempt", "{{n}} attempts", grade.attempts)
    if grade.attempt is not None and grade.attempt.late:
        yield t("late")
    if grade.decision is not None:
        yield from _under_rules(grade, grade.decision, t)


def _under_rules(grade: Grade, decision: Decision, t: Translator) -> Iterator[str]:
    if decision.team.name:
        yield t("team {{name}}", name=single_line(decision.team.name))
    if grade.attempt is not None and grade.attempt.student != grade.student:
        yield t("handed in by {{student}}", student=single_line(grade.attempt.student))
    if decision.counts is not None and grade.mark is None:
        yield from notes(decision.counts, t)


def _going_in(grade: Grade, t: Translator) -> str:
    if grade.entered is None:
        return t("held back")
    return t(
        "entered as {{points}} of {{maximum}}",
        points=points(grade.entered, t),
        maximum=points(grade.maximum, t),
    )


def history_lines(
    history: History, t: Translator, ruled: Mapping[int, RuledTry] = MappingProxyType({})
) -> Iterator[Line]:
    """Yield all attempts of a student with what changed their grades, and all marks.

    ``ruled``: the attempts under the rules of the class, by their ids.
    """
    yield Line(person(history.student.id, history.student.name), "bold")
    for attempt in history.attempts:
        style = STYLES.get(attempt.status, "") if attempt.removal is None else FAINT
        told = _attempt(attempt, t)
        if attempt.id in ruled:
            told = "  ".join([told, *notes(ruled[attempt.id], t)])
        yield Line(f"  {told}", style)
        for change in history.changes:
            if change.attempt == attempt.id:
                yield Line(f"    {format_time(change.changed_at)}  {_change(change, t)}")
    for mark in history.marks:
        yield Line(f"  {_mark(mark, t)}", "bold" if mark.removal is None else FAINT)


def _taken_out(row: Attempt | GradeOverride, t: Translator) -> str:
    return "" if row.removal is None else t("removed ({{number}})", number=row.removal)


def _attempt(attempt: Attempt, t: Translator) -> str:
    parts = [
        attempt.exercise,
        t("attempt {{n}}", n=attempt.attempt),
        format_time(attempt.submitted_at or attempt.seen_at),
        out_of(attempt, t),
        status_text(attempt.status, t),
        t("late") if attempt.late else "",
        single_line(attempt.report_path or ""),
        _taken_out(attempt, t),
    ]
    return "  ".join(part for part in parts if part)


def _change(change: GradeChange, t: Translator) -> str:
    return t("{{what}}: {{why}}", what=_from_to(change, t), why=causes_text(change.why, t))


def _from_to(change: GradeChange, t: Translator) -> str:
    """Return points before and after, or statuses if the points are equal."""
    old, new = points(change.old_points, t), points(change.new_points, t)
    if change.old_reachable != change.new_reachable:
        old = _of(change.old_points, change.old_reachable, t)
        new = _of(change.new_points, change.new_reachable, t)
    if change.old_status != change.new_status:
        old = f"{old} ({status_text(change.old_status, t)})"
        new = f"{new} ({status_text(change.new_status, t)})"
    return f"{old} → {new}"


def _mark(mark: GradeOverride, t: Translator) -> str:
    who, reason = single_line(mark.who), single_line(mark.reason)
    head = f"{mark.exercise}  {format_time(mark.marked_at)}  "
    end = f"  {_taken_out(mark, t)}".rstrip()
    if mark.points is None:
        back = t("given back to the judge by {{who}}: {{reason}}", who=who, reason=reason)
        return head + back + end
    of = _of(mark.points, mark.maximum, t)
    by = t("mark by {{who}}: {{reason}}", who=who, reason=reason)
    return f"{head}{of}  {by}{end}"


def open_line(item: ReviewItem, t: Translator) -> Line:
    """Return an item that a teacher has to review, on one line."""
    grade, attempt = item.grade, item.attempt
    who = person(grade.student, grade.name)
    number = t("attempt {{n}}", n=attempt.attempt)
    return Line(f"{grade.exercise}  {who}  {number}  {t(REASONS[item.reason])}", ATTENTION)


def regraded_lines(
    done: Sequence[RegradeOutcome],
    grades: Mapping[tuple[str, str], Grade],
    dry_run: bool,
    t: Translator,
) -> Iterator[Line]:
    """Yield a line for each attempt that has changed or could not be judged, and a summary."""
    for one in sorted(done, key=_place):
        line = _regraded(one, grades[one.attempt.student, one.attempt.exercise], t)
        if line is not None:
            yield line
    failed = sum(one.problem is not None for one in done)
    sentence = t(
        "Judged again: {{judged}}. Changed: {{changed}}. Could not be judged: {{failed}}.",
        judged=len(done) - failed,
        changed=sum(one.change is not None for one in done),
        failed=failed,
    )
    if not done:
        sentence = t("There is nothing to judge again: today's versions would judge the same.")
    if dry_run:
        sentence += " " + t("The gradebook was not changed.")
    yield Line(sentence)


def _place(regraded: RegradeOutcome) -> tuple[str, str, int, int]:
    attempt = regraded.attempt
    return attempt.exercise, attempt.student, attempt.attempt, attempt.id


def _regraded(regraded: RegradeOutcome, grade: Grade, t: Translator) -> Line | None:
    attempt, change = regraded.attempt, regraded.change
    head = f"{attempt.exercise}  {person(grade.student, grade.name)}  " + t(
        "attempt {{n}}", n=attempt.attempt
    )
    if regraded.problem is not None:
        kept = t("stays as it is: {{reason}}", reason=t(PROBLEMS[regraded.problem]))
        return Line(f"{head}  {kept}", BAD)
    if change is None:
        return None
    text = f"{head}  {_change(change, t)}"
    if grade.mark is not None:
        text += "  " + t(
            "the teacher's mark of {{points}} stays", points=points(grade.mark.points, t)
        )
    return Line(text, "bold")


def grade_data(grade: Grade) -> dict[str, object]:
    """Return a grade for programs."""
    attempt = grade.attempt
    return {
        "student": grade.student,
        "name": grade.name,
        "exercise": grade.exercise,
        "status": grade.status,
        "points": _number(grade.points),
        "maximum": _number(grade.maximum),
        "reachable": _number(grade.in_reach),
        "entered": _number(grade.entered),
        "attempts": grade.attempts,
        "attempt": None if attempt is None else attempt_data(attempt),
        "mark": None if grade.mark is None else mark_data(grade.mark),
        "rules": None if grade.decision is None else _rules_data(grade, grade.decision),
    }


def _rules_data(grade: Grade, decision: Decision) -> dict[str, object]:
    counts = decision.counts
    return {
        "team": decision.team.name or None,
        "days_late": None if counts is None or counts.undated else counts.days,
        "after": _number(grade.after),
        "tries": len(decision.tries),
        "over": sum(one.over for one in decision.tries),
    }


def attempt_data(attempt: Attempt) -> dict[str, object]:
    """Return an attempt for programs."""
    fields = (
        "id exercise attempt submission_hash file late submitted_at recorded_at seen_at graded_at "
        "status grading_hash grader_version report_path batch removal"
    )
    data = {field: getattr(attempt, field) for field in fields.split()}
    numbers = ("points", "maximum", "reachable")
    return {**data, **{name: _number(getattr(attempt, name)) for name in numbers}}


def mark_data(mark: GradeOverride) -> dict[str, object]:
    """Return a mark for programs."""
    fields = ("exercise", "reason", "who", "marked_at", "removal")
    data = {field: getattr(mark, field) for field in fields}
    return {**data, "points": _number(mark.points), "maximum": _number(mark.maximum)}


def change_data(change: GradeChange) -> dict[str, object]:
    """Return a change of grade for programs."""
    return {
        "attempt": change.attempt,
        "changed_at": change.changed_at,
        "old": {
            "status": change.old_status,
            "points": _number(change.old_points),
            "reachable": _number(change.old_reachable),
        },
        "new": {
            "status": change.new_status,
            "points": _number(change.new_points),
            "reachable": _number(change.new_reachable),
        },
        "why": change.why.split(),
    }


def removal_data(removal: Removal) -> dict[str, object]:
    """Return a removal for programs."""
    fields = "id kind student exercise number into reason who removed_at restored_at restored_by"
    return {field: getattr(removal, field) for field in fields.split()}


def history_data(history: History) -> dict[str, object]:
    """Return a history for programs."""
    return {
        "student": history.student.id,
        "name": history.student.name,
        "attempts": [attempt_data(attempt) for attempt in history.attempts],
        "changes": [change_data(change) for change in history.changes],
        "marks": [mark_data(mark) for mark in history.marks],
        "removals": [removal_data(removal) for removal in history.removals],
    }


def open_data(item: ReviewItem) -> dict[str, object]:
    """Return an item for review by a teacher, for programs."""
    return {**grade_data(item.grade), "attempt": attempt_data(item.attempt), "why": item.reason}


def regraded_data(regraded: RegradeOutcome) -> dict[str, object]:
    """Return the outcome of regrading an attempt, for programs."""
    change = regraded.change
    return {
        "student": regraded.attempt.student,
        "exercise": regraded.attempt.exercise,
        "attempt": regraded.attempt.attempt,
        "change": None if change is None else change_data(change),
        "problem": regraded.problem,
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
