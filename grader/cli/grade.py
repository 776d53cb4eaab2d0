"""``grader grade`` and its short cut ``grade``: its arguments, and what starts before all else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.completing import exercises
from grader.cli.options import (
    PLACE,
    checks_option,
    collected,
    device_option,
    everything_option,
    grader_command,
    html_option,
    isolation_option,
    pictures_option,
)
from grader.cli.status_words import ExplainsStatusWords
from grader.course.devices import WANTED
from grader.course.glance import needs_numpy_alone
from grader.course.languages import msgid
from grader.judge.processes.early_start import EarlyStart, numpy_options
from grader.wire.levels import LOWEST, Level

if TYPE_CHECKING:
    from grader.cli.context import Context
    from grader.course.devices import Wanted
    from grader.report.models import Audience


@dataclass(frozen=True)
class GradeArguments:
    """The values of the command line: a field for each argument and option, of the same name."""

    exercise: str | None
    file: Path | None
    device: Wanted
    seed: int | None
    audience: Audience
    checks: tuple[str, ...]
    everything: bool
    pictures: Path | None
    html: Path | None
    require_isolation: Level

    @property
    def all_shown(self) -> bool:
        """Whether every check is listed; one that was named is, too."""
        return self.everything or bool(self.checks)

    @property
    def both(self) -> bool:
        """Whether an answer is judged on two devices."""
        return self.device == "both"

    @property
    def of_one_answer(self) -> dict[str, bool]:
        """Whether each option that requires a single answer was given, by its name."""
        return {
            "--check": bool(self.checks),
            "--pictures": self.pictures is not None,
            "--html": self.html is not None,
            "--device both": self.both,
        }


@grader_command(
    msgid("Grade an answer to an exercise, and say what is right, what is wrong and why."),
    ExplainsStatusWords,
)
@click.argument("exercise", required=False, shell_complete=exercises)
@click.argument("file", required=False, type=PLACE)
@device_option(WANTED)
@click.option(
    "--seed",
    type=int,
    metavar="N",
    help=msgid("draw the inputs from this seed, not the course's, nor a teacher's secret one"),
)
@click.option(
    "--audience",
    type=click.Choice(["student", "teacher"]),
    default="student",
    metavar="WHO",
    help=msgid("student (leaves out hidden checks) or teacher (for marks: from a secret seed)"),
)
@checks_option
@everything_option
@pictures_option
@html_option
@isolation_option(LOWEST)
@collected(GradeArguments)
def command(context: Context, asked: GradeArguments) -> int:
    """Find the exercise, read the file, judge it, show the report; or do so for all that changed.

    Without an exercise, or with a folder in its place: each answer that has changed since it was
    last graded there.
    """
    root, name = context.course_root, asked.exercise
    start = name is not None and needs_numpy_alone(root, name)
    with EarlyStart(numpy_options(root), start=start) as early:
        from grader.cli.grade_answer import grade_asked  # noqa: PLC0415 - imports most of the judge

        return grade_asked(context, asked, early.open)
