"""Removals, merges and batches, as lines for people and data for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.course.colours import FAINT
from grader.course.languages import msgid
from grader.gradebook.texts import format_time, single_line
from grader.gradebook.view import Line

if TYPE_CHECKING:
    from grader.course.languages import Translator
    from grader.gradebook.history import Batch
    from grader.gradebook.models import Removal
    from grader.gradebook.undo import Removed

_WHAT = {
    "student": msgid("student {{student}}"),
    "attempt": msgid("{{student}}, {{exercise}}, attempt {{number}}"),
    "exercise": msgid("exercise {{exercise}}"),
    "batch": msgid("batch {{number}}"),
    "merge": msgid("{{student}} counts as {{into}}"),
}


def _what(removal: Removal, t: Translator) -> str:
    return t(
        _WHAT[removal.kind],
        student=single_line(removal.student or ""),
        exercise=single_line(removal.exercise or ""),
        number=removal.number or 0,
        into=single_line(removal.into or ""),
    )


def removal_line(removal: Removal, t: Translator) -> Line:
    """Return a removal or merge: object, time, author, reason, and whether it was undone."""
    line = t("removed: {{what}}", what=_what(removal, t))
    if removal.kind == "merge":
        line = t("merged: {{what}}", what=_what(removal, t))
    by = t(
        "by {{who}}: {{reason}}", who=single_line(removal.who), reason=single_line(removal.reason)
    )
    text = f"{removal.id}  {format_time(removal.removed_at)}  {line}  {by}"
    if removal.restored_at is None:
        return Line(text)
    undone = t("undone by {{who}}", who=single_line(removal.restored_by or ""))
    return Line(f"{text}  {format_time(removal.restored_at)}  {undone}", FAINT)


def done_line(done: Removed, t: Translator) -> Line:
    """Return a removal, merge or undo that has just been made, and how to undo it."""
    removal = done.removal
    line = t(
        "{{what}} (attempts: {{attempts}}, marks: {{marks}})",
        what=_what(removal, t),
        attempts=done.attempts,
        marks=done.marks,
    )
    if removal.restored_at is not None:
        return Line(t("Undone: {{what}}.", what=line))
    done_now = (
        msgid("Merged: {{what}}.") if removal.kind == "merge" else msgid("Removed: {{what}}.")
    )
    command = f"grader gradebook restore {removal.id}"
    undo = t("Nothing is lost: `{{command}}` undoes it.", command=command)
    return Line(f"{t(done_now, what=line)} {undo}")


def batch_line(batch: Batch, t: Translator) -> Line:
    """Return the attempts that a batch brought first."""
    line = t(
        "attempts: {{attempts}}, students: {{students}}",
        attempts=batch.attempts,
        students=batch.students,
    )
    when, exercises = format_time(batch.recorded_at), " ".join(map(single_line, batch.exercises))
    return Line(f"{batch.number}  {when}  {line}  {exercises}")


def batch_data(batch: Batch) -> dict[str, object]:
    """Return a batch for programs."""
    return {**vars(batch), "exercises": list(batch.exercises)}
