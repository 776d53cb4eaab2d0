"""Grading the answer, or the answers, that a command line of ``grade`` asks for."""

from __future__ import annotations

import contextlib
import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.answers_here import answer_here
from grader.cli.choosing import chosen_checks
from grader.cli.compare_devices import show_both
from grader.cli.grade_and_show import exit_code, print_report
from grader.cli.grading import Grading
from grader.cli.kits import FOR_MARKS, OWN_INPUTS, refuse_in_kit, tell_of_kit
from grader.cli.options import LocalisedUsageError
from grader.cli.page import require_pages, write_page
from grader.cli.solved import answer_option
from grader.course.errors import UnknownExerciseError
from grader.judge.failures import SystemFaultError
from grader.judge.reading.submission import suffixes
from grader.judge.run import Options

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grader.cli.context import Context
    from grader.cli.grade import GradeArguments
    from grader.course.loading import LoadedExercise
    from grader.judge.processes.student_processes import ProcessFactory, SandboxOptions
    from grader.report.models import Report


def grade_asked(
    context: Context,
    asked: GradeArguments,
    opened: Callable[[SandboxOptions], ProcessFactory],
) -> int:
    """Find the exercise, read the file, judge it, show the report; return the exit code.

    ``opened`` starts the student's side.
    """
    grading = _grading(context, asked, opened)
    folder = _folder(context, asked.exercise, asked.file)
    if asked.html is not None:
        require_pages(context)
    if folder is not None:
        _refuse_in_folder(context, asked.of_one_answer)
        from grader.cli.grade_changed import grade_changed  # noqa: PLC0415 - one answer needs none of it

        context.follow(folder)
        return grade_changed(grading, folder)
    loaded, path = _chosen(context, str(asked.exercise), asked.file)
    context.follow(path.parent)
    if asked.checks:
        only = chosen_checks(context, loaded, asked.checks, asked.audience)
        grading = replace(grading, options=replace(grading.options, only=only))
    if asked.both and (asked.pictures is not None or asked.html is not None):
        raise LocalisedUsageError(context.t("--pictures and --html go with one device."))
    _note_device(grading, loaded)
    report, *more = grading.reports(loaded, path)
    for each in (report, *more):
        _tell_faults(grading, each)
    localised = grading.presented(report, loaded, answer_option(loaded, path))
    if more:
        second = grading.presented(more[0], loaded, answer_option(loaded, path))
        return show_both((localised, second), context, everything=asked.all_shown)
    grading.remember(path.parent, path, report, only_known=True)
    print_report(localised, context, everything=asked.all_shown)
    tell_of_kit(context, loaded)
    if asked.pictures is not None:
        from grader.cli.pictures import show_answer  # noqa: PLC0415 - few ask for them

        show_answer(context, asked.pictures, localised)
    if asked.html is not None:
        write_page(context, asked.html, localised, everything=asked.all_shown, answer=path)
    return exit_code(report)


def _grading(
    context: Context,
    asked: GradeArguments,
    opened: Callable[[SandboxOptions], ProcessFactory],
) -> Grading:
    """Return the settings of grading, which a students' kit may refuse."""
    if asked.audience == "teacher":
        refuse_in_kit(context, FOR_MARKS)
    if asked.seed is not None:
        refuse_in_kit(context, OWN_INPUTS)
    return Grading(context, _options(asked), asked.audience, asked.device, opened)


def _options(asked: GradeArguments) -> Options:
    """Return the settings of the judge, without the checks: these need the exercise."""
    return Options(
        seed=asked.seed,
        required_level=asked.require_isolation,
        pictures=asked.all_shown or asked.pictures is not None or asked.html is not None,
    )


def _note_device(grading: Grading, exercise: LoadedExercise) -> None:
    """Print where an answer is graded, if not on the requested device."""
    with contextlib.suppress(SystemFaultError):  # the report explains it
        choice = grading.choice(exercise)
        if choice.instead:
            sentence = grading.context.t(
                "{{exercise}} is graded on `{{device}}`, as it does not ask for `{{wanted}}`.",
                exercise=exercise.model.id,
                device=choice.devices[0],
                wanted="cuda" if grading.device == "both" else grading.device,
            )
            click.echo(sentence, err=True)


def _tell_faults(grading: Grading, report: Report) -> None:
    """Print for a teacher the errors of the exercise or the grader."""
    if grading.audience == "teacher":
        from grader.judge.validation.author_faults import fault_text  # noqa: PLC0415 - teachers only

        for fault in report.run.faults:
            sys.stderr.write(f"{fault_text(fault, grading.context.t)}\n")


def _refuse_in_folder(context: Context, given: Mapping[str, bool]) -> None:
    """Raise LocalisedUsageError where an option was given that goes with one answer."""
    for option, value in given.items():
        if value:
            raise LocalisedUsageError(
                context.t("{{option}} goes with one exercise: name it.", option=option)
            )


def _folder(context: Context, exercise: str | None, file: Path | None) -> Path | None:
    """Return the folder whose answers are to be graded, unless one answer is requested."""
    if file is not None:
        return None
    if exercise is None:
        return Path()
    if _known(context, exercise) is not None or not Path(exercise).is_dir():
        return None
    return Path(exercise)


def _known(context: Context, name: str) -> LoadedExercise | None:
    try:
        return context.course.exercise(name)
    except UnknownExerciseError:
        return None


def _chosen(context: Context, exercise: str, file: Path | None) -> tuple[LoadedExercise, Path]:
    """Return the exercise and the file; the exercise may be determined by the file."""
    loaded = _known(context, exercise)
    if loaded is not None:
        return loaded, file if file is not None else _found(loaded, context)
    from grader.batch.intake.single_file import (  # noqa: PLC0415 - where the exercise is not named
        exercises_of,
        looks_like_an_answer,
    )

    path = Path(exercise)
    if file is not None or not (path.is_file() or looks_like_an_answer(exercise)):
        context.course.exercise(exercise)  # raises, naming similar ones
    if not path.is_file():
        raise LocalisedUsageError(context.t("There is no file {{file}}.", file=path))
    may = exercises_of(path, context.course)
    if len(may) == 1:
        return context.course.exercise(may[0]), path
    if may:
        message = context.t("{{file}} may answer several exercises. Name one:", file=path)
    else:
        message = context.t("{{file}} does not tell which exercise it answers. Name it:", file=path)
    ids = may or (context.t("EXERCISE"),)
    names = "\n".join(f"  grade {id_} {shlex.quote(str(path))}" for id_ in ids)
    raise LocalisedUsageError(f"{message}\n{names}")


def _found(loaded: LoadedExercise, context: Context) -> Path:
    """Return the one file in the current folder that answers the exercise."""
    model = loaded.model
    found = answer_here(context, loaded, "grade", notebooks=True)
    if found is not None:
        return found
    patterns = ", ".join(f"{model.id}*{suffix}" for suffix in suffixes(model.kind))
    raise LocalisedUsageError(
        context.t(
            "There is no answer to {{exercise}} in this folder ({{patterns}}). Name a file, or "
            "make one to start from: grader init . {{exercise}}",
            exercise=model.id,
            patterns=patterns,
        )
    )
