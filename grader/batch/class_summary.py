"""The effects of the rules of a class in a batch, for its summary."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from grader.classroom.texts import notes, remarks
from grader.course.colours import ATTENTION
from grader.gradebook.view import Line, person

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.batch.models import GradeRow
    from grader.classroom.students import StudentsRules
    from grader.classroom.tries import RuledTry
    from grader.course.languages import Translator


def rules_lines(
    rows: Sequence[GradeRow], rules: StudentsRules, file: str, t: Translator, width: int
) -> Iterator[Line]:
    """Yield who was late, what the rules could not decide, and what the file to import holds.

    ``file``: its name, empty without one.
    """
    late = [(row, row.ruled.shown) for row in rows if row.ruled and row.ruled.shown]
    for row, shown in late:
        if shown.days:
            who = (row.exercise, person(row.student, row.name), *notes(shown, t))
            yield from _wrapped("  ".join(who), width, ATTENTION)
    for sentence in remarks(_attempts(rows), rules, t):
        yield from _wrapped(sentence, width)
    if file:
        told = t("The grades in {{file}} are those after these rules.", file=file)
        yield from _wrapped(told, width)


def rules_data(rows: Sequence[GradeRow], rules: StudentsRules) -> dict[str, object]:
    """Return it for programs: the grades that a delay has changed, and what nobody could apply."""
    shown = [(row, row.ruled.shown) for row in rows if row.ruled and row.ruled.shown]
    attempts = _attempts(rows)
    return {
        "file": str(rules.rules.file),
        "late": [
            {
                "student": row.student,
                "exercise": row.exercise,
                "days": one.days,
                "penalty": float(one.taken),
                "after": None if one.after is None else float(one.after),
            }
            for row, one in shown
            if one.days
        ],
        "undated": sum(one.undated for one in attempts),
        "over": sum(one.over for one in attempts),
        "unknown": list(rules.unknown),
    }


def _attempts(rows: Sequence[GradeRow]) -> list[RuledTry]:
    """Return the attempts of the rows, each once, although it may count for a whole team."""
    return [row.ruled.own for row in rows if row.ruled is not None and row.ruled.own is not None]


def _wrapped(text: str, width: int, style: str = "") -> Iterator[Line]:
    lines = wrap(text, width, initial_indent="  ", subsequent_indent="    ")
    yield from (Line(line, style) for line in lines)
