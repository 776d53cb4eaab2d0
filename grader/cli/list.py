"""``grader list``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from grader.cli.options import grader_command
from grader.course.languages import msgid

if TYPE_CHECKING:
    from grader.cli.context import Context
    from grader.cli.standings import Standings
    from grader.course.overview import ExerciseRow, SectionRow
    from grader.progress.standing import Standing


@grader_command(
    msgid("List the exercises, section by section, with what you have reached in this folder.")
)
def command(context: Context) -> None:
    """Print the table of exercises."""
    from grader.cli.standings import standings  # noqa: PLC0415 - see the table in main
    from grader.course.overview import overview  # noqa: PLC0415

    sections = overview(context.course, context.lang)
    known = standings(context)
    if context.json:
        context.echo_json([_as_data(section, known) for section in sections])
    elif context.fancy:
        _print_table(context, sections, known)
    else:
        _print_lines(context, sections, known)


def _as_data(section: SectionRow, known: Standings) -> dict[str, object]:
    rows = [asdict(row) | _reached(known.of(row.id)) for row in section.exercises]
    return asdict(section) | {"exercises": rows}


def _reached(standing: Standing) -> dict[str, object]:
    return {
        "reached": None if standing.best is None else float(standing.best.reached),
        "solved": standing.solved,
        "changed": standing.changed,
        "outdated": standing.outdated,
    }


def _print_table(context: Context, sections: list[SectionRow], known: Standings) -> None:
    from rich.table import Table  # noqa: PLC0415 - plain output needs none
    from rich.text import Text  # noqa: PLC0415

    t = context.t
    table = Table(box=None, pad_edge=False, header_style="dim")
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
            standing = known.of(row.id)
            yours = "".join(
                f"\n{', '.join(words)}" for words in [_yours(context, standing)] if words
            )
            title = Text.assemble(row.title, (yours, "green" if standing.solved else "bold"))
            points = _points(context, row, standing)
            table.add_row(row.id, title, row.kind_name, points, devices)
    context.console.print(table)


def _print_lines(context: Context, sections: list[SectionRow], known: Standings) -> None:
    from grader.course.overview import worth  # noqa: PLC0415 - see the table in main

    for number, section in enumerate(sections):
        context.echo(f"\n{section.title}" if number else section.title)
        for row in section.exercises:
            standing = known.of(row.id)
            points = worth(row.points, context.t)
            if standing.best is not None:
                points = context.t("points: {{reached}}", reached=_points(context, row, standing))
            details = [row.kind_name, points, *_yours(context, standing), *_devices(row)]
            if row.lacking:
                details.append(_not_installed(context, row))
            context.echo(f"  {row.id}  {row.title} ({', '.join(details)})")


def _points(context: Context, row: ExerciseRow, standing: Standing) -> str:
    """Return the points of an exercise, with those that were reached."""
    if standing.best is None:
        return str(row.points)
    from grader.report.wording import number  # noqa: PLC0415 - where something was reached

    reached, maximum = number(standing.best.reached), number(standing.best.maximum)
    return context.t("{{reached}} of {{maximum}}", reached=reached, maximum=maximum)


def _yours(context: Context, standing: Standing) -> list[str]:
    """Return the state of an answer in words; none if it was never graded."""
    t = context.t
    if standing.best is None:
        return []
    words = [t("solved") if standing.best.solved else t("begun")]
    if standing.outdated:
        words.append(t("the exercise has changed since"))
    elif standing.changed:
        words.append(t("changed since"))
    return words


def _devices(row: ExerciseRow) -> list[str]:
    """Return the devices on which an exercise can be graded here, without probing them."""
    from grader.judge.processes.graphics_card import ruled_out  # noqa: PLC0415 - see the table in main

    return [name for name in row.devices if name != "cuda" or ruled_out() is None]


def _not_installed(context: Context, row: ExerciseRow) -> str:
    return context.t("{{library}} is not installed", library=", ".join(row.lacking))
