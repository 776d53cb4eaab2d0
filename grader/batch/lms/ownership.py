"""The owner of a file by the layout: student, time, and original name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.batch.intake.source_files import SourceFile


@dataclass(frozen=True, slots=True)
class Owner:
    """The owner of a file, as the source gives it.

    ``ids``, in order of preference, each identify a person: an e-mail, a user name. ``number``
    counts only together with the ``name`` beside it, since numbers of other kinds look the same.
    ``lang``: the owner's language, where the source tells it. ``passing``: the number is valid for
    one assignment only. ``packed``: characters have been stripped from the name; ``squeezed``: it
    is written as Canvas does.
    """

    ids: tuple[str, ...]
    name: str
    number: str = ""
    passing: bool = False
    packed: bool = False
    squeezed: bool = False
    lang: str = ""

    @property
    def key(self) -> str:
        """The key of an owner if there is no roster."""
        return self.ids[0] if self.ids else self.number

    @property
    def longest(self) -> int:
        """The length of the longest id, including a name in front of a number."""
        return len(self.key) + (len(self.name) + 3 if self.passing else 0)


@dataclass(frozen=True, slots=True)
class OwnedFile:
    """One file with its owner; None: the layout gives none.

    ``given`` is the path by the student, which names the exercise. ``upload``: files of one student
    with the same value were handed in together, and are one try. ``attempt``: the number of the
    try, if the system gives it. ``order`` is the system's counter of files. ``refused``: an id of
    REASONS if the file belongs to nobody; ``aside``: if it belongs to its owner and is no answer.
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
