"""What a learning system imports."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from grader.batch.lms.ownership import Owner
    from grader.batch.models import GradeRow
    from grader.batch.outputs.final_rows import ExportResult
    from grader.batch.outputs.rules import Rules, Worth
    from grader.batch.outputs.template import Template
    from grader.course.phrases import Phrase
    from grader.gradebook.policy import Grade

TemplateUse = Literal["none", "optional", "required"]


@dataclass(frozen=True)
class ExportTask:
    """What is to be written.

    ``worths``: the exercises of the batch. ``template``: a table that the teacher took from the
    system. ``titles``: the assignment of each exercise. ``listed``: there is a roster. ``owners``:
    who handed in the files of each student, as the source names them.
    """

    worths: Mapping[str, Worth]
    template: Path | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    listed: bool = True
    owners: Mapping[str, Owner] = field(default_factory=dict)


class Export(ABC):
    """The file that a learning system imports: prepared before anything is judged, then written.

    ``comments_by_student``: pieces of HTML, by id, where feedback goes along as comments;
    ``pages_by_student``: the pages of feedback, relative to the folder of the grades.

    ``title``: what people call the system. ``template``: whether a table of its own is filled in.
    ``comments``: whether its feedback comments can go along. ``tabular``: whether the template is
    a table of students. ``writes``: what is written below the folder of the grades, for the
    documents.
    """

    title: ClassVar[str]
    writes: ClassVar[str]
    template: ClassVar[TemplateUse] = "none"
    comments: ClassVar[bool] = False
    tabular: ClassVar[bool] = True

    def __init__(self, task: ExportTask, rules: Rules) -> None:
        """Read the template.

        Raises:
            BatchError: it cannot be filled in with these grades.

        """
        self.task = task
        self.rules = rules
        self.sheet: Template | None = None
        self.comments_by_student: Mapping[str, str] = {}
        self.pages_by_student: Mapping[str, str] = {}

    def refuse_strangers(self, students: Mapping[str, str]) -> None:
        """Raise BatchError where the template has no line for any of the students, names by id."""
        if self.sheet is not None:
            self.sheet.refuse_strangers(students)

    def lateness(self, _rows: Sequence[GradeRow], /) -> Mapping[str, bool]:
        """Return who was late, by id, where the template tells."""
        return {}

    @abstractmethod
    def write(self, rows: Iterable[GradeRow], grades: Iterable[Grade], out: Path) -> ExportResult:
        """Write the file into a folder; ``grades``: those of the gradebook, if there is one.

        Raises:
            BatchError: points cannot be right, or the file cannot be written.

        """

    @classmethod
    def preview(cls, _changed: int, /) -> Sequence[Phrase]:
        """Return the sentences on the system's preview of this number of changed grades."""
        return ()
