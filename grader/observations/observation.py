"""What every general observation says of itself: what it is true of, and what it tells."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    from grader.observations.arrays import Pair

NUMBERS = 4
"""The number of independent values whose agreement is no coincidence."""


@dataclass(frozen=True)
class Support:
    """What one result says for an observation.

    ``numbers`` counts the independent numbers that fit; ``args`` fill the sentence; ``size`` is
    what must differ between results, where an observation asks for that (None: says nothing).
    """

    numbers: int
    args: Mapping[str, float] = field(default_factory=dict)
    size: Hashable = None


class GeneralObservation(ABC):
    """A fact about the arrays of a wrong result.

    In all that fails there must be so many ``numbers``, ``results`` and different ``sizes`` that
    support it.
    """

    id: ClassVar[str]
    """Permanent: it stands in reports."""
    rank: ClassVar[int]
    """Of those that are true of the same checks, the one of the lowest rank is reported."""
    message: ClassVar[str]
    """The English sentence, with a placeholder for each argument."""
    message_of_one: ClassVar[str] = ""
    """The same where ``counted`` is 1, if the sentence has a plural."""
    counted: ClassVar[str] = "n"
    """The argument that decides on the plural."""

    shapes: ClassVar[Literal["alike", "any"]] = "alike"
    """Whether it is about results of the right shape alone, or of any shape."""
    numbers: ClassVar[int] = NUMBERS
    results: ClassVar[int] = 1
    sizes: ClassVar[int] = 0

    def of(self, pair: Pair) -> Support | None:
        """Return the support of a result for it, None if it is not true of the result."""
        if self.shapes == "alike" and not pair.alike:
            return None
        return self.support(pair)

    @abstractmethod
    def support(self, pair: Pair) -> Support | None:
        """Return the support of a result of such a shape, None if it is not true of the result."""

    def told(self, args: Mapping[str, float]) -> Mapping[str, float]:
        """Return arguments as the sentence shows them: with four digits, and counts as they are."""
        return {
            name: value if isinstance(value, int) else float(f"{value:.4g}")
            for name, value in args.items()
        }
