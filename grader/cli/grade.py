"""``grader grade`` and its short cut ``grade``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.judged import exit_code, judged, presented, show
from grader.cli.options import UsageProblem, grader_command, isolation_option
from grader.cli.secret import seed_for
from grader.cli.status_words import ExplainsStatusWords
from grader.cli.waiting import waiting
from grader.course.languages import msgid
from grader.judge.run import LEVELS, Options
from grader.judge.submission import find, suffixes

if TYPE_CHECKING:
    from grader.cli.context import Context
    from grader.course.loading import LoadedExercise
    from grader.report.models import Audience

NOT_BUILT = ("cuda", "sim")


@grader_command(
    msgid("Grade an answer to an exercise, and say what is right, what is wrong and why."),
    ExplainsStatusWords,
)
@click.argument("exercise")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--device",
    type=click.Choice(["cpu", "auto", "sim", "cuda"]),
    default="cpu",
    metavar="DEVICE",
    help=msgid("where to compute: cpu or auto"),
)
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
@isolation_option(LEVELS[0])
def command(
    context: Context,
    exercise: str,
    file: Path | None,
    device: str,
    seed: int | None,
    audience: Audience,
    require_isolation: str,
) -> int:
    """Find the exercise, read the file, judge it, show the report."""
    loaded = context.course.exercise(exercise)
    if device in NOT_BUILT:
        message = context.t("--device {{device}} is not built yet; use cpu or auto.", device=device)
        raise UsageProblem(message)
    path = file if file is not None else _found(loaded, context)
    options = Options(seed=seed, required_level=LEVELS.index(require_isolation))
    with waiting(context):
        # For marks: whoever knows the public seed could hand in a table of its inputs.
        secret = audience == "teacher" and seed is None
        report = judged(loaded, path, options, seed_for if secret else None)
    if audience == "teacher":
        for fault in report.run.faults:
            sys.stderr.write(f"{fault}\n")
    show(presented(report, loaded, context, audience), context)
    return exit_code(report)


def _found(loaded: LoadedExercise, context: Context) -> Path:
    """Return the one file in the current folder that answers the exercise."""
    model = loaded.model
    candidates = find(Path(), model.id, model.kind)
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        names = "\n".join(f"  grade {model.id} {path}" for path in candidates)
        message = context.t("Several files answer {{exercise}}. Name one:", exercise=model.id)
        raise UsageProblem(f"{message}\n{names}")
    patterns = ", ".join(f"{model.id}*{suffix}" for suffix in suffixes(model.kind))
    raise UsageProblem(
        context.t(
            "There is no answer to {{exercise}} in this folder ({{patterns}}). Name a file, or "
            "make one to start from: grader init . {{exercise}}",
            exercise=model.id,
            patterns=patterns,
        )
    )
