"""The grades that go to a site, as a batch has written them: checked once more before they go."""

from __future__ import annotations

from decimal import Decimal
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from grader.course.phrases import phrase
from grader.course.system_errors import reason
from grader.moodle.errors import MoodleError

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "moodle_web.json"
VERSION = 1
PAGE = "feedback.html"
"""The name of a page of feedback at the site."""
LIMIT = 200_000
"""Bytes of a page, and of a comment."""


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GradeEntry(_Kept):
    """One grade: of a person, or with ``members`` of a whole team, in the name of one of them.

    ``comment``: HTML; None: that which is there stays. ``page``: a file of feedback, relative to
    the sheet; None: there is none.
    """

    user: int
    name: str
    attempt: int
    points: Decimal
    members: tuple[int, ...] = ()
    comment: str | None = None
    page: str | None = None

    @field_validator("points")
    @classmethod
    def _finite(cls, points: Decimal) -> Decimal:
        if not points.is_finite():
            raise ValueError("no number")
        return points

    @field_validator("page")
    @classmethod
    def _inside(cls, page: str | None) -> str | None:
        path = PurePosixPath(page or "page")
        if page == "" or path.is_absolute() or ".." in path.parts:
            raise ValueError("no file below the sheet")
        return page

    @property
    def users(self) -> tuple[int, ...]:
        """All who get the grade."""
        return self.members or (self.user,)


class GradeSheet(_Kept):
    """The grades of one assignment."""

    version: int = VERSION
    site: str
    assignment: int
    grades: tuple[GradeEntry, ...]


def read_sheet(path: Path) -> GradeSheet:
    """Read the grades.

    Raises:
        MoodleError: there are none, or the file is not one of a batch.

    """
    try:
        sheet = GradeSheet.model_validate_json(path.read_bytes())
    except OSError as error:
        raise MoodleError(
            phrase(
                "{{file}} cannot be read ({{reason}}). Grade what was fetched with --format "
                "moodle_web first.",
                file=path,
                reason=reason(error),
            )
        ) from None
    except (ValidationError, ValueError, RecursionError):
        sheet = None
    if sheet is None or sheet.version != VERSION:
        raise MoodleError(
            phrase(
                "{{file}} is not a file of grades as a batch writes it. Grade once more.",
                file=path,
            )
        )
    return sheet
