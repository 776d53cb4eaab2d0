"""``%%grade``: the cell of a notebook as an answer, and what is shown below it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.choosing import chosen_checks
from grader.cli.context import Context
from grader.cli.grade_and_show import localised_for
from grader.cli.options import (
    checks_option,
    collected,
    device_option,
    everything_option,
    grader_command,
)
from grader.cli.page import pages_are_installed
from grader.course.devices import ONE
from grader.course.languages import msgid
from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.checking.bare_reports import fault_report, unreadable_report
from grader.judge.processes.devices import chosen
from grader.judge.reading.marks import marked_for
from grader.judge.reading.submission import read_running
from grader.judge.run import Options
from grader.progress import record
from grader.report.clean import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.cli.cell.warm_judges import WarmJudges
    from grader.course.devices import One
    from grader.course.loading import LoadedExercise
    from grader.judge.reading.marks import Called
    from grader.judge.reading.submission import Submission
    from grader.report.models import Report

_ENDS_NOT = {"note.late", "note.memory"}
_ENDED = {"timeout", "memory", "crash"}


@dataclass(frozen=True)
class Cells:
    """The cells that a notebook has run, in order, by their numbers, and the one to be graded.

    ``graded`` is the number of that cell, None if it is all that was run before. ``name``: of the
    notebook. ``broken``: the numbers of cells that Python cannot read.
    """

    texts: Mapping[int, str]
    graded: int | None
    name: str
    broken: frozenset[int] = frozenset()

    def for_code(self, called: Called) -> dict[int, str]:
        """Return the cells that count as code.

        A cell that Python cannot read has done nothing. Where it is the graded one, what others
        have defined for its exercise must not be graded in its place.
        """
        kept = {
            number: text
            for number, text in self.texts.items()
            if number == self.graded or number not in self.broken
        }
        if self.graded not in self.broken:
            return kept
        return {
            number: text
            for number, text in kept.items()
            if number == self.graded or not called(marked_for(text) or "")
        }


@dataclass
class Shown:
    """What is shown below a cell, as text and as HTML, and whether the cell is run as well.

    ``printed`` is what programs read; ``code``: the cell holds code, not answers to questions.
    """

    text: str = ""
    html: str = ""
    printed: str = ""
    code: bool = True
    ends: bool = True
    notes: list[str] = field(default_factory=list)

    def add(self, sentence: str) -> None:
        """Add a sentence of the command itself."""
        self.notes.append(clean(sentence, len(sentence)))


class CellContext(Context):
    """The context of the command in a cell."""

    def __init__(self, lang: str | None, cells: Cells, judges: WarmJudges, columns: int) -> None:
        super().__init__(lang)
        self.columns = columns
        self.cells = cells
        self.judges = judges
        self.shown = Shown()


@dataclass(frozen=True)
class CellArguments:
    """The values behind ``%%grade``: a field for each argument and option, of the same name."""

    exercise: str
    device: One
    seed: int | None
    checks: tuple[str, ...]
    everything: bool


@grader_command(msgid("Grade this cell as an answer to EXERCISE, then run it."))
@click.argument("exercise")
@device_option(ONE)
@click.option(
    "--seed",
    type=int,
    metavar="N",
    help=msgid("draw the inputs from this seed, not the course's"),
)
@checks_option
@everything_option
@collected(CellArguments)
def command(context: Context, asked: CellArguments) -> None:
    """Judge what the notebook has run, as far as it belongs to the exercise."""
    assert isinstance(context, CellContext)  # noqa: S101 - see `serve`
    exercise = context.course.exercise(asked.exercise)
    shown = context.shown
    shown.code = exercise.model.kind == "code"
    only = frozenset[str]()
    if asked.checks:
        only = chosen_checks(context, exercise, asked.checks, "student")
    everything = asked.everything or bool(asked.checks)
    options = Options(seed=asked.seed, ahead=True, only=only, pictures=everything)
    report = _report(context, exercise, options, asked.device)
    shown.ends = _ends(report, context.cells.graded)
    # Like the notebook itself, when it is saved and graded.
    said = None if asked.seed is not None else record(Path(), report)
    if said is not None:
        shown.add(said.localised(context.t))
    localised = localised_for(report, exercise, context, "student")
    _show(context, localised, everything=everything)


def _report(
    context: CellContext, exercise: LoadedExercise, options: Options, wanted: One
) -> Report:
    """Judge the cells; any error becomes a report as well."""
    cells = context.cells
    try:
        choice = chosen(exercise, wanted)
        if choice.instead:
            sentence = context.t(
                "{{exercise}} is graded on `{{device}}`, as it does not ask for `{{wanted}}`.",
                exercise=exercise.model.id,
                device=choice.devices[0],
                wanted=wanted,
            )
            context.shown.add(sentence)
        kind, called = exercise.model.kind, exercise.is_called
        texts = cells.for_code(called) if kind == "code" else cells.texts
        submission = read_running(texts, cells.name, kind, called)
        options = replace(options, device=choice.devices[0])
        report = _judged(context.judges, exercise, options, submission)
    except UnreadableSubmissionError as error:
        return unreadable_report(exercise, error)
    except Exception as error:  # noqa: BLE001 - a report is always made; it names the fault
        return fault_report(exercise, error)
    return report


def _judged(
    judges: WarmJudges, exercise: LoadedExercise, options: Options, submission: Submission
) -> Report:
    """Judge a submission; where the judge may be broken, the next one gets a new judge."""
    sound = False
    try:
        report = judges.judge_for(exercise, options).judge(submission)
        sound = report.status != "ungraded"
    except UnreadableSubmissionError:  # the answers to a quiz
        sound = True
        raise
    finally:
        if not sound:
            judges.drop(exercise, options)
    return report


def _ends(report: Report, graded: int | None) -> bool:
    """Return False if the graded cell would not end in the kernel either, or would end it."""
    load = report.load
    if load is None or load.status in _ENDED:
        return load is None
    notes = (note for note in load.feedback if note.id in _ENDS_NOT)
    return all(note.args.get("cell") != graded for note in notes)


def _show(context: CellContext, report: Report, *, everything: bool) -> None:
    """Make text and HTML of a localised report, or JSON if that is asked for."""
    shown = context.shown
    if context.json:
        shown.printed = report.model_dump_json(indent=2)
        return
    shown.text = as_text(report, context.columns, everything=everything)
    if context.plain:
        return
    if pages_are_installed():
        from grader.pages.fragment import report_fragment  # noqa: PLC0415 - takes its time

        shown.html = report_fragment(report, everything=everything)
    else:
        shown.add(
            context.t(
                "Pages need Jinja2 and latex2mathml, which are not installed: {{command}}",
                command="pip install 'nn-grader[notebook]'",
            )
        )


def as_text(report: Report, width: int, *, everything: bool) -> str:
    """Return a localised report as plain text."""
    from rich.console import Console  # noqa: PLC0415 - a program needs no view

    from grader.report.terminal import render  # noqa: PLC0415

    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=False, no_color=True, highlight=False)
    render(report, console, plain=True, everything=everything)
    return out.getvalue()
