"""The data that the parts of a batch exchange: students, submitted files, rows of grades."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

# How the files of a source may lie where no system has named them.
TREES = ("submitty", "github-classroom", "folders", "files")


@dataclass(frozen=True)
class Student:
    """One student: an opaque id and a name, as the source or the roster gives them."""

    id: str
    name: str


@dataclass(frozen=True)
class Helper:
    """A module beside an answer, which may import it.

    `name` is its path relative to the answer, such as `utils.py` or `pkg/mod.py`; `read` raises
    UnreadableSubmissionError or OSError.
    """

    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True)
class MatchedFile:
    """One submitted file. `read` returns its bytes; it raises UnreadableSubmissionError or OSError.

    `weight`: bytes that an archive unpacks for it and its `helpers`. `suffix`: of its name without
    an added one: `.py` of `ex11.py.txt`.
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
class GradeRow:
    """One row of grades. `reached` is None without a grade, which is never a zero.

    `why` says on one line what kept a file from being read or judged. `reachable` is the reachable
    number of points where it was judged, None if unknown. `isolation` is the level of the machine
    that judged it, None where nothing of it was run. `undecided`: there are no points, and no
    check has decided that.
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

    @property
    def in_reach(self) -> Decimal:
        """The reachable number of points, as far as it is known."""
        return self.maximum if self.reachable is None else self.reachable
