"""A report in a terminal: with colours and marks, or as plain lines of words."""

from __future__ import annotations

import io
import textwrap
from dataclasses import replace
from typing import TYPE_CHECKING

from grader.course.colours import ATTENTION, BAD, CODE, FAINT, GOOD
from grader.course.console_encoding import encodable
from grader.course.plain_text import markdown_to_text as plain_text
from grader.report.entries import (
    Call,
    Drawn,
    Entry,
    Listing,
    Paragraph,
    Printed,
    Quoted,
    Rank,
    View,
)
from grader.report.screen_space import Piece, broken, needed, shared_out, without_middle
from grader.report.view import view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import Console
    from rich.text import Text

    from grader.report.entries import Part
    from grader.report.models import Report

# Columns: longer lines are harder to read, and shorter ones cut every word.
WIDEST = 100
NARROWEST = 20
LINES, COLUMNS = 24, 80
"""A failing report has at most these lines on a terminal of these columns: it is seen at once."""
TEXT_LINES, CODE_LINES, RESULT_LINES, PRINTED_LINES = 6, 3, 2, 3
"""Useful minimum of lines: of a paragraph, a call, a value, of printed output."""
_MARKS = {
    "passed": "✓",
    "not_run": "–",
    "needs_review": "?",
    "unanswered": "○",
    "hidden": "·",
    "note": "!",
}
_STYLES = {
    "passed": f"bold {GOOD}",
    "not_run": FAINT,
    "needs_review": f"bold {ATTENTION}",
    "unanswered": "bold",
    "hidden": FAINT,
    "note": f"bold {ATTENTION}",
    "other": f"bold {ATTENTION}",
}
_FAILED = ("✗", f"bold {BAD}")
_TONES = {
    "good": f"bold {GOOD}",
    "mixed": f"bold {ATTENTION}",
    "open": "bold",
    "bad": f"bold {BAD}",
}
_AT_THE_END = " \u00a0,;:…"


def render(report: Report, console: Console, plain: bool, everything: bool = False) -> None:
    """Print a localised report; ``plain`` for pipes, screen readers and NO_COLOR.

    Plain lines begin with a status word, or with spaces or ``|``; there are no colours, no cursor
    movements and no lines drawn. ``everything`` lists every check.
    """
    printer = _Printer(console, plain)
    for line in printer.lines(view(report, everything=everything)):
        console.print(line, soft_wrap=True, highlight=False, markup=False, emoji=False)


def printed(report: Report, *, plain: bool, width: int = COLUMNS) -> list[str]:
    """Return the lines that ``render`` prints on a terminal of ``width`` columns."""
    from rich.console import Console  # noqa: PLC0415 - a report as JSON needs no terminal

    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=not plain, no_color=plain, highlight=False
    )
    render(report, console, plain)
    return out.getvalue().splitlines()


