"""Facts that the judge itself observes about wrong results, in any exercise.

The sentence of each is an attribute of its class in `grader/observations/general`. These modules
need NumPy, so they are imported when such a sentence is looked up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grader.observations.registry import general_observations, observation_of
from grader.report.catalogue.template import Catalogue, Template, sentences

OBSERVED: Catalogue = sentences(
    {"observation.parts": "This is so for {{names}}; the rest of the result is right."}
)


class WithObservations(Mapping[str, Template]):
    """A catalogue with the sentences of all general observations added."""

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
