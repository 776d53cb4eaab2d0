"""A report in a terminal: with colours and marks, or as plain lines of words."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from grader.course.encodings import fitting
from grader.course.text import plain as plain_text
from grader.report.view import Row, View, view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.text import Text

    from grader.report.models import Report

WIDEST = 100
NARROWEST = 20
_MARKS = {"passed": "✓", "not_run": "–", "needs_review": "?", "hidden": "·", "note": "!"}
_STYLES = {
    "passed": "bold green",
    "not_run": "dim",
    "needs_review": "bold yellow",
    "hidden": "dim",
    "note": "bold yellow",
    "other": "bold yellow",
}
_FAILED = ("✗", "bold red")
_TONES = {"good": "bold green", "mixed": "bold yellow", "bad": "bold red"}


def render(report: Report, console: Console, plain: bool) -> None:
    """Print a localised report; ``plain`` for pipes, screen readers and NO_COLOR.

    Plain lines begin with the status word of a check, or with spaces or ``|``; there are no
    colours, no cursor movements and no lines drawn.
    """
    printer = _Printer(console, plain)
    for line in printer.lines(view(report)):
        console.print(line, soft_wrap=True, highlight=False, markup=False, emoji=False)


class _Printer:
    """Lays a view out for one console."""

    def __init__(self, console: Console, plain: bool) -> None:
        from rich.text import Text  # noqa: PLC0415 - a report as JSON needs no terminal

        self._text = Text
        self.plain = plain
        self.encoding = console.encoding
        self.width = max(NARROWEST, min(console.width, WIDEST))

    def lines(self, shown: View) -> Iterator[Text]:
        """Yield the lines of a view."""
        yield from self._wrapped(shown.title, "bold")
        yield from self._wrapped(shown.headline, _TONES[shown.tone])
        yield self._line("")
        column = max((len(row.word) for row in shown.rows), default=0)
        for row in shown.rows:
            yield from self._row(row, column)
        if shown.output:
            yield from self._output(shown)
        if (shown.rows or shown.output) and (shown.notes or shown.points):
            yield self._line("")
        for note in shown.notes:
            yield from self._wrapped(note, "yellow")
        yield from self._wrapped(shown.points, "bold")

    def _row(self, row: Row, column: int) -> Iterator[Text]:
        mark, style = _MARKS.get(row.status, _FAILED[0]), _STYLES.get(row.status, _FAILED[1])
        head = row.word.ljust(column) if self.plain else f"{mark} {row.word.ljust(column)}"
        indent = len(head) + 2
        if indent + NARROWEST > self.width:
            indent = 4  # too narrow for a column of its own
        title = plain_text(row.title, self.width * 10, self.encoding).replace("\n", " ")
        yield from self._head(head, style, title, row.points, indent)
        for paragraph in row.paragraphs:
            yield from self._indented(paragraph, indent)

    def _head(self, head: str, style: str, title: str, points: str, indent: int) -> Iterator[Text]:
        """Yield status word, title and points, which stand at the right end of the first line."""
        if self.plain:
            title = f"{title} ({points})" if points else title
            points = ""
        room = max(1, self.width - (len(points) + 2 if points else 0))
        first, *more = textwrap.wrap(
            title,
            room,
            initial_indent=" " * (len(head) + 2),
            subsequent_indent=" " * indent,
            break_on_hyphens=False,
        ) or [""]
        line = self._line("")
        line.append(self._fit(head), "" if self.plain else style)
        line.append(self._fit(first[len(head) :]))
        if points:
            line.append(points.rjust(self.width - line.cell_len), "bold")
        yield line
        yield from (self._line(text) for text in more)

    def _indented(self, paragraph: str, indent: int) -> Iterator[Text]:
        """Yield a paragraph. Not a line of it begins at the margin, whatever it holds."""
        text = plain_text(paragraph, self.width - indent, self.encoding)
        for line in text.split("\n"):
            yield self._code(" " * indent + line)

    def _output(self, shown: View) -> Iterator[Text]:
        bar = "| " if self.plain else "│ "
        yield self._line("")
        yield self._line(shown.output_title, "bold")
        for line in shown.output:
            yield self._line(bar + line)

    def _wrapped(self, text: str, style: str) -> Iterator[Text]:
        if text:
            for line in plain_text(text, self.width, self.encoding).split("\n"):
                yield self._line(line, style)

    def _code(self, text: str) -> Text:
        line = self._line(text)
        if not self.plain:
            line.highlight_regex(r"`[^`]+`", "cyan")
        return line

    def _line(self, text: str, style: str = "") -> Text:
        return self._text(self._fit(text), "" if self.plain else style)

    def _fit(self, text: str) -> str:
        """Replace what the console's encoding does not have: printing never fails."""
        return fitting(text, self.encoding)
