"""How many students reached which share of the points: a histogram of tenths."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field

from grader.pictures.kind import Drawing, Length

if TYPE_CHECKING:
    from grader.course.languages import Translator
    from grader.pictures.scene import Scene

BINS = 11
"""Ten tenths without their upper end, and a bar of its own for all points."""
_BAR = "█"


class Histogram(Drawing):
    """Numbers of students by the share of the points that they reached."""

    kind: Literal["histogram"] = Field("histogram", description="the form of the drawing")
    counts: tuple[Annotated[Length, Field()], ...] = Field(
        min_length=BINS, max_length=BINS, description="students by tenth; the last: all points"
    )

    @classmethod
    def of(cls, shares: Iterable[Decimal]) -> Self:
        """Return the histogram of shares from 0 to 1; more than 1, a bonus, counts as all."""
        counts = [0] * BINS
        for share in shares:
            counts[min(int(share * (BINS - 1)), BINS - 1)] += 1
        return cls(counts=tuple(counts))

    def named(self, t: Translator) -> list[str]:
        """Return the names of the bars: the share at which each begins."""
        return [t("{{percent}}%", percent=Decimal(10 * number)) for number in range(BINS)]

    def lines(self, t: Translator, width: int) -> list[str]:
        """Return a line for each bar, with its number."""
        names = self.named(t)
        room = max(map(len, names))
        longest, most = max(1, width - room - 8), max((1, *self.counts))
        return [
            f"{name.rjust(room)}  {count:>4}  {_BAR * (count * longest // most)}".rstrip()
            for name, count in zip(names, self.counts, strict=True)
        ]

    def sentences(self, t: Translator) -> list[str]:
        """Return the number of students, and the bars that are not empty."""
        told = [t.plural("{{n}} student.", "{{n}} students.", sum(self.counts))]
        names = self.named(t)
        for number, count in enumerate(self.counts):
            if count and number == BINS - 1:
                told.append(t("All points: {{count}}.", count=count))
            elif count:
                low, high = names[number], names[number + 1]
                told.append(
                    t("From {{low}} to under {{high}}: {{count}}.", low=low, high=high, count=count)
                )
        return told

    def scene(self, t: Translator) -> Scene:
        """Return the bars above their names."""
        from grader.pictures.draw_histogram import bars  # noqa: PLC0415 - text needs none

        return bars(self, t)
