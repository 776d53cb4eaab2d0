"""``grader batch``: grade the submissions of a class."""

from __future__ import annotations

import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from grader.cli.batch_arguments import BatchArguments, batch_options
from grader.cli.batch_cluster import Machine, Notices, machine_for
from grader.cli.batch_options import exit_on_error, progress_of, unreachable_choice
from grader.cli.class_option import class_rules
from grader.cli.errors import FAULT, USAGE
from grader.cli.gradebook_options import open_store, print_lines
from grader.cli.kits import FOR_MARKS, refuse_in_kit
from grader.cli.options import collected, grader_command
from grader.cli.page import require_pages
from grader.course.languages import msgid
from grader.wire.levels import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from grader.batch.coordinator import BatchResult, Coordinator
    from grader.batch.feedback.hand_back import HandedBack
    from grader.batch.models import Intake
    from grader.batch.observer import BatchObserver
    from grader.batch.outputs import ExportResult
    from grader.batch.plan import BatchFolder, GradingTask
    from grader.batch.prepare_export import PreparedExport
    from grader.batch.recorder import Recorder
    from grader.batch.result_cache import GradingEnvironment
    from grader.batch.seeds import Seeds
    from grader.batch.summary import Summary
    from grader.cli.context import Context
    from grader.gradebook.store import Store


@grader_command(msgid("Grade what a class handed in: a folder, a zip or an LMS download."))
@batch_options
@collected(BatchArguments)
def command(context: Context, asked: BatchArguments) -> int:
    """Take in, plan, judge, write, sum up."""
    from grader.batch.class_rules import (  # noqa: PLC0415 - help needs none of it
        refuse_doubts,
        under_rules,
    )
    from grader.batch.plan import BatchFolder  # noqa: PLC0415
    from grader.batch.summary import Summary  # noqa: PLC0415

    refuse_in_kit(context, FOR_MARKS)
    asked.refuse_half_a_format(context)
    if asked.page or asked.feedback:
        require_pages(context)
    rules = class_rules(context, asked.class_file)
    notices = Notices(context)
    with exit_on_error(context), machine_for(context, asked, notices.tell) as machine:
        intake, planned = _planned(context, asked)
        if not intake.handed:
            return _nothing(context, intake)
        prepared = _prepared(context, intake, planned, asked, machine)
        with closing(BatchFolder(asked.out)) as folder, _recorder(context, asked) as recorder:
            store = None if recorder is None else recorder.store
            if rules is not None:
                refuse_doubts(rules, intake.students, store)
            seeds = _seeds(folder, asked, recorder)
            circumstances = machine.environment(seeds.seed)
            unreachable = unreachable_choice(asked.unreachable, folder, store)
            prepared = prepared.with_unreachable(unreachable)
            chosen = {"device": asked.device, "unreachable": unreachable}
            _note(context, asked.source, folder, planned, circumstances, chosen)
            run = _Run(context, asked, folder, planned, circumstances, seeds, machine, notices)
            graded = run.graded(recorder, intake)
            seeds.end()
            graded.rows = prepared.dated(graded.rows)
            students = None
            if rules is not None:
                graded.rows, students = under_rules(
                    graded.rows, rules, intake.students, store, unreachable
                )
            handed_back = run.handed_back(graded, recorder, intake, prepared)
            written = _write(asked.out, graded, recorder, prepared, asked)
            if asked.page:
                _write_page(context, asked.out, graded, store, handed_back)
    summary = Summary(
        *(context.t, graded, intake.unmatched, written, intake.doubts, unreachable, students),
        handed_back=handed_back,
    )
    _sum_up(context, asked.out, summary)
    return 0 if graded.complete else FAULT


def _planned(context: Context, asked: BatchArguments) -> tuple[Intake, list[GradingTask]]:
    """Return the intake of the source, and a grading task for each row."""
    from grader.batch.intake import read_source  # noqa: PLC0415
    from grader.batch.plan import entries  # noqa: PLC0415

    course, roster = context.course, asked.roster
    exercises = [course.exercise(name) for name in asked.names]
    intake = read_source(
        asked.source,
        course,
        list(asked.names),
        roster,
        layout=asked.layout or "",
        sheet=asked.table,
        lasting=asked.gradebook is not None,
    )
    if not exercises:
        found = {handed.exercise for handed in intake.handed}
        exercises = [each for each in course.exercises() if each.model.id in found]
    return intake, entries(intake, exercises, roster=roster is not None)


def _prepared(
    context: Context,
    intake: Intake,
    planned: Sequence[GradingTask],
    asked: BatchArguments,
    machine: Machine,
) -> PreparedExport:
    """Read the template; refuse, before anything is judged, grades that cannot be entered."""
    from grader.batch import outputs  # noqa: PLC0415
    from grader.batch.prepare_export import prepare  # noqa: PLC0415

    typed = frozenset(one.student for one in intake.doubts if one.reason == "batch.online_text")
    rules = outputs.Rules(
        zero=asked.zero,
        allow_lower=asked.allow_lower,
        scale=asked.scale,
        comments=asked.comments,
        feedback=asked.feedback,
        typed=typed,
        show_calls=asked.show_calls,
    )
    return prepare(
        asked.format,
        asked.template,
        asked.titles,
        rules,
        {
            entry.exercise.model.id: outputs.worth(
                entry.exercise, machine.device_of(entry.exercise, asked.device)
            )
            for entry in planned
        },
        intake.handed,
        listed=asked.roster is not None,
        lang=context.lang,
    )


