"""``grader gradebook regrade``: judge the submissions of a gradebook again."""

from __future__ import annotations

from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from grader.cli.batch_options import (
    CLASS_LEVEL,
    exit_on_error,
    progress_of,
)
from grader.cli.counts import jobs_option
from grader.cli.errors import FAULT
from grader.cli.gradebook_options import points_text, print_lines, with_store
from grader.cli.kits import FOR_MARKS, refuse_in_kit
from grader.cli.options import PLACE, device_option, grader_command, isolation_option
from grader.course.devices import ONE
from grader.course.languages import msgid

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grader.batch.plan import BatchFolder
    from grader.batch.regrade import RegradeRun
    from grader.cli.context import Context
    from grader.course.devices import One
    from grader.gradebook.policy import Grade
    from grader.gradebook.store import Store
    from grader.wire.levels import Level


@grader_command(
    msgid("Judge again what was judged by other versions, and say whose grade changes and why.")
)
@click.argument("exercises", nargs=-1)
@with_store()
@click.option("--dry-run", is_flag=True, help=msgid("change nothing"))
@click.option(
    "--out",
    type=PLACE,
    metavar="DIR",
    help=msgid("the folder of the batch: its reports are written anew, its results serve again"),
)
@jobs_option
@device_option(ONE)
@isolation_option(CLASS_LEVEL)
def regrade(
    context: Context,
    store: Store,
    exercises: tuple[str, ...],
    dry_run: bool,
    out: Path | None,
    jobs: int,
    device: One,
    require_isolation: Level,
) -> int:
    """Judge what is outdated, then tell; 3 where anything could not be judged."""
    from grader.batch.coordinator import BatchOptions  # noqa: PLC0415 - help needs none
    from grader.batch.isolation import IsolationProbe  # noqa: PLC0415
    from grader.batch.regrade import RegradeRun  # noqa: PLC0415
    from grader.batch.result_cache import GradingEnvironment  # noqa: PLC0415

    refuse_in_kit(context, FOR_MARKS)
    names = [points_text(context, store, exercise)[0] for exercise in exercises]
    known = store.grades(every_id=True)
    grades = {(grade.student, grade.exercise): grade for grade in known}
    with exit_on_error(context), _folder(out) as folder:
        seed = store.seed if dry_run else store.open_seed()  # of unjudged ones
        with IsolationProbe() as probe:
            here = GradingEnvironment.here(seed, probe.sufficient_level(require_isolation))
        regrading = RegradeRun(
            store, context.course, here, device, dry_run=dry_run, reports=out is not None
        )
        planned = regrading.plan(names)
        manner = BatchOptions(context.lang, jobs, require_isolation)
        try:
            with progress_of(context, len(planned)) as progress:
                regrading.judge(planned, folder, manner, [progress])
        finally:
            _tell(context, regrading, grades)
    return FAULT if any(one.problem for one in regrading.done) else 0


@contextmanager
def _folder(out: Path | None) -> Iterator[BatchFolder]:
    """Open the folder of a batch, or a temporary one."""
    from grader.batch.plan import BatchFolder  # noqa: PLC0415

    with (
        TemporaryDirectory(prefix="grader-regrade-", ignore_cleanup_errors=True) as scratch,
        closing(BatchFolder(out or Path(scratch))) as folder,
    ):
        yield folder


def _tell(context: Context, regrading: RegradeRun, grades: Mapping[tuple[str, str], Grade]) -> None:
    """Print whose grade has changed, from what to what, and why."""
    from grader.gradebook.view import regraded_data, regraded_lines  # noqa: PLC0415

    if context.json:
        context.echo_json([regraded_data(one) for one in regrading.done])
    else:
        print_lines(context, regraded_lines(regrading.done, grades, regrading.dry_run, context.t))
