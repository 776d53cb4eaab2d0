"""Options to put in order: each gets its place, from 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.asking.step import InOrder
from grader.web.controls.control import Control, text_of

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from grader.asking.step import Step, Value


class InOrderControl(Control):
    """A list of places beside each option."""

    macro = "in_order"

    def read(self, step: Step, form: FormData, name: str) -> Value:
        """Return the options by their places; without one of two at one place."""
        assert isinstance(step, InOrder)  # noqa: S101 - by the registry
        places = {id_: text_of(form, f"{name}.{id_}") for id_, _ in step.options}
        known = {str(number): number for number in range(1, len(step.options) + 1)}
        placed = [(known[place], id_) for id_, place in places.items() if place in known]
        ordered = tuple(id_ for _, id_ in sorted(placed))
        clash = len({number for number, _ in placed}) < len(placed)
        return ordered[:-1] if clash else ordered  # which lacks one, so that it is no order