def _nothing(context: Context, intake: Intake) -> int:
    """Report that no file belongs to the class, listing the files; nothing is written."""
    from grader.batch.coordinator import BatchResult  # noqa: PLC0415
    from grader.batch.summary import Summary  # noqa: PLC0415

    summary = Summary(context.t, BatchResult(), intake.unmatched, None, intake.doubts)
    if context.json:
        context.echo_json(summary.data())
    else:
        print_lines(context, summary.lines(context.width, sys.stdout.encoding or "ascii"))
    sentence = context.t(
        "Nothing was graded and nothing was written: no file is an answer of a student to an "
        "exercise."
    )
    click.echo(sentence, err=True)
    return USAGE


@contextmanager
def _recorder(context: Context, asked: BatchArguments) -> Iterator[Recorder | None]:
    """Open the gradebook, if one was named."""
    if asked.gradebook is None:
        yield None
        return
    with open_store(context, asked.gradebook, create=True) as store:
        from grader.batch.recorder import Recorder  # noqa: PLC0415

        yield Recorder(store)


def _seeds(folder: BatchFolder, asked: BatchArguments, recorder: Recorder | None) -> Seeds:
    """Return the seeds from which the inputs of the submissions are drawn."""
    from grader.batch.seeds import Seeds  # noqa: PLC0415

    return Seeds(folder, None if recorder is None else recorder.store, asked.wanted_seed())


def _note(
    context: Context,
    source: Path,
    folder: BatchFolder,
    planned: Sequence[GradingTask],
    circumstances: GradingEnvironment,
    chosen: Mapping[str, str],
) -> None:
    """Write the settings beside the grades."""
    folder.note(
        circumstances.seed,
        course=context.course.index.id,
        source=str(source),
        exercises=list(dict.fromkeys(entry.exercise.model.id for entry in planned)),
        isolation=Level(circumstances.isolation).label,
        **chosen,
    )


@dataclass(frozen=True)
class _Run:
    """The parts of one run of a batch."""

    context: Context
    asked: BatchArguments
    folder: BatchFolder
    planned: list[GradingTask]
    circumstances: GradingEnvironment
    seeds: Seeds
    machine: Machine
    notices: Notices

    def graded(self, recorder: Recorder | None, intake: Intake) -> BatchResult:
        """Judge what is not cached, record it, and show the progress."""
        recorders = [] if recorder is None else [recorder]
        for each in recorders:
            each.add_students(intake.students)
        with progress_of(self.context, len(self.planned)) as progress, self.notices.to(progress):
            graded = self._coordinator([*recorders, progress]).run()
        for each in recorders:
            each.flush()
        return graded

    def handed_back(
        self,
        graded: BatchResult,
        recorder: Recorder | None,
        intake: Intake,
        prepared: PreparedExport,
    ) -> HandedBack | None:
        """Write pages of feedback, and the archive that hands them back; None: not asked for."""
        if not self.asked.feedback:
            return None
        from grader.batch.feedback.hand_back import hand_back  # noqa: PLC0415 - few ask for it
        from grader.batch.feedback.pages import feedback_of  # noqa: PLC0415

        feedback, without = feedback_of(
            *(self.context.course, self.asked.out, self.context.lang),
            *(graded.rows, self.planned, intake.students),
            [] if recorder is None else recorder.store.grades(every_id=True),
        )
        imported = "" if prepared.export is None else prepared.export.writes
        done = hand_back(feedback, without, self.asked.out, prepared.archive, imported)
        comments = {one.student: one.comment() for one in feedback if self.asked.comments}
        prepared.take_feedback(comments, {one.student: one.path for one in feedback})
        return done

    def _coordinator(self, observers: Sequence[BatchObserver]) -> Coordinator:
        from grader.batch.coordinator import BatchOptions, Coordinator  # noqa: PLC0415
        from grader.batch.entry_settings import ClassPolicy  # noqa: PLC0415

        manner = BatchOptions(
            self.context.lang,
            self.asked.jobs,
            self.asked.require_isolation,
            self.asked.show_calls,
            self.machine.early,
        )
        policy = ClassPolicy(self.seeds, self.asked.device, self.machine.device_of)
        return Coordinator(
            *(self.context.course, self.folder, self.planned, self.circumstances, manner),
            policy,
            observers,
            self.machine.cluster,
        )


def _write(
    out: Path,
    graded: BatchResult,
    recorder: Recorder | None,
    prepared: PreparedExport,
    asked: BatchArguments,
) -> ExportResult | None:
    """Write grades.csv, and the file that the learning system imports."""
    from grader.batch.outputs import write_grades  # noqa: PLC0415

    rules, table = prepared.rules, out / "grades.csv"
    write_grades(graded.rows, table, asked.bom, rules.zero, rules.unreachable)
    grades = []
    if recorder is not None and prepared.export is not None:
        grades = recorder.store.grades(every_id=True)
    return prepared.write(graded.rows, grades, out)


def _write_page(
    context: Context,
    out: Path,
    graded: BatchResult,
    store: Store | None,
    handed_back: HandedBack | None,
) -> None:
    """Write the page about the class, with the way to each student's feedback."""
    from grader.batch.class_page import answers  # noqa: PLC0415
    from grader.cli.class_page import write_class_page  # noqa: PLC0415

    grades = [] if store is None else store.grades(every_id=True)
    found = list(answers(graded.rows, grades, out, context.course, context.lang))
    feedback = {} if handed_back is None else handed_back.paths
    write_class_page(context, out / "class.html", found, feedback)


def _sum_up(context: Context, out: Path, summary: Summary) -> None:
    """Print the summary of the batch."""
    if context.json:
        context.echo_json(summary.data())
        return
    print_lines(context, summary.lines(context.width, sys.stdout.encoding or "ascii"))
    context.echo()
    context.echo(context.t("Grades and reports: {{folder}}", folder=out))
    print_lines(context, summary.handing_back(context.width))
    print_lines(context, summary.preview(context.width))
