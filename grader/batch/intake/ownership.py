"""What a layout tells of a file: who handed it in, when, and under which name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.batch.intake.source_files import SourceFile


@dataclass(frozen=True)
class Owner:
    """Who handed something in, in the source's words.

    ``ids``, the best first, each tell a person alone: an e-mail, a user name. ``number`` counts
    only together with the ``name`` beside it, for another one's may look the same. ``passing``: it
    holds for one assignment alone. ``packed``: signs have been stripped from the name;
    ``squeezed``: it is written as Canvas does.
    """

    ids: tuple[str, ...]
    name: str
    number: str = ""
    passing: bool = False
    packed: bool = False
    squeezed: bool = False

    @property
    def key(self) -> str:
        """What tells owners apart where there is no roster."""
        return self.ids[0] if self.ids else self.number

    @property
    def longest(self) -> int:
        """How many characters an id of theirs may have, a name in front of a number included."""
        return len(self.key) + (len(self.name) + 3 if self.passing else 0)


@dataclass(frozen=True)
class OwnedFile:
    """One file with its owner; None: the layout tells none.

    ``given`` is the path as the student named it: what tells the exercise. ``upload``: files of one
    student that bear the same were handed in together, and are one try. ``attempt``: the number of
    the try where the system tells it. ``order`` is what the system counts as files come in.
    ``refused``: an id of REASONS where the file is for nobody; ``aside``: where it is its owner's
    and yet no answer.
    """

    entry: SourceFile
    owner: Owner | None
    given: tuple[str, ...]
    attempt: int | None = None
    late: bool | None = None
    submitted_at: str | None = None
    upload: str = ""
    order: int = 0
    refused: str = ""
    aside: str = ""
