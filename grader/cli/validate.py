"""``grader validate``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.cli.certificate import as_data
from grader.cli.certificate import lines as certificate_lines
from grader.cli.counts import jobs_option
from grader.cli.kits import NOTHING_TO_PROVE, refuse_in_kit
from grader.cli.options import LocalisedUsageError, grader_command
from grader.course.errors import CourseError, UnknownTranslationUnitError
from grader.course.languages import msgid
from grader.course.phrases import in_a_row, joined
from grader.course.translations import mark_translation_current, select_units
from grader.judge.validation.certificate_table import certificates
from grader.judge.validation.exercise import note_broken, prove_course
from grader.judge.validation.problem import ValidationResult
from grader.judge.validation.together import prove_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.cli.context import Context
    from grader.course.languages import Translator
    from grader.course.loading import LoadedExercise

NOT_PROVED = 1


@grader_command(
    msgid(
        "Prove that exercises judge rightly: the reference passes, the stub and each known wrong "
        "answer fail with their own sentence, tolerances reject what is wrong, translations agree."
    )
)
@click.argument("exercises", nargs=-1)
@jobs_option
@click.option(
    "--accept-translation",
    metavar="UNIT",
    help=msgid("stamp a translated text (or *) as made from today's English; needs --lang"),
)
@click.option(
    "--certificate",
    is_flag=True,
    help=msgid("print what its bars measure of the reference and of the known wrong answers"),
)
def command(
    context: Context,
    exercises: tuple[str, ...],
    jobs: int,
    accept_translation: str | None,
    *,
    certificate: bool,
) -> int:
    """Prove the named exercises, or all of the course."""
    if accept_translation is not None:
        return _accept(context, _wanted(context, exercises), accept_translation)
    if certificate:
        return _certify(context, _wanted(context, exercises), jobs)
    proofs = []
    for proof in _proofs(context, exercises, jobs):
        proofs.append(proof)
        if not context.json:
            _show(context, proof)
    if context.json:
        context.echo_json([_as_data(proof, context.t) for proof in proofs])
    return NOT_PROVED if any(proof.problems for proof in proofs) else 0


def _wanted(context: Context, exercises: tuple[str, ...]) -> list[LoadedExercise]:
    refuse_in_kit(context, NOTHING_TO_PROVE)
    course = context.course
    return [course.exercise(name) for name in exercises] or course.exercises()


def _proofs(context: Context, exercises: tuple[str, ...], jobs: int) -> Iterator[ValidationResult]:
    """Yield the proof of each exercise, and of the course itself if all are proved."""
    try:
        loaded = _wanted(context, exercises)
    except CourseError as error:
        broken = ValidationResult("course")
        note_broken(broken, context.course, error)
        yield broken
        return
    yield from prove_all(loaded, jobs)
    if not exercises:
        rest = prove_course(context.course)
        if rest.problems:
            yield rest


def _certify(context: Context, loaded: list[LoadedExercise], jobs: int) -> int:
    found = []
    for one in certificates(loaded, jobs):
        found.append(one)
        for line in () if context.json else certificate_lines(one, context.t):
            context.echo(line)
    if context.json:
        context.echo_json([as_data(one) for one in found])
    return 0 if all(one.holds for one in found) else NOT_PROVED


def _accept(context: Context, loaded: list[LoadedExercise], unit: str) -> int:
    if context.lang == "en":
        raise LocalisedUsageError(
            context.t("English is what translations are made from: name --lang.")
        )
    for exercise in loaded:
        try:
            select_units(exercise, context.lang, unit)
        except UnknownTranslationUnitError as error:
            raise LocalisedUsageError(_unknown(context, error)) from None
    for exercise in loaded:
        accepted = mark_translation_current(exercise, context.lang, unit)
        context.echo(f"{exercise.name}: {', '.join(accepted) or '-'}")
    return 0


def _unknown(context: Context, error: UnknownTranslationUnitError) -> str:
    file = context.course.relative(error.file)
    said = context.t("There is no text {{unit}} in {{file}}.", unit=error.unit, file=file)
    if error.close:
        return f"{said} {context.t('Did you mean {{names}}?', names=', '.join(error.close))}"
    return said


def _show(context: Context, proof: ValidationResult) -> None:
    t = context.t
    if proof.problems:
        head = t.plural("{{n}} problem", "{{n}} problems", len(proof.problems))
        context.echo(f"{t.template('status.failed', 'FAIL')} {joined(t, proof.exercise, head)}")
        for problem in proof.problems:
            context.echo(f"  {problem.localised(t)}")
            for sentence in problem.said:
                context.echo(f"      {sentence}")
    else:
        proved = in_a_row((one.localised(t) for one in proof.proved), t)
        context.echo(f"{t.template('status.passed', 'PASS')} {joined(t, proof.exercise, proved)}")
    for note in proof.not_here:
        line = t("not proved here: {{what}}", what=note.localised(t))
        context.echo(f"  {line}")
    for note in proof.on_trust:
        line = t("on the word of the student's process alone: {{what}}", what=note.localised(t))
        context.echo(f"  {line}")


def _as_data(proof: ValidationResult, t: Translator) -> dict[str, object]:
    return {
        "exercise": proof.exercise,
        "problems": [problem.data(t) for problem in proof.problems],
        "proved": [one.localised(t) for one in proof.proved],
        "not_here": [one.localised(t) for one in proof.not_here],
        "on_trust": [one.localised(t) for one in proof.on_trust],
    }
