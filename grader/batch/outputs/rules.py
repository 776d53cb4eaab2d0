"""The rules of what is written to a learning system, and the decisions left to its teacher.

A grade is written if something was judged. Every other cell stays unchanged and is listed, because
an imported zero does not show whether it was decided or is an accident.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from grader.batch.errors import BatchError
from grader.batch.names import printable
from grader.batch.outputs.worksheet import UNFINISHED
from grader.course.languages import msgid
from grader.gradebook.unreachable_points import START, Unreachable, points_to_enter, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grader.batch.models import GradeRow
    from grader.course.loading import LoadedExercise

JUDGED = frozenset({"graded", "incomplete", "marked"})
# Statuses that `--zero` may turn into a zero.
ZEROED = ("missing", "unreadable", "draft", "reopened", "extension")
# Reasons why a cell stays unchanged.
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
    """The teacher's decisions for the file to import.

    ``zero``: which of ZEROED are zeros. ``allow_lower``: grades may fall. ``scale``: points are
    converted to the assignment's maximum. ``unreachable``: how points are entered if others could
    not be reached. ``comments``: Moodle's feedback comments are included, with ``feedback`` those
    made of the reports. ``typed``: the ids of
    students who have handed in a text typed on the system's page. ``show_calls``: students see
    inputs and right values.
    """

    zero: frozenset[str] = frozenset()
    allow_lower: bool = False
    scale: bool = False
    comments: bool = False
    feedback: bool = False
    typed: frozenset[str] = frozenset()
    show_calls: bool = False
    unreachable: Unreachable = START


@dataclass(frozen=True)
class Worth:
    """The maximum of an exercise, and the points reachable on the device that judges it."""

    reachable: Decimal
    maximum: Decimal


@dataclass(frozen=True)
class Award:
    """Points to enter, exact, and their maximum."""

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
    """Return the worth of an exercise on a device."""
    model = exercise.model
    checks = model.checks.values() if model.kind == "code" else ()
    elsewhere = sum(
        check.points
        for check in checks
        if check.devices is not None and device not in check.devices
    )
    return Worth(Decimal(model.maximum - elsewhere), Decimal(model.maximum))


def worths_of(rows: Iterable[GradeRow]) -> dict[str, Worth]:
    """Return the worth of the exercises of rows, as far as the rows show it."""
    found: dict[str, Worth] = {}
    for row in rows:
        known = found.get(row.exercise)
        if known is None or row.in_reach < known.reachable:
            found[row.exercise] = Worth(row.in_reach, row.maximum)
    return found


def asks_for_part(worths: Iterable[Worth], maximum: Decimal | None) -> bool:
    """Return True if an assignment with this maximum expects only the points reachable here."""
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
    """Refuse a maximum that does not fit the grades: 20 of 100 would not be a full mark.

    Raises:
        BatchError: it is no number, or differs and the grades are not to be scaled.

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
    """Return a student's points for all exercises together, else the reason of KEPT for none.

    They are those after the rules of the class, if it has some.
    ``rows``: the student's, by exercise. ``state``: the system's state of the submission, from
    `worksheet.state`. ``part``: the assignment expects only the points reachable here.
    """
    total, of = Fraction(0), Decimal(0)
    for exercise, value in worths.items():
        row = rows.get(exercise)
        typed = row is not None and row.student in rules.typed
        status = _status(row, state or ("submitted" if typed else ""))
        count = value.reachable if part else value.maximum
        if row is not None and status in JUDGED and row.after is not None:
            count = count if part else row.maximum
            points = _entered(row, row.after, count, rules)
            if points is None:
                return "unreachable"
            total += points
        elif status not in rules.zero:
            return status if status in KEPT else "ungraded"
        of += count
    return Award(total, of)


def _entered(row: GradeRow, points: Decimal, count: Decimal, rules: Rules) -> Fraction | None:
    """Return the points of a row out of what the exercise counts; None: they are held back."""
    if row.status != "marked":
        return points_to_enter(points, row.in_reach, count, rules.unreachable)
    # A mark is out of the exercise's maximum, and the teacher's own decision.
    exact = Fraction(points)
    return exact * Fraction(count) / Fraction(row.maximum) if rules.scale and row.maximum else exact


def _status(row: GradeRow | None, state: str) -> str:
    status = "missing" if row is None else row.status
    if status == "marked":
        return status  # the teacher's own decision, whatever the system says
    if state in UNFINISHED:
        return state
    if status == "missing":
        return {"extension": "extension", "submitted": "elsewhere"}.get(state, status)
    return status
