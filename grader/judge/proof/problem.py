"""What a proof finds."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where, what, and what the author can do about it."""

    where: str
    what: str
    advice: str

    def __str__(self) -> str:
        """Return the problem as one line."""
        return f"{self.where}: {self.what}: {self.advice}"


@dataclass
class Proof:
    """What was proved of an exercise, what was not, and what could not be tried here."""

    exercise: str
    problems: list[Problem] = field(default_factory=list)
    proved: list[str] = field(default_factory=list)
    not_here: list[str] = field(default_factory=list)

    def found(self, where: str, what: str, advice: str) -> None:
        """Note a problem, once."""
        problem = Problem(where, what, advice)
        if problem not in self.problems:
            self.problems.append(problem)
