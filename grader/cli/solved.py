"""Whether the answer in the current folder has all points in its present state."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli.grade_and_show import NOT_PASSED, exit_code
from grader.cli.grading import Grading, unchanged
from grader.course.graded import remembered
from grader.judge.reading.submission import find
from grader.judge.run import Options
from grader.report.next_step import is_solved
from grader.report.wording import number

if TYPE_CHECKING:
    from grader.cli.context import Context
    from grader.course.loading import LoadedExercise
    from grader.report.models import Report

FOLDER = Path()


def answer_option(exercise: LoadedExercise, path: Path) -> str:
    """Return the arguments by which ``grader show --solution`` finds an answer, mostly none."""
    before = remembered(FOLDER).get(exercise.model.id)
    known = _answers(exercise, before.file if before else None)
    found = path.resolve() in [file.resolve() for file in known]
    return "" if found else f" --answer {shlex.quote(str(path))}"


def refusal(
    context: Context, exercise: LoadedExercise, answer: Path | None
) -> tuple[str, int] | None:
    """Return why right answers are not shown yet, and the exit code; None if they may be shown.

    ``answer`` is a file that was named; else any one in the folder suffices. A stored result counts
    while the answer and its checks are unchanged; else the answer is graded now, as for practice.
    Points of a quiz that wait for a teacher are not required.
    """
    before = remembered(FOLDER).get(exercise.model.id)
    grading = Grading(context, Options(), "student")
    best: Report | None = None
    named = [] if answer is None else [answer]
    for path in named or _answers(exercise, before.file if before else None):
        if before and before.passed and unchanged(before, exercise, path):
            return None
        report = grading.report(exercise, path)
        grading.remember(path.parent, exercise, path, report, only_known=True)
        if is_solved(report):
            return None
        if best is None or report.reached > best.reached:
            best = report
    return _told(context, exercise, best, answer)


def _told(
    context: Context, exercise: LoadedExercise, best: Report | None, answer: Path | None
) -> tuple[str, int]:
    t, id_, course = context.t, exercise.model.id, exercise.course.option
    file = "" if answer is None else f" {shlex.quote(str(answer))}"
    command = f"grade {id_}{file}{course}"
    if best is None:
        sentence = t(
            "Right answers to {{exercise}} are shown once yours has all points, and there is none "
            "of yours in this folder yet: begin with {{command}}",
            exercise=id_,
            command=f"grader init . {id_}{course}",
        )
        return sentence, NOT_PASSED
    if best.status in {"unreadable", "ungraded"}:
        sentence = t(
            "Right answers to {{exercise}} are shown once yours has all points, and it could not "
            "be graded: {{command}} tells why.",
            exercise=id_,
            command=command,
        )
    else:
        sentence = t(
            "Right answers to {{exercise}} are shown once yours has all points, so far {{reached}} "
            "of {{maximum}}: {{command}} tells how to go on.",
            exercise=id_,
            reached=number(best.reached),
            maximum=number(best.reachable),
            command=command,
        )
    return sentence, exit_code(best)


def _answers(exercise: LoadedExercise, last: str | None) -> list[Path]:
    """Return the files of the folder that answer an exercise, the one graded ``last`` first."""
    found = find(FOLDER, exercise.model.id, exercise.model.kind)
    first = [path for path in FOLDER.iterdir() if path.name == last and path.is_file()]
    return [*first, *(path for path in found if path not in first)]
