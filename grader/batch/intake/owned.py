"""What a layout tells of a file: who handed it in, when, and under which name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.batch.intake.entries import Entry


@dataclass(frozen=True)
class Owner:
    """Who handed something in, in the source's words: ids, the best first, and a name."""

    ids: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Owned:
    """One file with its owner; None: the layout tells none.

    ``given`` is the path as the student named it: what tells the exercise. ``upload``: files of one
    student that bear the same were handed in together; None: each by itself. ``order`` is what the
    system counts as files come in. ``refused``: an id of REASONS where the file is for nobody.
    """

    entry: Entry
    owner: Owner | None
    given: tuple[str, ...]
    attempt: int | None = None
    late: bool | None = None
    submitted_at: str | None = None
    upload: str | None = None
    order: int = 0
    refused: str = ""
