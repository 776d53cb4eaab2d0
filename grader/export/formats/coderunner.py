"""Moodle's CodeRunner: a question for each exercise in code, whose answers `grader jobe` judges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.course.languages import msgid
from grader.course.phrases import phrase
from grader.export.coderunner import coderunner_xml
from grader.export.errors import ExportError
from grader.export.format import ExerciseFormat, Exported, Losses

if TYPE_CHECKING:
    from grader.export.format import ExerciseTask

OUTPUT = "questions.xml"
_HINTS = msgid("hints are not in the questions: students find them with `grader hint`")
_QUIZZES = msgid("questions of quizzes are left out: `grader export moodle` writes them")


class CodeRunner(ExerciseFormat):
    """CodeRunner's questions, for *Question bank → Import → Moodle XML*. The judge has the keys."""

    output = "{{course}}.{{lang}}.coderunner.xml"
    options = frozenset({"server", "students"})
    holds_keys = False

    def export(self, task: ExerciseTask) -> Exported:
        """Return one file.

        Raises:
            ExportError: there is no exercise in code.

        """
        losses = Losses()
        code = [exercise for exercise in task.exercises if exercise.model.kind == "code"]
        for exercise in task.exercises:
            if exercise not in code:
                losses.add(_QUIZZES, exercise.model.id)
            elif exercise.prose(task.lang).front.hints:
                losses.add(_HINTS, exercise.model.id)
        if not code:
            raise ExportError(phrase("There is no exercise in code among them."))
        questions = coderunner_xml(code, task.lang, server=task.server, students=task.students)
        return Exported({OUTPUT: questions}, len(code), losses.sentences())
