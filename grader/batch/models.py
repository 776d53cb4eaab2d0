"""The data that the parts of a batch exchange: students, submitted files, rows of grades."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.batch.lms.ownership import Owner
    from grader.classroom.tries import RuledTry

# How the files of a source may lie where no system has named them.
TREES = ("submitty", "github-classroom", "folders", "files")


@dataclass(frozen=True, slots=True)
class Student:
    """One student: an opaque id and a name, as the source or the roster gives them.

    ``lang``: the language in which the student reads, as it is written there; empty: not known.
    """

    id: str
    name: str
    lang: str = ""


@dataclass(frozen=True)
class Helper:
    """A module beside an answer, which may import it.

    `name` is its path relative to the answer, such as `utils.py` or `pkg/mod.py`; `read` raises
    UnreadableSubmissionError or OSError.
    """

    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class MatchedFile:
    """One submitted file. `read` returns its bytes; it raises UnreadableSubmissionError or OSError.

    `weight`: bytes that an archive unpacks for it and its `helpers`. `suffix`: of its name without
    an added one: `.py` of `ex11.py.txt`. `owner`: who handed it in, a student or a team, as the
    source names them.
    """

    student: str
    name: str
    exercise: str
    file: str
    read: Callable[[], bytes]
    attempt: int = 1
    late: bool | None = None
    submitted_at: str | None = None
    weight: int = 0
    helpers: tuple[Helper, ...] = ()
    suffix: str = ""
    owner: Owner | None = None

    @property
    def numbered(self) -> bool:
        """Whether the source gives the number of the attempt.

        A source without times and lateness (Moodle, a folder) gives no numbers either: its files
        were counted.
        """
        return self.late is not None or self.submitted_at is not None


@dataclass(frozen=True)
class Unmatched:
    """One file that answers nothing, with the reason: an id such as ``batch.no_exercise``."""

    file: str
    reason: str


@dataclass(frozen=True)
class Doubt:
    """A case that a person should check, with the reason: an id of the catalogue.

    `file` is the one that was graded, empty if none was.
    """

    student: str
    name: str
    exercise: str
    file: str
    reason: str


@dataclass
class Intake:
    """The contents of a source. `students`: those of the roster, or all that were found."""

    handed: list[MatchedFile] = field(default_factory=list)
    unmatched: list[Unmatched] = field(default_factory=list)
    students: list[Student] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(frozen=True)
class Counted:
    """The grade of a student for an exercise under the rules of the class, before they apply.

    `student`: the one who handed it in, possibly another member of the team; empty for nobody.
    """

    student: str
    status: str
    reached: Decimal | None
    maximum: Decimal
    reachable: Decimal


@dataclass(frozen=True)
class RuledRow:
    """What the rules of a class make of a row.

    `own`: of its attempt, None for a row without one. `after`: the points that are left. `team`:
    the name of the student's team, or empty. `counted`: the student's grade for the exercise, in
    the one row that has it; then `shown` is the attempt that counts, and `after` the grade's.
    """

    own: RuledTry | None
    after: Decimal | None
    team: str = ""
    counted: Counted | None = None
    shown: RuledTry | None = None


@dataclass(frozen=True, slots=True)
class GradeRow:
    """One row of grades. `reached` is None without a grade, which is never a zero.

    `why` says on one line what kept a file from being read or judged. `reachable` is the reachable
    number of points where it was judged, None if unknown. `isolation` is the level of the machine
    that judged it, None where nothing of it was run. `undecided`: there are no points, and no
    check has decided that. `submission_hash`: of what was handed in. `ruled`: what the rules of the
    class make of it, if it has some.
    """

    student: str
    name: str
    exercise: str
    status: str
    reached: Decimal | None
    maximum: Decimal
    late: bool | None = None
    attempt: int = 1
    submitted_at: str | None = None
    graded_at: str | None = None
    report: str | None = None
    isolation: str | None = None
    misconceptions: tuple[str, ...] = ()
    why: str = ""
    reachable: Decimal | None = None
    undecided: bool = False
    submission_hash: str = ""
    ruled: RuledRow | None = None

    @property
    def after(self) -> Decimal | None:
        """The points after the rules of the class; those reached if it has none."""
        return self.reached if self.ruled is None else self.ruled.after

    @property
    def in_reach(self) -> Decimal:
        """The reachable number of points, as far as it is known."""
        return self.maximum if self.reachable is None else self.reachable
