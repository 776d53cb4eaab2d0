"""What a format is: what goes in, which files come out, and what is lost on the way."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grader.course.loading import Course, LoadedExercise
    from grader.course.phrases import Phrase
    from grader.report.models import Report


@dataclass(frozen=True)
class Exported:
    """The files of an export by their paths, all relative, and what they hold.

    ``count``: the questions, or whatever the format counts. ``lost``: what the other system cannot
    do, a sentence each. ``left_out``: what could not be exported, and why.
    """

    files: Mapping[str, bytes]
    count: int
    lost: Sequence[Phrase] = ()
    left_out: Sequence[Phrase | str] = ()


@dataclass
class Losses:
    """What is lost on the way: each sentence once, with the places where it is."""

    places: dict[str, list[str]] = field(default_factory=dict)

    def add(self, sentence: str, place: str) -> None:
        """Note a loss, a ``msgid``, at a place such as ``ex14 loss_first``."""
        self.places.setdefault(sentence, []).append(place)

    def sentences(self) -> list[Phrase]:
        """Return the sentences, each followed by its places, in the order of their first ones."""
        from grader.course.phrases import Phrase, phrase  # noqa: PLC0415 - costs the translator

        return [
            phrase("{{what}} ({{where}})", what=Phrase(what), where=_shortened(places))
            for what, places in self.places.items()
        ]


_PLACES = 4


def _shortened(places: list[str]) -> str:
    """Return the first places; of the others, that there are some."""
    more = "…" if len(places) > _PLACES else ""
    return ", ".join([*dict.fromkeys(places)][:_PLACES]) + (f", {more}" if more else "")


@dataclass(frozen=True)
class ExerciseTask:
    """Exercises to be exported in a language, and the options of the command.

    ``server``: the address of the server that judges, where it is not the usual one. ``students``:
    whether questions tell whose answer it is.
    """

    course: Course
    exercises: Sequence[LoadedExercise]
    lang: str
    numbers: str = "auto"
    matching: str = "pairs"
    ordering: str = "typed"
    server: str = ""
    students: bool = False


class Format(ABC):
    """A format.

    ``output``: the file or folder that is written where no other is named, with ``{{course}}`` and
    ``{{lang}}``. ``folder``: whether it is one.
    ``options``: the options of the command that it takes, by the names of their fields.
    """

    output: ClassVar[str]
    folder: ClassVar[bool] = False
    options: ClassVar[frozenset[str]] = frozenset()


class ExerciseFormat(Format):
    """A format for exercises. ``holds_keys``: whether right answers are in its files."""

    holds_keys: ClassVar[bool] = True

    @abstractmethod
    def export(self, task: ExerciseTask) -> Exported:
        """Return the files.

        Raises:
            CourseError: a file of the course is missing or broken.
            ExportError: nothing of it can be exported.

        """


@dataclass(frozen=True)
class ReportTask:
    """Reports to be exported, as students may see them, and the options of the command.

    ``home``: the address under which students have their ids. ``identity``: `account`, or
    `mbox-sha1` for ids that are e-mail addresses.
    """

    reports: Iterable[Report]
    home: str = ""
    identity: str = "account"


class ReportFormat(Format):
    """A format for results."""

    @abstractmethod
    def export(self, task: ReportTask) -> Exported:
        """Return the files.

        Raises:
            ExportError: an option does not fit.

        """
