"""The archive by which a learning system takes a file of feedback for each student or team."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from grader.course.languages import msgid

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.batch.feedback.pages import Feedback
    from grader.batch.lms.export import ExportTask
    from grader.batch.outputs.final_rows import Kept
    from grader.course.phrases import Phrase

# Reasons why a student gets no file, besides those of `outputs.rules.KEPT`.
WITHOUT_FILE = {
    "no_line": msgid("they have no line in the template, so that who they are there is not known"),
    "not_theirs": msgid("the number and the name of their file are not those of their line"),
    "team_number": msgid(
        "a team's work, and the number of the team is not known: grade the system's own download"
    ),
    "team_differs": msgid("what counts is not the same for all members of the team"),
    "no_name": msgid("the system's own name of their file is not known: grade its own download"),
    "unfinished": msgid("a draft or a reopened attempt, which is not handed in"),
}


class FeedbackArchive(ABC):
    """Who gets which file, by the names that the system reads in a zip.

    ``writes``: the zip below the folder of the grades.
    """

    writes: ClassVar[str]

    def __init__(self, task: ExportTask, lang: str) -> None:
        """Read the template; ``lang``: of what several students get together.

        Raises:
            BatchError: it cannot be read.

        """
        self.task = task
        self.lang = lang

    @abstractmethod
    def files(
        self, feedback: Sequence[Feedback], without: list[Kept], /
    ) -> Iterator[tuple[str, bytes]]:
        """Yield names in the zip and their contents; ``without`` gets who has none, and why."""

    @classmethod
    @abstractmethod
    def steps(cls, imported: str, /) -> Sequence[Phrase]:
        """Return how the zip is uploaded, and in which order with the file of grades."""
