"""``grader similar``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.cli.completing import exercises as complete
from grader.cli.kits import FOR_MARKS, refuse_in_kit
from grader.cli.options import PLACE, grader_command
from grader.course.languages import msgid

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from grader.cli.context import Context
    from grader.similarity.of_class import ClassFound
    from grader.similarity.pairs import Pair

HINT = msgid(
    "A hint, never a verdict: two students may have thought alike, learnt from the same page, or "
    "been allowed to work together. Read both answers, and ask."
)
SHOWN = 12  # lines of each block


@grader_command(
    msgid(
        "Name answers of a class in code that are alike beyond what their exercise forces, with "
        "the lines that they share. A hint for the teacher, never a verdict."
    )
)
@click.argument("source", type=PLACE)
@click.argument("exercises", nargs=-1, shell_complete=complete)
@click.option(
    "--roster", type=PLACE, metavar="FILE", help=msgid("the class: a CSV with ids and names")
)
def command(
    context: Context, source: Path, exercises: tuple[str, ...], roster: Path | None
) -> None:
    """Read a class as `grader batch` does, compare, print; nothing is written."""
    from grader.cli.batch_options import exit_on_error  # noqa: PLC0415 - help needs none of it
    from grader.similarity.of_class import compare_class  # noqa: PLC0415

    refuse_in_kit(context, FOR_MARKS)
    with exit_on_error(context):
        found = compare_class(source, context.course, list(exercises), roster)
    if context.json:
        context.echo_json({"hint": context.t(HINT), "exercises": [_data(one) for one in found]})
        return
    for line in _lines(found, context):
        context.echo(line)


def _lines(found: Sequence[ClassFound], context: Context) -> Iterator[str]:
    from grader.report.clean import clean  # noqa: PLC0415 - students have chosen the names

    t = context.t
    yield t(HINT)
    if not found:
        yield ""
        yield t("Nobody has answered an exercise in code.")
    for one in found:
        yield ""
        pairs = t.plural("{{n}} pair", "{{n}} pairs", len(one.found.pairs))
        answers = t.plural("{{n}} answer", "{{n}} answers", len(one.sources))
        yield t(
            "{{exercise}}: {{answers}}, {{pairs}}",
            exercise=one.exercise,
            answers=answers,
            pairs=pairs,
        )
        for pair in one.found.pairs:
            for line in _pair(one, pair, context):
                yield clean(line, len(line))
        short = len(one.found.too_short)
        if short:
            yield "  " + t.plural(
                "Nothing can be said about {{n}} answer: it has too little beyond what all have.",
                "Nothing can be said about {{n}} answers: they have too little beyond what all "
                "have.",
                short,
            )
        for student in one.unread:
            yield clean("  " + t("{{student}}: cannot be read", student=student))


def _pair(one: ClassFound, pair: Pair, context: Context) -> Iterator[str]:
    from grader.similarity.pairs import spans  # noqa: PLC0415

    t = context.t
    yield "  " + t(
        "{{first}} and {{second}}: {{share}} % of what is their own",
        first=_called(one, pair.first),
        second=_called(one, pair.second),
        share=round(100 * pair.share),
    )
    for student, lines in zip((pair.first, pair.second), pair.lines, strict=True):
        source = one.sources[student].splitlines()
        for first, last in spans(lines):
            yield "    " + t(
                "{{student}}, lines {{first}} to {{last}}:", student=student, first=first, last=last
            )
            shown = source[first - 1 : min(last, first - 1 + SHOWN)]
            yield from (f"      {line}" for line in shown)
            if last - first + 1 > SHOWN:
                yield "      …"


def _called(one: ClassFound, student: str) -> str:
    name = one.names.get(student, "")
    return f"{name} ({student})" if name and name != student else student


def _data(one: ClassFound) -> dict[str, object]:
    from grader.similarity.pairs import spans  # noqa: PLC0415

    return {
        "exercise": one.exercise,
        "answers": len(one.sources),
        "pairs": [
            {
                "students": [pair.first, pair.second],
                "share": round(pair.share, 3),
                "shared": pair.shared,
                "lines": [[list(span) for span in spans(lines)] for lines in pair.lines],
            }
            for pair in one.found.pairs
        ],
        "too_short": list(one.found.too_short),
        "unread": list(one.unread),
    }
