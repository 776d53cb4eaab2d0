"""Walking through what needs a teacher's eye, at a terminal."""

from __future__ import annotations

import sys
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import click

from grader.cli.gradebook_options import show_lines
from grader.course.phrases import headed
from grader.course.unreadable import Unreadable
from grader.gradebook.errors import WrongMark
from grader.gradebook.policy import is_mark
from grader.gradebook.view import open_line
from grader.gradebook.words import error_sentence
from grader.gradebook.words import points as told
from grader.judge.submission import read_bytes, suffixes
from grader.report.localise import localise
from grader.report.terminal import render
from grader.report.visible import numbered, written_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.cli.context import Context
    from grader.course.languages import Translator
    from grader.course.models import Kind
    from grader.gradebook.policy import Open
    from grader.gradebook.store import Store
    from grader.judge.submission import Position

LATER, SOURCE, END = "", "s", "q"


def walk(context: Context, store: Store, items: list[Open], who: str) -> None:
    """Show each and ask for points. Every answer is kept at once; q ends, Enter skips."""
    for number, item in enumerate(items, 1):
        context.echo(f"\n[{number}/{len(items)}]")
        show_lines(context, [open_line(item, context.t)])
        report = store.report(item.attempt)
        if report is not None:
            told_report = localise(report, context.course, context.lang)
            render(told_report, context.console, plain=not context.fancy, everything=True)
        if not _ask(context, store, item, who):
            return


def _ask(context: Context, store: Store, item: Open, who: str) -> bool:
    """Ask until there is an answer; return whether to go on."""
    t, attempt = context.t, item.attempt
    question = t(
        "Points from 0 to {{maximum}} (now {{points}}); s shows the file, Enter leaves it for "
        "later, q ends",
        maximum=told(attempt.maximum, t),
        points=told(item.grade.points, t),
    )
    while True:
        answer = (
            click.prompt(question, default="", show_default=False, prompt_suffix=headed("", t))
            .strip()
            .lower()
        )
        if answer == END:
            return False
        if answer == LATER:
            return True
        if answer == SOURCE:
            _show_file(context, store, item)
            continue
        points = _points(answer)
        if points is None or not is_mark(points, attempt.maximum):
            context.echo(error_sentence(WrongMark(told(attempt.maximum, t)), t))
            continue
        reason = ""
        while not reason:
            reason = click.prompt(t("Reason"), prompt_suffix=headed("", t)).strip()
        store.mark(attempt.student, attempt.exercise, points, reason, who)
        return True


def _points(answer: str) -> Decimal | None:
    try:
        return Decimal(answer.replace(",", "."))
    except InvalidOperation:
        return None


def _show_file(context: Context, store: Store, item: Open) -> None:
    file = store.submission(item.attempt)
    if file is None:
        context.echo(context.t("what was handed in is not in the gradebook"))
        return
    encoding = sys.stdout.encoding or "ascii"
    for line in source_lines(file.name, file.data, context.t):
        # What this console has no signs for is written out as well.
        context.echo(line.encode(encoding, "backslashreplace").decode(encoding))


def source_lines(name: str, data: bytes, t: Translator) -> list[str]:
    """Return what ran, line by line: decoded as Python does it, cells joined, nothing hidden.

    Of a file that cannot be read, so that nothing of it ran, the bytes are shown as far as they are
    text.
    """
    kind: Kind = "code" if name.lower().endswith(suffixes("code")) else "quiz"
    try:
        submission = read_bytes(data, name, kind)
    except Unreadable:
        told = t("This file cannot be read. Its bytes, as far as they are text:")
        text = data.decode("utf-8", "backslashreplace")
        return [told, *_with_numbers(text, str)]
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
