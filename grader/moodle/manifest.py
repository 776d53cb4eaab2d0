"""What was fetched from a site, and whose it is: ``moodle.json`` in the folder of the files."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFEST = "moodle.json"
FILES = "submissions"
VERSION = 1


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FetchedAssignment(_Kept):
    """The assignment; ``maximum`` is None for a scale, and where nothing is graded.

    ``cmid`` is the number in its address. Times are seconds since 1970, 0 for none.
    """

    id: int
    cmid: int
    name: str
    course: int
    course_name: str
    maximum: int | None
    due: int = 0
    team: bool = False
    workflow: bool = False


class Person(_Kept):
    """Somebody who can hand in: the site's number, and ids that nobody else has there.

    ``team``: the number of the group that hands in together, 0 for none.
    """

    id: int
    name: str
    ids: tuple[str, ...] = ()
    lang: str = ""
    team: int = 0
    extension: int = 0

    @property
    def own_id(self) -> str:
        """An id that is no number, so that it is never taken for one of a class list."""
        return f"user-{self.id}"


class FetchedFile(_Kept):
    """A file: its place in the folder, and its name as the student gave it.

    ``refused``: why it was not fetched. ``typed``: it is a text that was typed on the site.
    """

    path: str
    given: str
    url: str = ""
    size: int = 0
    modified: int = 0
    sha256: str = ""
    refused: str = ""
    typed: bool = False


class FetchedSubmission(_Kept):
    """The last attempt of a person, or with ``user`` 0 of a team; attempts count from 0."""

    id: int
    user: int
    team: int
    attempt: int
    status: str
    modified: int
    files: tuple[FetchedFile, ...] = ()

    @property
    def state(self) -> tuple[int, int, str, int]:
        """What changes when something is handed in."""
        return self.id, self.attempt, self.status, self.modified


class FetchedGrade(_Kept):
    """A grade that the site held."""

    user: int
    attempt: int
    points: Decimal | None
    modified: int


class Manifest(_Kept):
    """All of it. ``complete``: the last fetch came to its end."""

    version: int = VERSION
    site: str
    fetched_by: int
    fetched_by_name: str
    fetched_at: str
    complete: bool
    assignment: FetchedAssignment
    people: tuple[Person, ...]
    teams: dict[int, str] = Field(default_factory=dict)
    submissions: tuple[FetchedSubmission, ...] = ()
    grades: tuple[FetchedGrade, ...] = ()

    def members(self, submission: FetchedSubmission) -> Iterator[Person]:
        """Yield those whose submission it is."""
        for person in self.people:
            if person.id == submission.user or (
                submission.user == 0 and submission.team and person.team == submission.team
            ):
                yield person

    def submission_of(self, person: Person) -> FetchedSubmission | None:
        """Return a person's submission, or that of the person's team."""
        own = (one for one in self.submissions if person in self.members(one))
        return next(own, None)


def parsed(data: bytes) -> Manifest | None:
    """Return the manifest in a file's bytes; None: it is none, or of another version."""
    try:
        manifest = Manifest.model_validate_json(data)
    except (ValidationError, ValueError, RecursionError):
        return None
    return manifest if manifest.version == VERSION else None
