"""``grader batch``: grade the submissions of a class."""

from __future__ import annotations

import sys
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.batch.models import LAYOUTS
from grader.cli.batch_options import (
    CLASS_LEVEL,
    decisions,
    how_entered,
    progress_of,
    stopped_with_a_sentence,
)
from grader.cli.counts import at_least, jobs_option
from grader.cli.errors import FAULT, USAGE
from grader.cli.gradebook_options import open_store, print_lines
from grader.cli.options import (
    PLACE,
    LocalisedUsageError,
    device_option,
    grader_command,
    isolation_option,
)
from grader.course.languages import msgid
from grader.judge.processes.devices import ONE, device_for
from grader.judge.run import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from grader.batch.coordinator import BatchResult, Coordinator
    from grader.batch.models import Intake
    from grader.batch.outputs import ExportResult, Prepared
    from grader.batch.plan import BatchFolder, GradingTask
    from grader.batch.recorder import Recorder
    from grader.batch.result_cache import GradingEnvironment
    from grader.batch.seeds import Seeds
    from grader.cli.context import Context
    from grader.gradebook.unreachable import Unreachable


# Click's own `required` adds an English word to the help.
def _required(ctx: click.Context, parameter: click.Parameter, value: Any) -> Any:
    """Refuse a missing option."""
    if value is None:
        raise click.MissingParameter(ctx=ctx, param=parameter)
    return value


