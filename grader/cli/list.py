"""``grader list``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from grader.cli.options import grader_command
from grader.course.colours import FAINT
from grader.course.languages import msgid

if TYPE_CHECKING:
    from grader.cli.context import Context
    from grader.course.overview import ExerciseRow, SectionRow


@grader_command(msgid("List the exercises, section by section."))
def command(context: Context) -> None:
    """Print the table of exercises."""
    from grader.course.overview import overview  # noqa: PLC0415 - see the table in main

    sections = overview(context.course, context.lang)
    if context.json:
        context.echo_json([asdict(section) for section in sections])
    elif context.fancy:
        _print_table(context, sections)
    else:
        _print_lines(context, sections)


def _print_table(context: Context, sections: list[SectionRow]) -> None:
    from rich.table import Table  # noqa: PLC0415 - plain output needs none
    from rich.text import Text  # noqa: PLC0415

    t = context.t
    table = Table(box=None, pad_edge=False, header_style=FAINT)
    table.add_column("")
    table.add_column(t("Exercise"))
    table.add_column(t("Kind"))
    table.add_column(t("Points"), justify="right")
    table.add_column(t("Devices"))
    for section in sections:
        table.add_row("", Text(section.title, style="bold"))
        for row in section.exercises:
            devices = ", ".join(_devices(row))
            if row.lacking:
                devices = f"{devices} ({_not_installed(context, row)})"
            table.add_row(row.id, Text(row.title), row.kind_name, str(row.points), devices)
    context.console.print(table)


def _print_lines(context: Context, sections: list[SectionRow]) -> None:
    from grader.course.overview import worth  # noqa: PLC0415 - see the table in main

    for number, section in enumerate(sections):
        context.echo(f"\n{section.title}" if number else section.title)
        for row in section.exercises:
            details = [row.kind_name, worth(row.points, context.t), *_devices(row)]
            if row.lacking:
                details.append(_not_installed(context, row))
            context.echo(f"  {row.id}  {row.title} ({', '.join(details)})")


def _devices(row: ExerciseRow) -> list[str]:
    """Return the devices on which an exercise can be graded here, without probing them."""
    from grader.judge.processes.graphics_card import ruled_out  # noqa: PLC0415 - see the table in main

    return [name for name in row.devices if name != "cuda" or ruled_out() is None]


def _not_installed(context: Context, row: ExerciseRow) -> str:
    return context.t("{{library}} is not installed", library=", ".join(row.lacking))
