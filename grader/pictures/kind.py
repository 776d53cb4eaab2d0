"""The interface of every kind of drawing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from grader.report.clean import clean

if TYPE_CHECKING:
    from grader.course.languages import Translator
    from grader.pictures.scene import Scene

# Characters of a text in a drawing.
LONGEST = 40
Short = Annotated[str, AfterValidator(lambda text: " ".join(clean(text, LONGEST).split()))]
"""A text on one line, which may come from a submission."""


LARGEST = 10**15
"""Larger counts are not written out."""
Length = Annotated[int, Field(ge=0, le=LARGEST)]


class Part(BaseModel):
    """A part of a drawing. An unknown field is an error: a typo must not go unnoticed."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Drawing(Part, ABC):
    """A drawing as data, of bounded size whatever it was made from."""

    @abstractmethod
    def lines(self, t: Translator, width: int) -> list[str]:
        """Return the drawing as lines of text, at most ``width`` wide where that is possible."""

    @abstractmethod
    def sentences(self, t: Translator) -> list[str]:
        """Return the drawing in words, for readers who do not see it."""

    def alternative(self, t: Translator) -> str:
        """Return the sentences as one text: the alternative text of the picture."""
        return " ".join(self.sentences(t))

    @abstractmethod
    def scene(self, t: Translator) -> Scene:
        """Return the drawing as circles, lines and texts."""
