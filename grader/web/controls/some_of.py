"""All options that apply: boxes to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.asking.step import SomeOf
from grader.web.controls.control import Control, texts_of

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from grader.asking.step import Step, Value


class SomeOfControl(Control):
    """Check boxes."""

    macro = "some_of"

    def read(self, step: Step, form: FormData, name: str) -> Value:
        """Return the options that were ticked, as they are shown."""
        assert isinstance(step, SomeOf)  # noqa: S101 - by the registry
        ticked = texts_of(form, name)
        shown = [id_ for id_, _ in step.options]
        return (*filter(ticked.__contains__, shown), *(one for one in ticked if one not in shown))
