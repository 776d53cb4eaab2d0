"""One of several options: buttons, or a list beside the item that it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.web.controls.control import Control, text_of

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from grader.asking.step import Step, Value


class OneOfControl(Control):
    """Radio buttons."""

    macro = "one_of"

    def read(self, _step: Step, form: FormData, name: str) -> Value:
        """Return the option that was chosen."""
        chosen = text_of(form, name)
        return (chosen,) if chosen else ()
