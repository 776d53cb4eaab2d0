"""Where a batch is judged: on this machine, or on a cluster, as options say."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from grader.cli.counts import at_least
from grader.cli.options import PLACE, LocalisedUsageError
from grader.course.languages import msgid
from grader.report.clean import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from grader.batch.cluster.cluster import Cluster
    from grader.batch.cluster.settings import ClusterSettings
    from grader.batch.coordinator import JudgingCluster
    from grader.batch.early_worker import EarlyWorker
    from grader.batch.progress import Progress
    from grader.batch.result_cache import GradingEnvironment
    from grader.cli.batch_arguments import BatchArguments
    from grader.cli.context import Context
    from grader.cli.options import Function
    from grader.course.devices import Device, One
    from grader.course.loading import LoadedExercise
    from grader.course.phrases import Phrase
    from grader.wire.levels import Level

_OPTIONS = (
    click.option(
        "--cluster",
        metavar="ADDRESS",
        help=msgid(
            "judge on the workers of this Dask scheduler, tcp://HOST:PORT or tls://HOST:PORT, or "
            "on N workers here: local:N"
        ),
    ),
    click.option(
        "--cluster-ca",
        type=PLACE,
        metavar="FILE",
        help=msgid("certificate (PEM) of the authority that the cluster trusts"),
    ),
    click.option(
        "--cluster-cert",
        type=PLACE,
        metavar="FILE",
        help=msgid("own certificate (PEM) for the cluster"),
    ),
    click.option(
        "--cluster-key",
        type=PLACE,
        metavar="FILE",
        help=msgid("private key (PEM) of that certificate"),
    ),
    click.option(
        "--cluster-wait",
        type=int,
        callback=at_least(1),
        default=60,
        metavar="SECONDS",
        help=msgid("how long a cluster may be without a worker before the batch stops"),
    ),
)


def cluster_options(command: Function) -> Function:
    """Add --cluster and what goes with it."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True)
class Machine:
    """Where a batch is judged.

    ``environment`` takes a seed, ``device_of`` an exercise and the device that was asked for.
    ``cluster`` is None for this machine, where a first worker is getting ready.
    """

    environment: Callable[[int], GradingEnvironment]
    device_of: Callable[[LoadedExercise, One], Device]
    cluster: JudgingCluster | None = None
    early: EarlyWorker | None = None


class Notices:
    """Sentences about single workers: above the progress where there is one, else as lines."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._progress: Progress | None = None

    def tell(self, sentence: Phrase) -> None:
        """Print a sentence on standard error."""
        if self._progress is not None:
            self._progress.notice(sentence)
        else:
            click.echo(clean(sentence.localised(self._context.t)), err=True)

    @contextmanager
    def to(self, progress: Progress) -> Iterator[None]:
        """Print above this progress for a while."""
        self._progress = progress
        try:
            yield
        finally:
            self._progress = None


@contextmanager
def machine_for(
    context: Context, asked: BatchArguments, notice: Callable[[Phrase], None]
) -> Iterator[Machine]:
    """Yield where a batch is judged; ``notice`` takes sentences on workers.

    Here a first worker gets ready meanwhile, which also tells the isolation level.

    Raises:
        BatchError: the cluster cannot be used.

    """
    settings = _settings(context, asked)
    if settings is None:
        with _first_worker(context.course_root, asked.require_isolation) as machine:
            yield machine
        return
    with _cluster(settings, context, asked.require_isolation, notice) as cluster:
        yield Machine(cluster.environment, cluster.device_of, cluster)


@contextmanager
def _first_worker(course: Path, needed: Level) -> Iterator[Machine]:
    """Yield this machine, with a worker that is getting ready."""
    from grader.batch.early_worker import EarlyWorker  # noqa: PLC0415 - help needs none of it
    from grader.batch.worker_settings import WorkerSettings  # noqa: PLC0415

    with EarlyWorker(WorkerSettings(course, needed)) as early:
        # After it has been started: these imports take as long as its own.
        from grader.batch.isolation import sufficient  # noqa: PLC0415
        from grader.batch.result_cache import GradingEnvironment  # noqa: PLC0415
        from grader.judge.processes.devices import device_for  # noqa: PLC0415

        def environment(seed: int) -> GradingEnvironment:
            return GradingEnvironment.here(seed, sufficient(early.level(), needed))

        yield Machine(environment, device_for, early=early)


def _cluster(
    settings: ClusterSettings, context: Context, needed: Level, notice: Callable[[Phrase], None]
) -> Cluster:
    """Return the cluster, not connected yet.

    Raises:
        ClusterError: Dask is not installed.

    """
    from grader.batch.cluster.errors import ClusterError  # noqa: PLC0415 - help needs none of it

    try:
        from grader.batch.cluster.cluster import Cluster  # noqa: PLC0415 - costs a second
    except ModuleNotFoundError as error:
        if str(error.name).startswith("grader"):
            raise
        raise ClusterError("cluster_missing") from error
    return Cluster(settings, context.course, needed, notice)


def _settings(context: Context, asked: BatchArguments) -> ClusterSettings | None:
    """Return the cluster that was asked for.

    Raises:
        LocalisedUsageError: options do not go together.
        ClusterError: the address is none.

    """
    from grader.batch.cluster.settings import cluster_at  # noqa: PLC0415 - help needs none of it

    t = context.t
    files = (asked.cluster_ca, asked.cluster_cert, asked.cluster_key)
    if asked.cluster is None:
        if any(files):
            raise LocalisedUsageError(
                t("--cluster-ca, --cluster-cert and --cluster-key go with --cluster.")
            )
        return None
    if _given("jobs"):
        raise LocalisedUsageError(
            t("--jobs goes without --cluster: the workers say how many are judged at a time.")
        )
    return cluster_at(
        asked.cluster,
        **dict(zip(("ca", "certificate", "key"), files, strict=True)),
        wait=asked.cluster_wait,
    )


def _given(option: str) -> bool:
    """Return whether an option was written on the command line."""
    source = click.get_current_context().get_parameter_source(option)
    return source is ParameterSource.COMMANDLINE