class _Printer:
    """Formats a view for one console."""

    def __init__(self, console: Console, plain: bool) -> None:
        from rich.text import Text  # noqa: PLC0415 - a report as JSON needs no terminal

        self._text = Text
        self.plain = plain
        self.encoding = console.encoding
        self.width = max(NARROWEST, min(console.width, WIDEST))

    def lines(self, shown: View) -> list[Text]:
        """Return the lines of a view."""
        if not shown.limited:
            return shared_out(self._pieces(shown, shown.causes), None)
        room = LINES * COLUMNS // min(self.width, COLUMNS)
        for left_out in range(len(shown.causes)):
            kept = shown.causes[: len(shown.causes) - left_out]
            rest = shown.remainders[left_out - 1 : left_out] if left_out else ()
            pieces = self._pieces(shown, (*kept, *rest))
            if needed(pieces, Rank.OTHER) <= room:
                break
        return shared_out(pieces, room)

    def _pieces(self, shown: View, causes: Sequence[Entry]) -> list[Piece]:
        """Return all pieces in order, with these causes."""
        entries = (*causes, *shown.rows)
        column = max((len(entry.word) for entry in entries), default=0)
        top = [
            *self._wrapped(shown.title, "bold"),
            *self._wrapped(shown.headline, _TONES[shown.tone]),
        ]
        # The first sentence is near the top: no line is left empty above it.
        pieces = [_whole(top if causes else [*top, self._line("")])]
        for entry in entries:
            pieces += self._entry(entry, column)
        if shown.printed is not None:
            pieces.append(self._printed(shown.printed, 0))
        bottom = [self._line("")] if entries or shown.printed else []
        for note in shown.notes:
            bottom += self._wrapped(note, ATTENTION)
        bottom += self._wrapped(shown.points, "bold")
        bottom += self._paragraph(shown.way, 0) if shown.way else []
        return [*pieces, _whole(bottom if len(bottom) > 1 else [])]

    def _entry(self, entry: Entry, column: int) -> Iterator[Piece]:
        mark, style = _MARKS.get(entry.status, _FAILED[0]), _STYLES.get(entry.status, _FAILED[1])
        word = entry.word.ljust(column) if self.plain else f"{mark} {entry.word.ljust(column)}"
        indent = len(word) + 2
        if indent + NARROWEST > self.width:
            indent = 4  # too narrow for a column of its own
        parts = list(entry.parts)
        if entry.title or not parts:
            yield _whole(list(self._titled(word, style, entry, indent)))
        else:
            yield self._beside(word, style, self._part(parts.pop(0), indent), indent)
        for part in parts:
            yield self._part(part, indent)

    def _beside(self, word: str, style: str, piece: Piece, indent: int) -> Piece:
        """Put the first line of a piece beside the status word."""

        def cut(lines: int) -> list[Text]:
            first, *more = piece.cut(lines)
            head = self._line("")
            head.append(
                self._fit(word.rstrip() if not first.plain.strip() else word), self._styled(style)
            )
            if len(word) + 2 != indent:
                return [head, first, *more]
            head.append("  ")
            head.append_text(first[indent:])
            return [head, *more]

        extra = 0 if len(word) + 2 == indent else 1
        return Piece(piece.rank, piece.least + extra, piece.full + extra, cut)

    def _titled(self, word: str, style: str, entry: Entry, indent: int) -> Iterator[Text]:
        """Yield status word, title and points, which are right-aligned on the first line."""
        title = plain_text(entry.title, self.width * 10, self.encoding).replace("\n", " ")
        points = entry.points
        if self.plain:
            title = f"{title} ({points})" if points else title
            points = ""
        room = max(1, self.width - (len(points) + 2 if points else 0))
        first, *more = textwrap.wrap(
            title,
            room,
            initial_indent=" " * (len(word) + 2),
            subsequent_indent=" " * indent,
            break_on_hyphens=False,
        ) or [""]
        line = self._line("")
        line.append(self._fit(word), self._styled(style))
        line.append(self._fit(first[len(word) :]))
        if points:
            line.append(points.rjust(self.width - line.cell_len), "bold")
        yield line
        yield from (self._line(text) for text in more)

    def _part(self, part: Part, indent: int) -> Piece:
        match part:
            case Paragraph():
                piece = self._cut_short(self._paragraph(part.text, indent), part.rank, TEXT_LINES)
                alone = self._paragraph(part.alone, indent) if part.alone else []
                return replace(piece, alone=alone)
            case Listing():
                return self._listing(part, indent)
            case Call():
                return self._call(part, indent)
            case Drawn():
                return self._drawn(part, indent)
            case Printed():
                return self._printed(part, indent)
            case Quoted():
                return self._quoted(part, indent)

    def _paragraph(self, paragraph: str, indent: int) -> list[Text]:
        """Return a paragraph, indented on each line whatever it contains."""
        text = plain_text(paragraph, self.width - indent, self.encoding)
        return [self._code(" " * indent + line) for line in text.split("\n")]

    def _listing(self, listing: Listing, indent: int) -> Piece:
        lines = self._paragraph(listing.text, indent)
        piece = self._cut_short(lines, listing.rank, 1)
        return replace(piece, full=min(piece.full, listing.most))

    def _cut_short(self, lines: list[Text], rank: Rank, least: int) -> Piece:
        """Return lines that may be cut at the end."""

        def cut(count: int) -> list[Text]:
            if count >= len(lines):
                return lines
            return [*lines[: count - 1], self._ending(lines[count - 1])]

        return Piece(rank, min(least, len(lines)), len(lines), cut)

    def _ending(self, line: Text) -> Text:
        """Return a line with a sign that something was left out behind it."""
        kept = line.plain.rstrip(_AT_THE_END)
        if len(kept) >= self.width:
            whole = kept.rpartition(" ")[0].rstrip(_AT_THE_END)
            kept = whole or kept[: self.width - 1]
        return self._code(f"{kept}…")

    def _call(self, call: Call, indent: int) -> Piece:
        margin = " " * indent
        statements = [
            [
                self._line(margin + line, CODE)
                for line in broken(self._fit(statement), self.width - indent, "    ")
            ]
            for statement in call.code
        ]
        code = [line for lines in statements for line in lines]
        column = max((len(label) for label, _ in call.results), default=0)
        results = [
            self._result(margin + label.ljust(column) + "  ", value)
            for label, value in call.results
        ]

        def cut(lines: int) -> list[Text]:
            # First a line for each value, then the code, then further lines of the values.
            room = lines - len(results)
            left_out = self._line(f"{margin}…")
            kept = code if len(code) <= room else without_middle(statements, room, left_out)
            more = RESULT_LINES if lines >= full else 1
            return [*kept, *(line for result in results for line in result(more))]

        least = len(results) + min(CODE_LINES, len(code))
        full = len(code) + sum(len(result(RESULT_LINES)) for result in results)
        return Piece(call.rank, full if call.rank is not Rank.CALL else least, full, cut)

    def _result(self, label: str, value: str) -> Callable[[int], list[Text]]:
        """Return the function that formats a value beside its label, on a few lines."""
        room = max(NARROWEST, self.width - len(label))
        pieces = [piece for line in value.split("\n") for piece in broken(self._fit(line), room)]

        def lines(most: int) -> list[Text]:
            kept = pieces[:most]
            if len(pieces) > most:
                kept[-1] = f"{kept[-1][: room - 1].rstrip()}…"
            margins = [label, *[" " * len(label)] * most]
            return [self._line(f"{margins[n]}{piece}") for n, piece in enumerate(kept)]

        return lines

    def _quoted(self, quoted: Quoted, indent: int) -> Piece:
        bar = self._bar(indent)
        room = max(NARROWEST, self.width - len(bar))
        wrapped = (textwrap.wrap(self._fit(line), room) or [""] for line in quoted.lines)
        lines = [self._line(bar + piece) for pieces in wrapped for piece in pieces]
        return _whole([self._line(" " * indent + quoted.heading, "bold"), *lines], quoted.rank)

    def _bar(self, indent: int) -> str:
        """Return the prefix of each line that is not the grader's own."""
        return " " * indent + ("| " if self.plain else "│ ")

    def _drawn(self, drawn: Drawn, indent: int) -> Piece:
        """Return a picture as text: the whole or nothing."""
        # A screen reader reads a half-width line as a hyphen.
        drawing = [
            self._line(" " * indent + (line.replace("─", "-") if self.plain else line))
            for line in drawn.lines(self.width - indent)
        ]
        return _whole([*self._paragraph(drawn.caption, indent), *drawing], drawn.rank)

    def _printed(self, printed: Printed, indent: int) -> Piece:
        bar = self._bar(indent)
        lines = [self._line(bar + line) for line in printed.lines]
        head = [self._line(" " * indent + printed.heading, "bold")]
        if not indent:
            head.insert(0, self._line(""))

        def cut(count: int) -> list[Text]:
            room = count - len(head)
            if len(lines) <= room:
                return [*head, *lines]
            return [*head, self._line(f"{bar}…"), *lines[len(lines) - room + 1 :]]

        full = len(head) + len(lines)
        return Piece(printed.rank, min(full, len(head) + PRINTED_LINES), full, cut)

    def _wrapped(self, text: str, style: str) -> list[Text]:
        if not text:
            return []
        lines = plain_text(text, self.width, self.encoding).split("\n")
        return [self._line(line, style) for line in lines]

    def _code(self, text: str) -> Text:
        line = self._line(text)
        if not self.plain:
            line.highlight_regex(r"`[^`]+`", CODE)
        return line

    def _line(self, text: str, style: str = "") -> Text:
        return self._text(self._fit(text), self._styled(style))

    def _styled(self, style: str) -> str:
        return "" if self.plain else style

    def _fit(self, text: str) -> str:
        """Replace characters that the console's encoding lacks: printing never fails."""
        return encodable(text, self.encoding)


def _whole(lines: list[Text], rank: Rank = Rank.FIRST) -> Piece:
    """Return lines of which none can be left out."""
    cut: Callable[[int], list[Text]] = lambda _count: lines  # noqa: E731 - typed on one line
    return Piece(rank, len(lines), len(lines), cut)
