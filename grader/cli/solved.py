"""Whether the answer in the current folder has all points in its present state."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli.grade_and_show import NOT_PASSED, exit_code
from grader.cli.grading import Grading, graded_before
from grader.course.workspace import workspace_of
from grader.judge.reading.submission import find
from grader.judge.run import Options
from grader.progress.merge import latest
from grader.progress.progress_file import read
from grader.progress.recording import place_in
from grader.report.next_step import is_solved
from grader.report.wording import number

if TYPE_CHECKING:
    from grader.cli.context import Context
    from grader.course.loading import LoadedExercise
    from grader.progress.models import Progress
    from grader.report.models import Report

FOLDER = Path()


def answer_option(exercise: LoadedExercise, path: Path) -> str:
    """Return the arguments by which ``grader show --solution`` finds an answer, mostly none."""
    known = _answers(exercise, _progress())
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
    progress = _progress()
    grading = Grading(context, Options(), "student")
    best: Report | None = None
    named = [] if answer is None else [answer]
    for path in named or _answers(exercise, progress):
        before = graded_before(progress, exercise, path)
        if before is not None and before.solved:
            return None
        report = grading.report(exercise, path)
        grading.remember(path.parent, path, report, only_known=True)
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


def _progress() -> Progress:
    return read(workspace_of(FOLDER) or FOLDER)[0]


def _answers(exercise: LoadedExercise, progress: Progress) -> list[Path]:
    """Return the files of the folder that answer an exercise, the one graded last first."""
    found = find(FOLDER, exercise.model.id, exercise.model.kind, exercise.is_called)
    last = latest(progress.attempts(exercise))
    if last is None:
        return found
    place = workspace_of(FOLDER) or FOLDER.absolute()
    files = (path for path in FOLDER.iterdir() if path.is_file())
    first = [path for path in files if place_in(place, path) == last.file]
    return [*first, *(path for path in found if path not in first)]
