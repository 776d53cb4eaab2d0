"""What a proof finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass
class Problem:
    """One thing that is wrong: where, what, and what the author can do about it.

    ``seeds`` are those under which it showed, where that depends on them; ``said`` is what a
    student would be told, under the first of them.
    """

    where: str
    what: str
    advice: str
    seeds: list[int] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Return the problem as one line."""
        seeds = ", ".join(map(str, self.seeds))
        under = f" under the seeds {seeds}" if len(self.seeds) > 1 else f" under seed {seeds}"
        what = f"{self.what}{under}" if self.seeds else self.what
        return ": ".join(filter(None, (self.where, what, self.advice)))


@dataclass
class Proof:
    """What was proved of an exercise, what was not, what could not be, and what never can."""

    exercise: str
    problems: list[Problem] = field(default_factory=list)
    proved: list[str] = field(default_factory=list)
    not_here: list[str] = field(default_factory=list)
    on_trust: list[str] = field(default_factory=list)  # checks that a forged answer can pass

    def found(
        self,
        where: str,
        what: str,
        advice: str,
        *,
        seed: int | None = None,
        said: Sequence[str] = (),
    ) -> None:
        """Note a problem, once; under another seed it is still the same one."""
        seeds = [] if seed is None else [seed]
        for known in self.problems:
            if (known.where, known.what, known.advice) == (where, what, advice):
                known.seeds += [seed for seed in seeds if seed not in known.seeds]
                return
        self.problems.append(Problem(where, what, advice, seeds, list(said)))


def counted(number: int, name: str) -> list[str]:
    """Return a number of things in words, nothing where there are none."""
    return [f"{number} {name}" if number == 1 else f"{number} {name}s"] if number else []
