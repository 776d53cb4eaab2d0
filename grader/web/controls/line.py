"""A line to type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.web.controls.control import Control, text_of

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from grader.asking.step import Step, Value


class LineControl(Control):
    """A field of one line."""

    macro = "line"

    def read(self, _step: Step, form: FormData, name: str) -> Value:
        """Return the typed line."""
        return " ".join(text_of(form, name).split("\n")).strip()
