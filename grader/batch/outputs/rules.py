"""What may be written to a learning system, and what its teacher has to decide first.

A grade goes out where something was judged. Everything else leaves the cell as it is and is listed,
for nothing that a system imports can tell a zero that was decided from one that just happened.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from grader.batch.errors import BatchError
from grader.batch.names import printable
from grader.course.languages import msgid
from grader.gradebook.unreachable import START, Unreachable, entered, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grader.batch.models import GradeRow
    from grader.course.loading import LoadedExercise

JUDGED = frozenset({"graded", "incomplete", "marked"})
# What `--zero` may turn into a zero.
ZEROED = ("missing", "unreadable", "draft", "reopened", "extension")
# Why a cell stays as it is.
KEPT = {
    "missing": msgid("no file of theirs was there to be graded"),
    "unreadable": msgid("their file cannot be read"),
    "ungraded": msgid("not graded, through no fault of theirs"),
    "unreachable": msgid(
        "not all points could be reached where it was judged; --unreachable decides how it counts"
    ),
    "needs_review": msgid("it is for you to look at, and points are held back until then"),
    "draft": msgid("a draft: they have not pressed the button that hands it in"),
    "reopened": msgid("another attempt was opened for them, and an earlier one may have a grade"),
    "extension": msgid("they have more time"),
    "elsewhere": msgid("handed in, the system says, but no file of theirs was graded"),
    "locked": msgid("the system does not let their grade be changed"),
    "excused": msgid("excused, or the assignment is not theirs"),
    "lower": msgid("the grade that is there is higher; lower it with --allow-lower"),
    "text": msgid("there are words in place of a grade"),
    "over": msgid("more than the assignment's maximum, which the import would pass over"),
    "ambiguous": msgid("several students may be meant"),
    "stranger": msgid("graded, but not in the template"),
}


@dataclass(frozen=True)
class Rules:
    """What the teacher has decided for the file to import.

    ``zero``: which of ZEROED are zeros. ``allow_lower``: grades may fall. ``scale``: points are
    converted to the assignment's maximum. ``unreachable``: how points are entered where others
    could not be reached. ``comments``: Moodle's feedback comments go along.
    ``typed``: the ids of students who have handed in a text typed on the system's page.
    ``show_calls``: students are shown inputs and right values.
    """

    zero: frozenset[str] = frozenset()
    allow_lower: bool = False
    scale: bool = False
    comments: bool = False
    typed: frozenset[str] = frozenset()
    show_calls: bool = False
    unreachable: Unreachable = START


@dataclass(frozen=True)
class Worth:
    """What an exercise is worth, and how much of it can be reached where it is graded."""

    reachable: Decimal
    maximum: Decimal


@dataclass(frozen=True)
class Award:
    """Points as they are entered, exact, and out of how many."""

    exact: Fraction
    of: Decimal

    @property
    def points(self) -> Decimal:
        """The points, rounded to five decimals."""
        return rounded(self.exact)

    def scaled(self, maximum: Decimal) -> Decimal:
        """Return the points out of a maximum, rounded to five decimals."""
        share = Fraction(maximum) / Fraction(self.of) if self.of else 0
        return rounded(self.exact * share)


def worth(exercise: LoadedExercise, device: str = "cpu") -> Worth:
    """Return what an exercise is worth on a device."""
    model = exercise.model
    checks = model.checks.values() if model.kind == "code" else ()
    elsewhere = sum(
        check.points
        for check in checks
        if check.devices is not None and device not in check.devices
    )
    return Worth(Decimal(model.maximum - elsewhere), Decimal(model.maximum))


def worths_of(rows: Iterable[GradeRow]) -> dict[str, Worth]:
    """Return what the exercises of rows are worth, as far as the rows tell."""
    found: dict[str, Worth] = {}
    for row in rows:
        known = found.get(row.exercise)
        if known is None or row.in_reach < known.reachable:
            found[row.exercise] = Worth(row.in_reach, row.maximum)
    return found


def asks_for_part(worths: Iterable[Worth], maximum: Decimal | None) -> bool:
    """Tell whether an assignment of so many points asks just for what can be reached here."""
    known = list(worths)
    here = sum((one.reachable for one in known), Decimal(0))
    return maximum == here != sum((one.maximum for one in known), Decimal(0))


def check_maximum(
    file: str,
    cell: str,
    maximum: Decimal | None,
    worths: Iterable[Worth],
    rules: Rules,
) -> None:
    """Refuse a maximum that grades do not go with: 20 of 100 is no full mark.

    Raises:
        BatchError: it is no number, or another one and the grades are not to be scaled.

    """
    exercises = list(worths)
    here = sum((one.reachable for one in exercises), Decimal(0))
    whole = sum((one.maximum for one in exercises), Decimal(0))
    fits = maximum is not None and (maximum in {here, whole} or rules.scale)
    if not exercises or (fits and maximum):
        return
    raise BatchError(
        "batch.maximum" if here == whole else "batch.maximum_here",
        file=file,
        maximum=printable(cell.strip()) or "?",
        points=here,
        whole=whole,
    )


def awarded(
    rows: Mapping[str, GradeRow],
    worths: Mapping[str, Worth],
    rules: Rules,
    state: str = "",
    *,
    part: bool = False,
) -> Award | str:
    """Return what a student gets for all exercises together, else the reason of KEPT for nothing.

    ``rows``: the student's, by exercise. ``state``: what the system says of what was handed in,
    as `worksheet.state`. ``part``: the assignment asks just for what can be reached here.
    """
    total, of = Fraction(0), Decimal(0)
    for exercise, value in worths.items():
        row = rows.get(exercise)
        typed = row is not None and row.student in rules.typed
        status = _status(row, state or ("submitted" if typed else ""))
        count = value.reachable if part else value.maximum
        if row is not None and status in JUDGED and row.reached is not None:
            count = count if part else row.maximum
            points = _entered(row, row.reached, count, rules)
            if points is None:
                return "unreachable"
            total += points
        elif status not in rules.zero:
            return status if status in KEPT else "ungraded"
        of += count
    return Award(total, of)


def _entered(row: GradeRow, reached: Decimal, count: Decimal, rules: Rules) -> Fraction | None:
    """Return the points of a row out of what the exercise counts; None: they are held back."""
    if row.status != "marked":
        return entered(reached, row.in_reach, count, rules.unreachable)
    # A mark is out of all that the exercise is worth, and the teacher's own word.
    exact = Fraction(reached)
    return exact * Fraction(count) / Fraction(row.maximum) if rules.scale and row.maximum else exact


def _status(row: GradeRow | None, state: str) -> str:
    status = "missing" if row is None else row.status
    if status == "marked":
        return status  # the teacher's own word, whatever the system says
    if state in {"draft", "reopened"}:
        return state
    if status == "missing":
        return {"extension": "extension", "submitted": "elsewhere"}.get(state, status)
    return status