def _titles(
    _ctx: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    """Read pairs EX=TITLE."""
    return dict(value.partition("=")[::2] for value in values)


@grader_command(msgid("Grade what a class handed in: a folder, a zip or an LMS download."))
@click.argument("source", type=PLACE)
@click.option(
    "--exercise",
    "names",
    multiple=True,
    metavar="EX",
    help=msgid("grade only this exercise; files without its name in theirs answer it"),
)
@click.option(
    "--roster",
    type=PLACE,
    metavar="CSV",
    help=msgid("the class: everybody gets a row, whoever is not in it is listed"),
)
@click.option(
    "--layout",
    type=click.Choice(LAYOUTS),
    metavar="NAME",
    help=msgid("how the files lie, where it is not found out: moodle, canvas, folders, …"),
)
@click.option(
    "--out",
    type=PLACE,
    callback=_required,
    metavar="DIR",
    help=msgid("folder for grades and reports; the same one again goes on where it was"),
)
@jobs_option
@click.option(
    "--seed",
    type=int,
    callback=at_least(0),
    metavar="N",
    help=msgid("draw the inputs from this seed, not from a secret one"),
)
@click.option(
    "--seed-file",
    type=PLACE,
    metavar="FILE",
    help=msgid("read the seed from a file"),
)
@click.option(
    "--gradebook",
    envvar="GRADER_GRADEBOOK",
    metavar="FILE|URL",
    help=msgid("also record everything in this gradebook: a SQLite file or postgresql://…"),
)
@click.option(
    "--format",
    type=click.Choice(["moodle", "canvas", "gradescope"]),
    metavar="SYSTEM",
    help=msgid("also write what moodle, canvas or gradescope imports"),
)
@click.option(
    "--template",
    type=PLACE,
    metavar="FILE",
    help=msgid("the worksheet or grades file downloaded from there, to be filled in"),
)
@click.option(
    "--title",
    "titles",
    multiple=True,
    callback=_titles,
    metavar="EX=TITLE",
    help=msgid("what Canvas calls the assignment of an exercise"),
)
@decisions
@device_option(ONE)
@click.option(
    "--bom", is_flag=True, help=msgid("begin grades.csv with a byte order mark, for old Excel")
)
@isolation_option(CLASS_LEVEL)
def command(context: Context, source: Path, out: Path, **options: Any) -> int:
    """Take in, plan, judge, write, sum up."""
    from grader.batch.plan import BatchFolder  # noqa: PLC0415 - help needs none of it

    _refuse_half_a_format(context, options)
    with stopped_with_a_sentence(context):
        intake, planned = _planned(context, source, options)
        if not intake.handed:
            return _nothing(context, intake)
        prepared = _prepared(intake, planned, options)
        with closing(BatchFolder(out)) as folder, _recorder(context, options) as recorder:
            seeds = _seeds(folder, options, recorder)
            circumstances = _circumstances(seeds, options)
            store = None if recorder is None else recorder.store
            unreachable = how_entered(options["unreachable"], folder, store)
            prepared = prepared.choosing(unreachable)
            chosen = {"device": options["device"], "unreachable": unreachable}
            _note(context, source, folder, planned, circumstances, chosen)
            coordinator = _coordinator(context, folder, planned, circumstances, options)
            coordinator.seeds = seeds.of
            coordinator.devices = partial(device_for, wanted=options["device"])
            graded = _graded(context, coordinator, recorder, intake)
            seeds.end()
            graded.rows = prepared.dated(graded.rows)
            written = _write(out, graded, recorder, prepared, options)
    _sum_up(context, out, graded, intake, written, unreachable)
    return 0 if graded.complete else FAULT


def _refuse_half_a_format(context: Context, options: Mapping[str, Any]) -> None:
    """Require the template before anything is judged."""
    if options["format"] == "moodle" and options["template"] is None:
        raise LocalisedUsageError(
            context.t("--format moodle fills in Moodle's own worksheet: add --template FILE.")
        )
    if options["template"] is not None and options["format"] not in {"moodle", "canvas"}:
        raise LocalisedUsageError(context.t("--template goes with --format moodle or canvas."))
    if options["format"] is None and (options["allow_lower"] or options["scale"]):
        raise LocalisedUsageError(context.t("--allow-lower and --scale go with --format."))
    if options["format"] != "moodle" and options["comments"]:
        raise LocalisedUsageError(context.t("--comments goes with --format moodle."))


def _planned(
    context: Context, source: Path, options: Mapping[str, Any]
) -> tuple[Intake, list[GradingTask]]:
    """Return the intake, and an entry for each row."""
    from grader.batch.intake import read_source  # noqa: PLC0415
    from grader.batch.plan import entries  # noqa: PLC0415

    course, roster = context.course, options["roster"]
    exercises = [course.exercise(name) for name in options["names"]]
    intake = read_source(
        source,
        course,
        list(options["names"]),
        roster,
        layout=options["layout"] or "",
        sheet=options["template"],
        lasting=options["gradebook"] is not None,
    )
    if not exercises:
        found = {handed.exercise for handed in intake.handed}
        exercises = [each for each in course.exercises() if each.model.id in found]
    return intake, entries(intake, exercises, roster=roster is not None)


def _prepared(
    intake: Intake, planned: Sequence[GradingTask], options: Mapping[str, Any]
) -> Prepared:
    """Read the template, and refuse impossible output before anything is judged."""
    from grader.batch import outputs  # noqa: PLC0415

    typed = frozenset(one.student for one in intake.doubts if one.reason == "batch.online_text")
    decided = (options["zero"], options["allow_lower"], options["scale"], options["comments"])
    return outputs.prepare(
        options["format"],
        options["template"],
        options["titles"],
        outputs.Rules(*decided, typed, options["show_calls"]),
        {
            entry.exercise.model.id: outputs.worth(
                entry.exercise, device_for(entry.exercise, options["device"])
            )
            for entry in planned
        },
        intake.handed,
        listed=options["roster"] is not None,
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
    told = context.t(
        "Nothing was graded and nothing was written: no file is an answer of a student to an "
        "exercise."
    )
    click.echo(told, err=True)
    return USAGE


@contextmanager
def _recorder(context: Context, options: Mapping[str, Any]) -> Iterator[Recorder | None]:
    """Open the gradebook, if one was named."""
    if options["gradebook"] is None:
        yield None
        return
    with open_store(context, options["gradebook"], create=True) as store:
        from grader.batch.recorder import Recorder  # noqa: PLC0415

        yield Recorder(store)


def _seeds(folder: BatchFolder, options: Mapping[str, Any], recorder: Recorder | None) -> Seeds:
    """Return the seeds of the submissions' inputs."""
    from grader.batch.seeds import Seeds  # noqa: PLC0415

    return Seeds(folder, None if recorder is None else recorder.store, _wanted_seed(options))


def _circumstances(seeds: Seeds, options: Mapping[str, Any]) -> GradingEnvironment:
    """Return seed, isolation and versions: the inputs of results on this machine."""
    from grader.batch.isolation import sufficient_level  # noqa: PLC0415
    from grader.batch.result_cache import GradingEnvironment  # noqa: PLC0415

    return GradingEnvironment.here(seeds.seed, sufficient_level(options["require_isolation"]))


def _wanted_seed(options: Mapping[str, Any]) -> int | None:
    from grader.batch.plan import BatchRunError  # noqa: PLC0415

    file = options["seed_file"]
    if file is None:
        seed: int | None = options["seed"]
        return seed
    try:
        seed = int(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise BatchRunError("seed_file", file=file) from error
    if seed < 0:
        raise BatchRunError("seed_file", file=file)
    return seed


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
        isolation=LEVELS[circumstances.isolation],
        **chosen,
    )


def _coordinator(
    context: Context,
    folder: BatchFolder,
    planned: list[GradingTask],
    circumstances: GradingEnvironment,
    options: Mapping[str, Any],
) -> Coordinator:
    from grader.batch.coordinator import BatchOptions, Coordinator  # noqa: PLC0415

    manner = BatchOptions(
        context.lang,
        options["jobs"],
        LEVELS.index(options["require_isolation"]),
        options["show_calls"],
    )
    return Coordinator(context.course, folder, planned, circumstances, manner)


def _graded(
    context: Context, coordinator: Coordinator, recorder: Recorder | None, intake: Intake
) -> BatchResult:
    """Judge what is not cached, record it, and show the progress."""
    if recorder is not None:
        recorder.add_students(intake.students)
        coordinator.recorded = recorder.record
    with progress_of(context, len(coordinator.entries)) as progress:
        coordinator.told = progress.advance
        graded = coordinator.run()
    if recorder is not None:
        recorder.flush()
    return graded


def _write(
    out: Path,
    graded: BatchResult,
    recorder: Recorder | None,
    prepared: Prepared,
    options: Mapping[str, Any],
) -> ExportResult | None:
    """Write grades.csv, and the file that the learning system imports."""
    from grader.batch.outputs import write_grades  # noqa: PLC0415

    rules, table = prepared.rules, out / "grades.csv"
    write_grades(graded.rows, table, options["bom"], rules.zero, rules.unreachable)
    grades = []
    if recorder is not None and prepared.system is not None:
        grades = recorder.store.grades(every_id=True)
    return prepared.write(graded.rows, grades, out)


def _sum_up(
    context: Context,
    out: Path,
    graded: BatchResult,
    intake: Intake,
    written: ExportResult | None,
    unreachable: Unreachable,
) -> None:
    """Print the summary of the batch."""
    from grader.batch.summary import Summary  # noqa: PLC0415

    summary = Summary(
        context.t, graded, intake.unmatched, written, intake.doubts, unreachable=unreachable
    )
    if context.json:
        context.echo_json(summary.data())
        return
    print_lines(context, summary.lines(context.width, sys.stdout.encoding or "ascii"))
    context.echo()
    context.echo(context.t("Grades and reports: {{folder}}", folder=out))
    print_lines(context, summary.preview(context.width))
