"""``grader export``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.cli.options import (
    PLACE,
    LocalisedCommand,
    LocalisedUsageError,
    collected,
    grader_command,
    writing,
)
from grader.course.languages import interpolate, msgid
from grader.course.phrases import localised_value
from grader.export.registry import format_names, format_of

if TYPE_CHECKING:
    from grader.cli.context import Context
    from grader.export.format import ExerciseFormat, Exported, ReportFormat


@dataclass(frozen=True)
class ExportArguments:
    """The values of the command line: a field for each argument and option, of the same name."""

    system: str
    what: tuple[str, ...]
    out: Path | None
    numbers: str | None
    matching: str | None
    ordering: str | None
    identity: str | None
    home: str | None
    server: str | None
    students: bool

    @property
    def given(self) -> dict[str, Any]:
        """The options of single formats that were given, by the names of their fields."""
        names = ("numbers", "matching", "ordering", "identity", "home", "server", "students")
        return {
            name: value for name in names if (value := getattr(self, name)) not in {None, False}
        }


class ExportCommand(LocalisedCommand):
    """A command whose first argument may be written as an option: ``--moodle``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, with a format that is written as an option in first place."""
        options = [argument for argument in args if argument[:2] == "--"]
        named = next((name for name in options if name[2:] in format_names()), None)
        if named is not None:
            rest = list(args)
            rest.remove(named)
            args = [named[2:], *rest]
        return super().parse_args(ctx, args)


@grader_command(
    msgid(
        "Write exercises or results for another system. FORMAT is one of: moodle, coderunner, "
        "qti (Canvas), classroom (GitHub) for exercises; xapi, junit, exercism for reports or the "
        "folder of a batch."
    ),
    ExportCommand,
)
@click.argument("system", metavar="FORMAT", type=click.Choice(format_names()))
@click.argument("what", nargs=-1, metavar="[WHAT]...")
@click.option("--out", type=PLACE, metavar="FILE", help=msgid("write to this file, or folder"))
@click.option(
    "--numbers",
    type=click.Choice(["auto", "numerical", "text"]),
    metavar="WHAT",
    help=msgid(
        "moodle: numerical questions, or short answers that read point and comma in every "
        "language; auto takes these where Moodle would refuse a comma"
    ),
)
@click.option(
    "--matching",
    type=click.Choice(["pairs", "cloze"]),
    metavar="WHAT",
    help=msgid("moodle: matching as menus (pairs), or with a sentence for each wrong pair (cloze)"),
)
@click.option(
    "--ordering",
    type=click.Choice(["typed", "dragged"]),
    metavar="WHAT",
    help=msgid("moodle: steps are put in order by their numbers, or dragged (Moodle 4.4 or later)"),
)
@click.option(
    "--identity",
    type=click.Choice(["account", "mbox-sha1"]),
    metavar="WHAT",
    help=msgid("xapi: students by their ids at --home, or by a hash of the e-mail that the id is"),
)
@click.option(
    "--home",
    metavar="URL",
    help=msgid("xapi: the address under which students have their ids"),
)
@click.option(
    "--server",
    metavar="ADDRESS",
    help=msgid("coderunner: the server that judges, where it is not that of CodeRunner's settings"),
)
@click.option(
    "--students",
    is_flag=True,
    help=msgid("coderunner: questions tell whose answer it is, so that attempts can be counted"),
)
@collected(ExportArguments)
def command(context: Context, arguments: ExportArguments) -> int:
    """Export, write the files, say what is lost."""
    from grader.export.errors import ExportError  # noqa: PLC0415 - costs the messages
    from grader.export.format import ExerciseFormat  # noqa: PLC0415

    chosen = format_of(arguments.system)
    _require_options(context, arguments, chosen)
    try:
        if isinstance(chosen, ExerciseFormat):
            exported = _of_exercises(context, arguments, chosen)
        else:
            exported = _of_reports(context, arguments, chosen)
    except ExportError as error:
        raise LocalisedUsageError(error.sentence(context.t)) from None
    written = _write(context, arguments, chosen, exported)
    keys = isinstance(chosen, ExerciseFormat) and chosen.holds_keys
    _tell(context, exported, written, keys=keys)
    return 1 if exported.left_out else 0


def _require_options(
    context: Context, arguments: ExportArguments, chosen: ExerciseFormat | ReportFormat
) -> None:
    for name in arguments.given:
        if name not in chosen.options:
            raise LocalisedUsageError(
                context.t(
                    "--{{option}} does not go with {{format}}.",
                    option=name,
                    format=arguments.system,
                )
            )


def _of_exercises(context: Context, arguments: ExportArguments, chosen: ExerciseFormat) -> Exported:
    from grader.export.format import ExerciseTask  # noqa: PLC0415 - as above

    course = context.course
    named = [course.exercise(name) for name in arguments.what] or course.exercises()
    return chosen.export(ExerciseTask(course, named, context.lang, **arguments.given))


def _of_reports(context: Context, arguments: ExportArguments, chosen: ReportFormat) -> Exported:
    from dataclasses import replace  # noqa: PLC0415 - as above

    from grader.cli.reports_to_export import reports_in  # noqa: PLC0415
    from grader.export.format import ReportTask  # noqa: PLC0415

    if not arguments.what:
        raise LocalisedUsageError(
            context.t("Name reports, or the folder into which a batch was graded.")
        )
    reports, unread = reports_in(context, [Path(name) for name in arguments.what])
    exported = chosen.export(ReportTask(reports, **arguments.given))
    return replace(exported, left_out=[*unread, *exported.left_out])


def _write(
    context: Context,
    arguments: ExportArguments,
    chosen: ExerciseFormat | ReportFormat,
    exported: Exported,
) -> Path:
    """Write the files, each whole or not at all; return the file or folder."""
    from grader.course.atomic_file import replace_file  # noqa: PLC0415 - as above

    names = {"course": context.course.index.id, "lang": context.lang}
    out = arguments.out or Path(interpolate(chosen.output, names, context.lang))
    for name, data in exported.files.items():
        file = out / name if chosen.folder else out
        with writing(file, context.t):
            file.parent.mkdir(parents=True, exist_ok=True)
            replace_file(file, data)
    return out


def _tell(context: Context, exported: Exported, written: Path, *, keys: bool) -> None:
    lost = [str(localised_value(one, context.t)) for one in exported.lost]
    left_out = [str(localised_value(one, context.t)) for one in exported.left_out]
    if context.json:
        files = sorted(exported.files)
        context.echo_json(
            {
                "written": str(written),
                "files": files,
                "count": exported.count,
                "lost": lost,
                "left_out": left_out,
                "holds_keys": keys,
            }
        )
        return
    t = context.t
    context.echo(t("Written: {{file}} ({{n}})", file=written, n=exported.count))
    _list(context, t("Lost on the way:"), lost)
    _list(context, t("Left out:"), left_out)
    if keys:
        context.echo(t("The right answers are in it: give it to no student."))


def _list(context: Context, title: str, sentences: list[str]) -> None:
    from grader.course.plain_text import markdown_to_text  # noqa: PLC0415 - as above
    from grader.report.clean import clean  # noqa: PLC0415

    if sentences:
        context.echo(title)
        for sentence in sentences:
            context.echo(markdown_to_text(f"- {clean(sentence)}", context.width))
