"""Errors of a platform, and of what is said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.course.phrases import Phrase


class LtiError(GraderError):
    """Nothing can be sent or read: a sentence for the teacher."""

    def __init__(self, sentence: Phrase) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class ConfigurationError(LtiError):
    """A file of the teacher's is missing or wrong: nothing was asked of the platform."""


class PlatformError(LtiError):
    """The platform refuses everything, or does not answer."""


class ScoreRefusedError(GraderError):
    """The platform has refused one score: the HTTP status, and the beginning of its words."""

    def __init__(self, status: int, words: str, wait: float | None = None) -> None:
        """Store status and words; ``wait``: seconds that the platform asks to wait for."""
        super().__init__(f"{status} {words}")
        self.status = status
        self.words = words
        self.wait = wait
