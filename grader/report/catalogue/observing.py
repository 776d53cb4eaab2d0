"""What the judge observes of wrong results by itself: the sentence beside it, and where they are.

The sentence of each general observation is defined with it in `grader/observations/general`. It is
looked up when a report has one: to import them is to import NumPy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grader.observations.registry import general_observations, observation_of
from grader.report.catalogue.template import Catalogue, Template, sentences

OBSERVED: Catalogue = sentences(
    {"observation.parts": "This is so for {{names}}; the rest of the result is right."}
)


class WithObservations(Mapping[str, Template]):
    """A catalogue and the sentences of all general observations."""

    def __init__(self, others: Catalogue) -> None:
        self._others = others

    def __getitem__(self, id_: str) -> Template:
        if id_ in self._others:
            return self._others[id_]
        found = observation_of(id_)
        if found is None:
            raise KeyError(id_)
        return Template(found.message, found.message_of_one or None, found.counted)

    def __iter__(self) -> Iterator[str]:
        yield from self._others
        yield from (one.id for one in general_observations())

    def __len__(self) -> int:
        return len(self._others) + len(general_observations())
