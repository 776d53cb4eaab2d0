"""The exercise that a file answers, by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grader.batch.intake.definitions import Asked, bare
from grader.batch.name_words import NUMBERED_EXERCISE, exercise_numbers
from grader.judge.reading.submission import suffixes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.course.loading import Course

_SEPARATORS = " _-.,;+()[]{}"
_COPY = re.compile(r" ?\(\d{1,3}\)$")  # of a file that was downloaded twice


@dataclass(frozen=True)
class NameMatch:
    """The parts of a name: ids of exercises, numbers of none, and the rest.

    ``numbered``: by number. ``also``: exercises whose word it has beside another one's number.
    """

    exercises: frozenset[str]
    unknown: bool
    rest: str
    numbered: bool = False
    also: frozenset[str] = frozenset()


@dataclass
class Exercises:
    """The exercises of a course, and those that are requested."""

    course: Course
    asked: tuple[str, ...]
    _slugs: dict[str, re.Pattern[str]] = field(default_factory=dict)
    _numbers: dict[int, str] = field(default_factory=dict)
    _asked_for: dict[str, Asked] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the exercises by their names."""
        for folder in self.course.names:
            id_, _, slug = folder.partition("_")
            self._numbers[int(id_.removeprefix("ex"))] = id_
            words = r"[ _-]?".join(map(re.escape, slug.split("_")))
            self._slugs[id_] = re.compile(rf"(?<![^\W_]){words}(?![^\W_])", re.IGNORECASE)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all exercises in the order of study."""
        return tuple(self._numbers.values())

    @property
    def default(self) -> str | None:
        """The exercise of files without one in their name: the only one that is requested."""
        return self.asked[0] if len(self.asked) == 1 else None

    def parse_name(self, stem: str) -> NameMatch:
        """Return the parts of a file's name, without its suffix.

        Numbers count first, ``ex11``; a word such as ``softmax`` counts if there is no number.
        """
        stem = _COPY.sub("", stem)
        numbers = exercise_numbers(stem)
        known = frozenset(self._numbers[number] for number in numbers if number in self._numbers)
        if numbers:
            rest = NUMBERED_EXERCISE.sub(" ", stem)
            rest = self._without_slugs(rest, known).strip(_SEPARATORS)
            also = frozenset(id_ for id_, slug in self._slugs.items() if slug.search(rest))
            unknown = len(known) < len(numbers)
            return NameMatch(known, unknown, rest, numbered=True, also=also)
        named = frozenset(id_ for id_, slug in self._slugs.items() if slug.search(stem))
        return NameMatch(
            named, unknown=False, rest=self._without_slugs(stem, named).strip(_SEPARATORS)
        )

    def exercise_of_folder(self, part: str) -> str | None:
        """Return the exercise whose name is exactly that of a folder."""
        match = self.parse_name(part)
        return next(iter(match.exercises)) if len(match.exercises) == 1 and not match.rest else None

    def suffix_fits(self, exercise: str, name: str) -> bool:
        """Return True if the exercise accepts files with this suffix."""
        kind = self.course.exercise(exercise).model.kind
        return name.lower().endswith(suffixes(kind))

    def asked_for(self, exercise: str) -> Asked:
        """Return the names that an exercise asks for; none for a quiz."""
        if exercise not in self._asked_for:
            loaded = self.course.exercise(exercise)
            code = loaded.model.kind == "code"
            self._asked_for[exercise] = Asked(
                tuple(loaded.model.functions) if loaded.model.kind == "code" else (),
                bare(loaded.stub_source) if code else "",
            )
        return self._asked_for[exercise]

    def _without_slugs(self, text: str, exercises: Iterable[str]) -> str:
        for id_ in exercises:
            text = self._slugs[id_].sub(" ", text)
        return text
