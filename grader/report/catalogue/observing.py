"""What the judge observes of wrong results by itself: the sentence beside it, and where they are.

The sentence of each general observation stands with it in `grader/observations/general`. It is
looked up when a report has one: to import them is to import NumPy.
"""

from __future__ import annotations

from grader.observations.registry import general_observations, observation_of
from grader.report.catalogue.template import Catalogue, Template, sentences

OBSERVED: Catalogue = sentences(
    {"observation.parts": "This is so for {{names}}; the rest of the result is right."}
)


def observed_template(id_: str) -> Template | None:
    """Return the sentence of a general observation, None where there is none of that id."""
    found = observation_of(id_)
    if found is None:
        return None
    return Template(found.message, found.message_of_one or None, found.counted)


def observed_catalogue() -> Catalogue:
    """Return the sentences of all general observations."""
    found = ((one.id, observed_template(one.id)) for one in general_observations())
    return {id_: template for id_, template in found if template is not None}
