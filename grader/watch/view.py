"""What is on the screen of a watch, as data, and who shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from grader.course.loading import LoadedExercise
    from grader.course.phrases import Phrase
    from grader.report.models import Report

Event = Literal["begun", "judging", "verdict", "other", "hint", "all", "note"]
"""What has changed in a view: the exercise, the verdict, that of another file, and so on."""


@dataclass(frozen=True)
class Verdict:
    """The report of an answer, as it was judged, and the file that it was in."""

    exercise: LoadedExercise
    name: str
    report: Report


@dataclass
class View:
    """What is on the screen.

    ``current``: the exercise that is watched, with its ``file``, None if there is none yet, and
    whether nothing was written into it (``untouched``). ``verdict``: the last one, which may be of
    the exercise before. ``others``: verdicts of other files that were saved at the same time.
    ``hint``: the number of the hint that is shown, from 1. ``note``: what has to be said besides.
    """

    current: LoadedExercise
    total: int
    solved: int = 0
    file: str | None = None
    untouched: bool = False
    verdict: Verdict | None = None
    others: list[Verdict] = field(default_factory=list)
    hint: int = 0
    everything: bool = False
    judging: bool = False
    note: Phrase | None = None


class Screen(Protocol):
    """Shows a view: drawn anew as a whole, or by what has changed in it."""

    def show(self, view: View, event: Event) -> None:
        """Show a view, in which something has changed."""
