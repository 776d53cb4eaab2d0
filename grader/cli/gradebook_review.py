"""Interactive review, at a terminal, of what needs a teacher."""

from __future__ import annotations

import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from grader.cli.gradebook_options import print_lines
from grader.course.phrases import headed
from grader.course.unreadable import UnreadableSubmissionError
from grader.gradebook.errors import WrongMarkError
from grader.gradebook.key_points import Given, amount_of, given, waiting_texts
from grader.gradebook.policy import is_valid_override
from grader.gradebook.texts import error_sentence
from grader.gradebook.texts import points as points_text
from grader.gradebook.view import open_line, out_of
from grader.judge.reading.submission import read_bytes, suffixes
from grader.report.localise import localise
from grader.report.terminal import render
from grader.report.visible import numbered, written_out
from grader.report.wording import shortened

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.cli.context import Context
    from grader.course.languages import Translator
    from grader.course.models import Kind
    from grader.gradebook.policy import ReviewItem
    from grader.gradebook.store import Store
    from grader.judge.reading.submission import Position
    from grader.report.models import CheckResult, Report

LATER, SOURCE, END = "", "s", "q"


def review_interactively(context: Context, store: Store, items: list[ReviewItem], who: str) -> None:
    """Show each item and ask for points. Every answer is stored at once; q ends, Enter skips."""
    for number, item in enumerate(items, 1):
        context.echo(f"\n[{number}/{len(items)}]")
        print_lines(context, [open_line(item, context.t)])
        report = store.report(item.attempt)
        if report is not None:
            report = localise(report, context.course, context.lang)
            render(report, context.console, plain=not context.fancy, everything=True)
        texts = [] if report is None else waiting_texts(report)
        try:
            decided = (
                _mark_texts(context, store, item, report, texts)
                if report is not None and texts
                else _mark_whole(context, store, item)
            )
        except _EndError:
            return
        if decided is not None:
            points, reason = decided.points, _reason(context, decided.why)
            store.mark(item.attempt.student, item.attempt.exercise, points, reason, who)


class _EndError(Exception):
    """The teacher ends the review."""


def _mark_whole(context: Context, store: Store, item: ReviewItem) -> Given | None:
    """Ask for the points of an attempt, None to leave it for later."""
    t, maximum = context.t, item.attempt.maximum
    partly = item.attempt.reachable != maximum
    question = t(
        "Points from 0 to {{maximum}} (now {{points}}); s shows the file, Enter leaves it for "
        "later, q ends",
        maximum=points_text(maximum, t),
        points=out_of(item.attempt, t) if partly else points_text(item.grade.points, t),
    )
    while (answer := _ask(context, store, item, question)) is not None:
        points = amount_of(answer)
        if points is not None and is_valid_override(points, maximum):
            return Given(points, "")
        context.echo(error_sentence(WrongMarkError(points_text(maximum, t)), t))
    return None


def _mark_texts(
    context: Context, store: Store, item: ReviewItem, report: Report, texts: list[CheckResult]
) -> Given | None:
    """Ask which key points each text makes; the other questions keep their points.

    None: it is skipped.
    """
    t = context.t
    question = t(
        "Key points that the text makes, by number or name (1 3); 0 for none; =1.5 gives points; "
        "s shows the file, Enter leaves it for later, q ends"
    )
    awards: list[Given] = []
    for check in texts:
        context.echo(f"\n{shortened(check.title or check.id, context.width)}")
        award = None
        while award is None:
            answer = _ask(context, store, item, question)
            if answer is None:
                return None
            award = given(answer, check)
            if award is None:
                context.echo(_not_given(check, t))
        awards.append(award)
    own = sum((award.points for award in awards), Decimal(0))
    judged = report.reached
    context.echo(
        t(
            "Key points: {{given}}; the other questions: {{judged}}; together: {{points}} of "
            "{{maximum}}",
            given=points_text(own, t),
            judged=points_text(judged, t),
            points=points_text(own + judged, t),
            maximum=points_text(report.maximum, t),
        )
    )
    return Given(own + judged, "; ".join(award.why for award in awards))


def _not_given(check: CheckResult, t: Translator) -> str:
    return t(
        "Name key points of this question ({{ids}}) or their numbers, 0, or an amount from =0 to "
        "={{maximum}} with at most two decimals.",
        ids=", ".join(point.id for point in check.key_points),
        maximum=points_text(check.maximum, t),
    )


def _ask(context: Context, store: Store, item: ReviewItem, question: str) -> str | None:
    """Ask until there is an answer; None: the item is skipped.

    Raises:
        _EndError: the teacher ends the review.

    """
    while True:
        answer: str = click.prompt(
            question, default="", show_default=False, prompt_suffix=headed("", context.t)
        )
        answer = answer.strip().lower()
        if answer == END:
            raise _EndError
        if answer != SOURCE:
            return None if answer == LATER else answer
        _show_file(context, store, item)


def _reason(context: Context, known: str) -> str:
    """Ask for the reason of a mark, with the known one as default."""
    reason = ""
    while not reason:
        reason = click.prompt(
            context.t("Reason"), default=known or None, prompt_suffix=headed("", context.t)
        ).strip()
    return reason


def _show_file(context: Context, store: Store, item: ReviewItem) -> None:
    file = store.submission(item.attempt)
    if file is None:
        context.echo(context.t("what was handed in is not in the gradebook"))
        return
    encoding = sys.stdout.encoding or "ascii"
    for line in source_lines(file.name, file.data, context.t):
        # Characters that this console lacks are escaped as well.
        context.echo(line.encode(encoding, "backslashreplace").decode(encoding))


def source_lines(name: str, data: bytes, t: Translator) -> list[str]:
    """Return the source that ran, line by line: decoded as by Python, cells joined, all visible.

    Of a file that cannot be read, so that nothing of it ran, the bytes are shown as far as they are
    text.
    """
    kind: Kind = "code" if name.lower().endswith(suffixes("code")) else "quiz"
    try:
        submission = read_bytes(data, name, kind)
    except UnreadableSubmissionError:
        sentence = t("This file cannot be read. Its bytes, as far as they are text:")
        text = data.decode("utf-8", "backslashreplace")
        return [sentence, *_with_numbers(text, str)]
    shown = _with_numbers(submission.source, lambda number: _place(submission.where(number), t))
    for path, source in submission.helpers.items():
        shown += ["", written_out(path), *_with_numbers(source, str)]
    return shown


def _with_numbers(source: str, label: Callable[[int], str]) -> list[str]:
    lines = written_out(source).removesuffix("\n").split("\n")
    return numbered(lines, [label(number) for number in range(1, len(lines) + 1)])


def _place(where: Position, t: Translator) -> str:
    if where.cell is None:
        return str(where.line)
    return t("cell {{cell}}, line {{line}}", cell=where.cell, line=where.line)
