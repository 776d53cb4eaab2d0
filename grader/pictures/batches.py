"""The samples of each mini-batch: one row for each batch, one column for each sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field

from grader.pictures.cell_grid import in_columns
from grader.pictures.kind import Drawing, Length, Part

if TYPE_CHECKING:
    from grader.course.languages import Translator
    from grader.pictures.scene import Scene

# Larger drawings are cut: the picture must stay readable, and the report small.
MOST_SAMPLES, MOST_BATCHES = 24, 12
TAKEN = "●"
Index = Annotated[int, Field(ge=0, lt=MOST_SAMPLES)]
Times = Annotated[int, Field(ge=1, le=999)]


class Batch(Part):
    """A mini-batch: how many samples it holds, and how often each of those that are drawn."""

    size: Length = Field(description="samples that it holds")
    taken: dict[Index, Times] = Field(
        default_factory=dict, description="sample, and how often this batch holds it"
    )
    unknown: Length = Field(0, description="of its samples, those that were never given")

    @classmethod
    def of(cls, samples: Any) -> Self:
        """Return the batch of a list of sample numbers; other values count as unknown samples."""
        listed = samples if isinstance(samples, list | tuple) else [None]
        known = Counter(one for one in listed if type(one) is int and one >= 0)
        drawn = {one: min(times, 999) for one, times in known.items() if one < MOST_SAMPLES}
        return cls(size=len(listed), taken=drawn, unknown=len(listed) - known.total())

    def held(self, sample: int) -> str:
        """Return the text of a cell: how often the batch contains a sample, if more than once."""
        times = self.taken.get(sample, 0)
        return TAKEN if times == 1 else str(times) if times else "."


class Batches(Drawing):
    """The mini-batches of one epoch, those of a submission beside the right ones."""

    kind: Literal["batches"] = Field("batches", description="the form of the drawing")
    samples: Length = Field(description="samples that there are; the first ones are drawn")
    got: tuple[Batch, ...] = Field(
        max_length=MOST_BATCHES, description="the first batches of the submission"
    )
    right: tuple[Batch, ...] = Field(
        (), max_length=MOST_BATCHES, description="the first batches of the reference"
    )
    count: Length = Field(description="batches of the submission")
    right_count: Length = Field(description="batches of the reference")
    never: Length = Field(0, description="samples that no batch of the submission holds")
    twice: Length = Field(0, description="samples that are held more than once")

    @classmethod
    def of(cls, got: Sequence[Any], right: Sequence[Any], samples: int) -> Self:
        """Return the batches of a submission, lists of sample numbers, beside the right ones."""
        held = Counter(
            one
            for batch in got
            if isinstance(batch, list | tuple)
            for one in batch
            if type(one) is int and 0 <= one < samples
        )
        return cls(
            samples=samples,
            got=tuple(map(Batch.of, got[:MOST_BATCHES])),
            right=tuple(map(Batch.of, right[:MOST_BATCHES])),
            count=len(got),
            right_count=len(right),
            never=samples - len(held),
            twice=sum(times > 1 for times in held.values()),
        )

    @property
    def drawn(self) -> int:
        """The number of samples that are drawn."""
        return min(self.samples, MOST_SAMPLES)

    def times(self, batches: Sequence[Batch]) -> list[int]:
        """Return how often the drawn batches contain each drawn sample."""
        return [sum(b.taken.get(sample, 0) for b in batches) for sample in range(self.drawn)]

    @property
    def whole(self) -> bool:
        """Whether all batches of the submission are drawn, so that the columns are complete."""
        return self.count == len(self.got)

    def lines(self, t: Translator, width: int) -> list[str]:
        """Return a line for each batch, and below each column how often its sample occurs."""
        table = [[t("sample"), *map(str, range(self.drawn))]]
        table += [
            [t("batch {{n}}", n=number), *(batch.held(sample) for sample in range(self.drawn))]
            for number, batch in enumerate(self.got, 1)
        ]
        if self.whole:
            table.append([t("times"), *map(str, self.times(self.got))])
        return [*in_columns(table, width), *self.legend(t)]

    def legend(self, t: Translator) -> list[str]:
        """Return the oddities of the batches, and how much is not drawn."""
        lines = self.oddities(t)
        if self.samples > self.drawn or not self.whole:
            lines.append(
                t(
                    "Of {{samples}} samples and {{count}} batches the first are drawn.",
                    samples=self.samples,
                    count=self.count,
                )
            )
        return lines

    def oddities(self, t: Translator) -> list[str]:
        """Return the oddities of the batches."""
        sentences = []
        if self.never:
            sentences.append(
                t.plural(
                    "{{n}} sample is in no batch.",
                    "{{n}} samples are in no batch.",
                    self.never,
                )
            )
        if self.twice:
            sentences.append(
                t.plural(
                    "{{n}} sample is taken more than once.",
                    "{{n}} samples are taken more than once.",
                    self.twice,
                )
            )
        unknown = sum(batch.unknown for batch in self.got)
        if unknown:
            sentences.append(
                t.plural(
                    "{{n}} row is no sample that was given.",
                    "{{n}} rows are no samples that were given.",
                    unknown,
                )
            )
        if self.count != self.right_count:
            sentences.append(
                t(
                    "Number of batches: {{got}} instead of {{right}}.",
                    got=self.count,
                    right=self.right_count,
                )
            )
        return sentences

    def sentences(self, t: Translator) -> list[str]:
        """Return the samples of each batch."""
        told = []
        for number, batch in enumerate(self.got, 1):
            listed = [str(s) for s, times in sorted(batch.taken.items()) for _ in range(times)]
            named = ", ".join(listed[:MOST_SAMPLES]) or "…"
            told.append(
                t(
                    "Batch {{n}} of size {{size}}: {{named}}.",
                    n=number,
                    size=batch.size,
                    named=named,
                )
            )
        return [*told, *self.legend(t)]

    def scene(self, t: Translator) -> Scene:
        """Return a grid of batches and samples, and below it that of the reference."""
        from grader.pictures.draw_batches import strip  # noqa: PLC0415 - text needs none

        return strip(self, t)
