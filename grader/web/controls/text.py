"""A text of several lines to type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.web.controls.control import Control, text_of

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from grader.asking.step import Step, Value


class TextControl(Control):
    """An area to write in."""

    macro = "text"

    def read(self, _step: Step, form: FormData, name: str) -> Value:
        """Return the written text."""
        return text_of(form, name).strip()
