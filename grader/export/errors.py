"""Errors of exports, worded for the teacher."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.course.languages import Translator
    from grader.course.phrases import Phrase


class ExportError(GraderError):
    """Something cannot be exported: one sentence, for later translation."""

    def __init__(self, why: Phrase) -> None:
        super().__init__(str(why))
        self.why = why

    def sentence(self, t: Translator) -> str:
        """Return the sentence in a language."""
        return self.why.localised(t)
