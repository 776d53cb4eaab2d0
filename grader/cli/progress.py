"""``grader progress``: a picture of the course, section by section."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from grader.cli.options import grader_command
from grader.course.languages import msgid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.text import Text

    from grader.cli.context import Context
    from grader.cli.standings import Standings
    from grader.course.overview import ExerciseRow, SectionRow
    from grader.progress.standing import Standing

WIDTH = 20  # columns of a bar
# The meanings of the symbols are written below the picture; colours only repeat them.
SOLVED, BEGUN, OPEN = ("●", "green"), ("◐", "bold"), ("○", "")


@dataclass(frozen=True)
class Sum:
    """What was reached in several exercises."""

    solved: int
    exercises: int
    reached: Decimal
    maximum: Decimal

    @classmethod
    def of(cls, rows: Iterable[ExerciseRow], known: Standings) -> Sum:
        """Return the sum over these exercises."""
        pairs = [(row, known.of(row.id)) for row in rows]
        return cls(
            solved=sum(standing.solved for _, standing in pairs),
            exercises=len(pairs),
            reached=sum((_reached(standing) for _, standing in pairs), Decimal(0)),
            maximum=sum((Decimal(row.points) for row, _ in pairs), Decimal(0)),
        )

    @property
    def share(self) -> float:
        """The reached share of the points, from 0 to 1."""
        return min(1.0, float(self.reached / self.maximum)) if self.maximum else 0.0


def _reached(standing: Standing) -> Decimal:
    return Decimal(0) if standing.best is None else standing.best.reached


@grader_command(msgid("Show how far you are in the course, section by section."))
def command(context: Context) -> None:
    """Print a bar and the exercises of each section, and the sum."""
    from grader.cli.standings import standings  # noqa: PLC0415 - see the table in main
    from grader.course.overview import overview  # noqa: PLC0415

    sections = overview(context.course, context.lang)
    known = standings(context)
    every = Sum.of((row for section in sections for row in section.exercises), known)
    if context.json:
        context.echo_json(
            {
                **_as_data(every),
                "next": known.following(context),
                "sections": [
                    {"id": one.id, "title": one.title, **_as_data(Sum.of(one.exercises, known))}
                    for one in sections
                ],
            }
        )
        return
    if context.fancy:
        _print_picture(context, sections, known)
    else:
        _print_lines(context, sections, known)
    context.echo()
    context.echo(context.t("Altogether: {{sum}}", sum=_in_words(context, every)))
    context.echo(context.t("To go on: {{command}}", command=f"grader next{context.course.option}"))


def _as_data(part: Sum) -> dict[str, object]:
    return {
        "solved": part.solved,
        "exercises": part.exercises,
        "reached": float(part.reached),
        "maximum": float(part.maximum),
    }


def _in_words(context: Context, part: Sum) -> str:
    t = context.t
    solved = t.plural(
        "{{solved}} of {{n}} exercise solved",
        "{{solved}} of {{n}} exercises solved",
        part.exercises,
        solved=part.solved,
    )
    points = t.plural(
        "{{reached}} of {{n}} point",
        "{{reached}} of {{n}} points",
        part.maximum,
        reached=part.reached,
    )
    return f"{solved}, {points}"


def _print_picture(context: Context, sections: list[SectionRow], known: Standings) -> None:
    from rich.padding import Padding  # noqa: PLC0415 - plain output needs none
    from rich.text import Text  # noqa: PLC0415

    for section in sections:
        part = Sum.of(section.exercises, known)
        full = round(WIDTH * part.share)
        context.console.print(Text(section.title, "bold"))
        bar = ("█" * full, "green"), "░" * (WIDTH - full), f"  {_in_words(context, part)}"
        context.console.print(Padding(Text.assemble(*bar), (0, 0, 0, 2)))
        marked = [_marked(row, known.of(row.id)) for row in section.exercises]
        context.console.print(Padding(Text("  ").join(marked), (0, 0, 0, 2)))
    t = context.t
    meanings = [(SOLVED, t("solved")), (BEGUN, t("begun")), (OPEN, t("not yet"))]
    words = [Text(f"{symbol} {word}", colour) for (symbol, colour), word in meanings]
    context.console.print()
    context.console.print(Text("   ").join(words))


def _marked(row: ExerciseRow, standing: Standing) -> Text:
    from rich.text import Text  # noqa: PLC0415 - plain output needs none

    symbol, colour = SOLVED if standing.solved else OPEN if standing.best is None else BEGUN
    return Text(f"{symbol}\N{NO-BREAK SPACE}{row.id}", colour)


def _print_lines(context: Context, sections: list[SectionRow], known: Standings) -> None:
    t = context.t
    for section in sections:
        part = Sum.of(section.exercises, known)
        context.echo(t("{{what}}: {{more}}", what=section.title, more=_in_words(context, part)))
        begun = [
            row.id
            for row in section.exercises
            if known.of(row.id).best is not None and not known.of(row.id).solved
        ]
        if begun:
            context.echo("  " + t("Begun: {{exercises}}", exercises=", ".join(begun)))
