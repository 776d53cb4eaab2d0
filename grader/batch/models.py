"""What passes between the parts of a batch: students, files handed in, rows of grades."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

# How the files of a source may lie where no system has named them.
TREES = ("submitty", "github-classroom", "folders", "files")


@dataclass(frozen=True)
class Student:
    """One student: an opaque id as the source or the roster gives it, and the name as given."""

    id: str
    name: str


@dataclass(frozen=True)
class Helper:
    """A module that lies beside an answer, which may import it.

    `name` is its path from the answer, such as `utils.py` or `pkg/mod.py`; `read` raises Unreadable
    or OSError.
    """

    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True)
class MatchedFile:
    """One file handed in. `read` gives its bytes lazily; it raises Unreadable or OSError.

    `weight`: bytes that an archive unpacks for it and its `helpers`. `suffix`: how its name ends
    without what was put behind it: `.py` of `ex11.py.txt`.
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
        """Whether the source has told the number of the attempt.

        One that tells neither time nor lateness (Moodle, a folder) tells no number either: the
        files that lie there were counted.
        """
        return self.late is not None or self.submitted_at is not None


@dataclass(frozen=True)
class Unmatched:
    """One file that answers nothing, and why: an id of the catalogue such as batch.no_exercise."""

    file: str
    reason: str


@dataclass(frozen=True)
class Doubt:
    """Something that a person should look at, and why: an id of the catalogue.

    `file` is the one that was graded, empty where none was.
    """

    student: str
    name: str
    exercise: str
    file: str
    reason: str


@dataclass
class Intake:
    """All that a source holds. `students`: those of the roster, or all that were found."""

    handed: list[MatchedFile] = field(default_factory=list)
    unmatched: list[Unmatched] = field(default_factory=list)
    students: list[Student] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(frozen=True)
class GradeRow:
    """One row of grades. `reached` is None where there is no grade, which is never a zero.

    `why` says what kept a file from being read or judged, on one line. `reachable` is how many
    points could be reached where it was judged, None where that is not known. `undecided`: there
    are no points, and no check has decided that.
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
    misconceptions: tuple[str, ...] = ()
    why: str = ""
    reachable: Decimal | None = None
    undecided: bool = False

    @property
    def in_reach(self) -> Decimal:
        """How many points could be reached, as far as that is known."""
        return self.maximum if self.reachable is None else self.reachable
