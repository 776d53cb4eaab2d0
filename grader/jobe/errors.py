"""What goes wrong with a request, and with the server's key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.course.languages import Translator
    from grader.course.phrases import Phrase


class RefusedError(GraderError):
    r"""A request gets no run: an HTTP status and a sentence.

    The sentence is English in ASCII: CodeRunner shows other characters as ``\uXXXX``.
    """

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class OverloadedError(GraderError):
    """There is no room for a run now; later there may be."""


class SettingsError(GraderError):
    """The server cannot start with what it was given: a sentence for the operator."""

    def __init__(self, what: Phrase) -> None:
        super().__init__(str(what))
        self.what = what

    def localised(self, t: Translator) -> str:
        """Return the sentence in a language."""
        return self.what.localised(t)


class ApiKeyError(SettingsError):
    """The API key is missing or cannot be used."""


class AttemptsFileError(SettingsError):
    """The file of attempts cannot be used."""
