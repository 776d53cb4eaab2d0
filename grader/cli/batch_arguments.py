"""Arguments and options of ``grader batch``, and their consistency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from grader.batch.lms.registry import export_names, export_of, layout_names
from grader.cli.batch_cluster import cluster_options
from grader.cli.batch_options import CLASS_LEVEL, decisions
from grader.cli.class_option import class_option
from grader.cli.counts import at_least, jobs_option
from grader.cli.options import (
    PLACE,
    LocalisedUsageError,
    device_option,
    isolation_option,
    required,
)
from grader.course.devices import ONE
from grader.course.languages import msgid
from grader.course.phrases import either

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from grader.batch.lms.export import Export
    from grader.cli.context import Context
    from grader.cli.options import Function
    from grader.course.devices import One
    from grader.course.languages import Translator
    from grader.gradebook.unreachable_points import Unreachable
    from grader.wire.levels import Level


@dataclass(frozen=True)
class BatchArguments:
    """The values of the command line: a field for each argument and option, of the same name."""

    source: Path
    names: tuple[str, ...]
    roster: Path | None
    class_file: Path | None
    layout: str | None
    out: Path
    jobs: int
    seed: int | None
    seed_file: Path | None
    gradebook: str | None
    format: str | None
    template: Path | None
    titles: Mapping[str, str]
    show_calls: bool
    zero: frozenset[str]
    allow_lower: bool
    scale: bool
    unreachable: Unreachable | None
    page: bool
    comments: bool
    feedback: bool
    device: One
    bom: bool
    require_isolation: Level
    cluster: str | None
    cluster_ca: Path | None
    cluster_cert: Path | None
    cluster_key: Path | None
    cluster_wait: int

    def refuse_half_a_format(self, context: Context) -> None:
        """Refuse format options that do not go together, before anything is judged."""
        t = context.t
        wanted = None if self.format is None else export_of(self.format)
        if wanted is not None and wanted.template == "required" and self.template is None:
            raise LocalisedUsageError(
                t(
                    "--format {{format}} fills in a table downloaded from {{system}}: add "
                    "--template FILE.",
                    format=self.format,
                    system=wanted.title,
                )
            )
        if self.template is not None and (wanted is None or wanted.template == "none"):
            formats = _formats(t, lambda one: one.template != "none")
            raise LocalisedUsageError(
                t("--template goes with --format {{formats}}.", formats=formats)
            )
        if wanted is None and (self.allow_lower or self.scale):
            raise LocalisedUsageError(t("--allow-lower and --scale go with --format."))
        if self.comments and (wanted is None or not wanted.comments):
            formats = _formats(t, lambda one: one.comments)
            raise LocalisedUsageError(
                t("--comments goes with --format {{formats}}.", formats=formats)
            )

    @property
    def table(self) -> Path | None:
        """The template, if it is a table of students."""
        fits = self.format is not None and export_of(self.format).tabular
        return self.template if fits else None

    def wanted_seed(self) -> int | None:
        """Return the seed of the options, or read it from their file; None if there is neither.

        Raises:
            BatchRunError: the file holds no seed.

        """
        from grader.batch.plan import BatchRunError  # noqa: PLC0415 - help needs none of it

        if self.seed_file is None:
            return self.seed
        try:
            seed = int(self.seed_file.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError) as error:
            raise BatchRunError("seed_file", file=self.seed_file) from error
        if seed < 0:
            raise BatchRunError("seed_file", file=self.seed_file)
        return seed


def _formats(t: Translator, fit: Callable[[type[Export]], bool]) -> str:
    """Return the formats that an option goes with."""
    return either((name for name in export_names() if fit(export_of(name))), t)


def _titles(
    _ctx: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    """Read pairs EX=TITLE."""
    return dict(value.partition("=")[::2] for value in values)


_OPTIONS = (
    click.argument("source", type=PLACE),
    click.option(
        "--exercise",
        "names",
        multiple=True,
        metavar="EX",
        help=msgid("grade only this exercise; files without its name in theirs answer it"),
    ),
    click.option(
        "--roster",
        type=PLACE,
        metavar="CSV",
        help=msgid("the class: everybody gets a row, whoever is not in it is listed"),
    ),
    class_option,
    click.option(
        "--layout",
        type=click.Choice(layout_names()),
        metavar="NAME",
        help=msgid("how the files lie, where it is not found out: {{choices}}"),
    ),
    click.option(
        "--out",
        type=PLACE,
        callback=required,
        metavar="DIR",
        help=msgid("folder for grades and reports; the same one again goes on where it was"),
    ),
    jobs_option,
    click.option(
        "--seed",
        type=int,
        callback=at_least(0),
        metavar="N",
        help=msgid("draw the inputs from this seed, not from a secret one"),
    ),
    click.option(
        "--seed-file",
        type=PLACE,
        metavar="FILE",
        help=msgid("read the seed from a file"),
    ),
    click.option(
        "--gradebook",
        envvar="GRADER_GRADEBOOK",
        metavar="FILE|URL",
        help=msgid("also record everything in this gradebook: a SQLite file or postgresql://…"),
    ),
    click.option(
        "--format",
        type=click.Choice(export_names()),
        metavar="SYSTEM",
        help=msgid("also write what a learning system imports: {{choices}}"),
    ),
    click.option(
        "--template",
        type=PLACE,
        metavar="FILE",
        help=msgid("the worksheet or grades file downloaded from there, to be filled in"),
    ),
    click.option(
        "--title",
        "titles",
        multiple=True,
        callback=_titles,
        metavar="EX=TITLE",
        help=msgid("what the system calls the assignment of an exercise"),
    ),
    decisions,
    click.option(
        "--feedback",
        is_flag=True,
        help=msgid("also write a page of feedback for each student, and what hands them back"),
    ),
    device_option(ONE),
    click.option(
        "--bom", is_flag=True, help=msgid("begin grades.csv with a byte order mark, for old Excel")
    ),
    isolation_option(CLASS_LEVEL),
    cluster_options,
)


def batch_options(command: Function) -> Function:
    """Add every argument and option of ``grader batch``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
