"""Errors of a course, and of requests to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.course.languages import Translator
from grader.course.phrases import joined, phrase
from grader.errors import GraderError

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course.phrases import Phrase


class CourseError(GraderError):
    """A file of a course is broken: the position, the problem, and advice for its author."""

    def __init__(
        self,
        file: Path,
        field: str,
        what: Phrase | str,
        advice: Phrase | str = "",
        *,
        line: int | None = None,
    ) -> None:
        """Store the file, its field or line (which may be missing), the problem and the advice.

        Phrases are translated into the reader's language; text is another program's message.
        """
        super().__init__(file, field, what, advice)
        self.file = file
        self.field = field
        self.line = line
        self.what = what
        self.advice = advice

    @property
    def place(self) -> Phrase | str:
        """The field or the line; it may be empty."""
        return self.field if self.line is None else phrase("line {{line}}", line=self.line)

    def problem(self, t: Translator) -> str:
        """Return the problem and the advice, in a language."""
        return joined(t, self.what, self.advice)

    def __str__(self) -> str:
        """Return file, place and problem as one line, in English."""
        t = Translator("en")
        return joined(t, self.file, self.place, self.problem(t))


class UnknownTranslationUnitError(GraderError, LookupError):
    """No text of a translation has this name."""

    def __init__(self, file: Path, unit: str, close: tuple[str, ...]) -> None:
        """Store the file, the requested unit and similar names of units."""
        super().__init__(file, unit, close)
        self.file = file
        self.unit = unit
        self.close = close


class UnknownExerciseError(GraderError, LookupError):
    """No exercise of the course has this name."""

    def __init__(self, name: str, close: tuple[str, ...]) -> None:
        """Store the requested name and similar names of exercises."""
        super().__init__(name, close)
        self.name = name
        self.close = close

    def __str__(self) -> str:
        """Return the name and its close matches as one line."""
        meant = f" (close: {', '.join(self.close)})" if self.close else ""
        return f"no exercise is called {self.name!r}{meant}"
