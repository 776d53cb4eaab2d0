"""What can be wrong with a course, or with what was asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class CourseError(Exception):
    """A file of a course is broken: where, and what its author can do about it."""

    def __init__(self, file: Path, field: str, problem: str) -> None:
        """Name the file, the field in it (may be empty) and the problem, ending in what to do."""
        super().__init__(file, field, problem)
        self.file = file
        self.field = field
        self.problem = problem

    def __str__(self) -> str:
        """Return the three parts as one line."""
        return ": ".join(part for part in (str(self.file), self.field, self.problem) if part)


class UnknownUnit(LookupError):  # noqa: N818 - it is no fault of anybody's but a question
    """No text of a translation has this name."""

    def __init__(self, file: Path, unit: str, close: tuple[str, ...]) -> None:
        """Keep the file, the unit asked for and the names of units that resemble it."""
        super().__init__(file, unit, close)
        self.file = file
        self.unit = unit
        self.close = close


class UnknownExercise(LookupError):  # noqa: N818 - it is no fault of anybody's but a question
    """No exercise of the course has this name."""

    def __init__(self, name: str, close: tuple[str, ...]) -> None:
        """Keep the name asked for and the names of exercises that resemble it."""
        super().__init__(name, close)
        self.name = name
        self.close = close

    def __str__(self) -> str:
        """Return the name and its close matches as one line."""
        meant = f" (close: {', '.join(self.close)})" if self.close else ""
        return f"no exercise is called {self.name!r}{meant}"
