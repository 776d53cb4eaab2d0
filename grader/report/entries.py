"""The parts of a view of a report, independent of the output format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.pictures.picture import AnyDrawing


class Rank(IntEnum):
    """The priority of a part of a report when lines are scarce."""

    FIRST = 0  # always shown
    PLACE = 1  # the position of the first cause
    CALL = 2  # the call in which it shows
    OTHER = 3  # the other causes
    ASIDE = 4  # notes, printed output
    LATER = 5  # the calls of the other causes


@dataclass(frozen=True)
class Paragraph:
    """A text in Markdown; ``alone``: the text to show instead if the next part is left out."""

    text: str
    rank: Rank = Rank.FIRST
    alone: str = ""


@dataclass(frozen=True)
class Listing:
    """A text that is cut after ``most`` lines."""

    text: str
    rank: Rank = Rank.FIRST
    most: int = 2


@dataclass(frozen=True)
class Call:
    """Python that can be pasted, and its results: values with their labels."""

    code: tuple[str, ...]
    results: tuple[tuple[str, str], ...]
    rank: Rank = Rank.CALL


@dataclass(frozen=True)
class Drawn:
    """A picture: its caption in Markdown, the function that draws it as text, and its data."""

    caption: str
    lines: Callable[[int], list[str]]
    drawing: AnyDrawing
    rank: Rank = Rank.ASIDE


@dataclass(frozen=True)
class Printed:
    """Lines that the submission printed; the last ones matter most."""

    heading: str
    lines: tuple[str, ...]
    rank: Rank = Rank.ASIDE


@dataclass(frozen=True)
class Quoted:
    """A text as the student has written it, line by line."""

    heading: str
    lines: tuple[str, ...]
    rank: Rank = Rank.FIRST


Part = Paragraph | Listing | Call | Drawn | Printed | Quoted


@dataclass(frozen=True)
class Entry:
    """One entry of the view, with a status: as an id and as a word.

    Beside the word are a title, with its points, or a part: the sentence about a cause.
    """

    status: str
    word: str
    title: str = ""
    points: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class View:
    """The visible contents of a report. Paragraphs are Markdown, everything else is text.

    ``causes`` are cut to the available lines: ``remainders`` contains, for the last one, two …
    causes that do not fit, the entry that replaces them. Without ``limited`` all are shown.
    """

    title: str
    headline: str
    tone: str
    causes: tuple[Entry, ...] = ()
    remainders: tuple[Entry, ...] = ()
    rows: tuple[Entry, ...] = ()
    printed: Printed | None = None
    notes: tuple[str, ...] = ()
    points: str = ""
    way: str = ""
    limited: bool = False
