"""Statements skipped while a submission was loaded, as its process reports: never worth a point.

A statement of the top level that raises is left out, and the rest is judged. This module parses
which ones those are, and which names are missing because of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grader.judge.processes.outcomes import Outcome, Raised, Returned, exception_of
from grader.wire.errors import ProtocolError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Notes that are read, as many as a process sends, and the greatest count that is believed.
READ = 50
MOST = 10**6
EVERYTHING = "*"
UNREAD = {"syntax", "indentation"}
"""Reasons of a `Raised` that mean that a file was not even parsed."""


@dataclass(frozen=True)
class LoadNote:
    """One statement that was left out.

    ``first`` is the line where it begins, ``names`` are those that are unbound because of it;
    ``file`` is the helper that contains it, None for the answer itself.
    """

    raised: Raised
    first: int
    names: tuple[str, ...] = ()
    file: str | None = None


def notes_of(outcome: Outcome | None) -> list[LoadNote]:
    """Return the notes of a load; malformed ones are dropped."""
    if not isinstance(outcome, Returned) or not isinstance(outcome.value, dict):
        return []
    said = outcome.value.get("notes")
    read = map(_note, said[:READ] if isinstance(said, list) else [])
    return [note for note in read if note is not None]


def count_of(outcome: Returned) -> int:
    """Return how many statements were left out, as the process reports."""
    noted = outcome.value.get("noted")
    return min(noted, MOST) if isinstance(noted, int) else 0


def _note(said: Any) -> LoadNote | None:
    match said:
        case {"first": int(first), "names": list(names), "beside": str() | None as file}:
            try:
                raised = exception_of(said)
            except ProtocolError:
                return None
            known = tuple(name[:100] for name in names if isinstance(name, str))
            return LoadNote(raised, max(1, first), known, file and file[:255])
    return None


def lost_names(notes: Iterable[LoadNote]) -> dict[str, LoadNote]:
    """Return the missing names of a submission, each with the note that explains it."""
    return {name: note for note in notes for name in note.names}


def lacking(raised: Raised, found: Mapping[str, LoadNote]) -> LoadNote | None:
    """Return the note that explains why a name is undefined."""
    if raised.why != "name" or raised.module is None:
        return None
    return found.get(raised.module) or found.get(EVERYTHING)
