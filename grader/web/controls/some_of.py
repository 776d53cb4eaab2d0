"""All options that apply: boxes to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.web.controls.control import Control, texts_of

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from grader.asking.step import Step, Value


class SomeOfControl(Control):
    """Check boxes."""

    macro = "some_of"

    def read(self, _step: Step, form: FormData, name: str) -> Value:
        """Return the options that were ticked, as they are shown."""
        return texts_of(form, name)
