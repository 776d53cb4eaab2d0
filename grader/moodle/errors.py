"""Why a site cannot be used, or has refused something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.course.languages import Translator
    from grader.course.phrases import Phrase


class MoodleError(GraderError):
    """Something that stops a command, with its sentence."""

    def __init__(self, told: Phrase) -> None:
        """Keep the sentence."""
        super().__init__(str(told))
        self.told = told

    def sentence(self, t: Translator) -> str:
        """Return the sentence in a language."""
        return self.told.localised(t)


class RefusedError(MoodleError):
    """The site has answered, and refuses this one request."""


class UnknownOutcomeError(MoodleError):
    """The connection was lost after a request to write: it may have been done, or not."""
