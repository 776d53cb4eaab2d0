"""Lines of a listing: a box before each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.web.controls.control import Control, texts_of

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from grader.asking.step import Step, Value


_DIGITS = 10  # a number of more is no line


class LinesOfControl(Control):
    """Check boxes in the listing itself."""

    macro = "lines_of"

    def read(self, _step: Step, form: FormData, name: str) -> Value:
        """Return the numbers of the lines that were ticked, from the first one on."""
        numbers = texts_of(form, name)
        known = (one for one in numbers if one.isascii() and one.isdecimal() and len(one) < _DIGITS)
        return tuple(sorted(known, key=int))
