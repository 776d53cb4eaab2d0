"""General observations, and the evidence that they require."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    from grader.observations.arrays import Pair

NUMBERS = 4
"""Independent numbers whose agreement is no coincidence."""


@dataclass(frozen=True)
class Support:
    """The evidence of one result for an observation.

    ``numbers`` counts the independent numbers that fit; ``args`` fill the sentence; ``size`` is
    what must differ between results, if an observation requires that (None: no evidence).
    """

    numbers: int
    args: Mapping[str, float] = field(default_factory=dict)
    size: Hashable = None


class GeneralObservation(ABC):
    """A fact about the arrays of a wrong result.

    All failures together must have that many ``numbers``, ``results`` and different ``sizes``.
    """

    id: ClassVar[str]
    """Permanent, since reports contain it."""
    rank: ClassVar[int]
    """Among those that are true of the same checks, the one of lowest rank is reported."""
    message: ClassVar[str]
    """The English sentence, with a placeholder for each argument."""
    message_of_one: ClassVar[str] = ""
    """Its singular, if the sentence has a plural."""
    counted: ClassVar[str] = "n"
    """The argument that selects the plural form."""

    shapes: ClassVar[Literal["alike", "any"]] = "alike"
    """Whether it concerns only results of the right shape, or of any shape."""
    numbers: ClassVar[int] = NUMBERS
    results: ClassVar[int] = 1
    sizes: ClassVar[int] = 0

    def of(self, pair: Pair) -> Support | None:
        """Return the evidence of a result, None if the observation is not true of it."""
        if self.shapes == "alike" and not pair.alike:
            return None
        return self.support(pair)

    @abstractmethod
    def support(self, pair: Pair) -> Support | None:
        """Return the evidence of a result of an admissible shape, None if it is not true of it."""

    def message_args(self, args: Mapping[str, float]) -> Mapping[str, float]:
        """Return the arguments of the sentence: four significant digits, integers unchanged."""
        return {
            name: value if isinstance(value, int) else float(f"{value:.4g}")
            for name, value in args.items()
        }
