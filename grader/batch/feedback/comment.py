"""A short comment as HTML: what a report comes to, and its causes, a line each."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from grader.course.plain_text import markdown_to_text
from grader.report.entries import Listing, Paragraph
from grader.report.view import view

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.pages.feedback_page import FeedbackPart
    from grader.report.entries import Entry, View

# Causes of a report, and characters of a line: the page tells the rest.
CAUSES, LINE = 5, 300
# Systems take what is between such signs for a formula, or for an escape in a table.
_ENTITIES = str.maketrans({"\\": "&#92;", "$": "&#36;"})
_WIDE = 10_000  # columns: one line


def short_comment(parts: Sequence[FeedbackPart]) -> str:
    """Return the reports of a student as a piece of HTML on one line, without any backslash."""
    return "".join(_part(part, named=len(parts) > 1) for part in parts)


def _part(part: FeedbackPart, *, named: bool) -> str:
    found = view(part.report)
    head = [found.title] if named else []
    head += [text for text in (found.headline, found.points, part.decided) if text]
    paragraphs = "".join(f"<p>{as_text(text)}</p>" for text in head)
    items = "".join(f"<li>{as_text(text)}</li>" for text in _told(found))
    return paragraphs + (f"<ul>{items}</ul>" if items else "")


def _told(found: View) -> Iterator[str]:
    """Yield a line for each cause, and at last one for those that are left out."""
    left_out = len(found.causes) - CAUSES
    for entry in found.causes[:CAUSES]:
        if line := _line(entry):
            yield line
    if left_out > 0 and len(found.remainders) >= left_out:
        yield _line(found.remainders[left_out - 1])


def _line(entry: Entry) -> str:
    """Return the title of an entry, or the first sentence about it."""
    sentences = (part.text for part in entry.parts if isinstance(part, Paragraph | Listing))
    return entry.title or next(sentences, "")


def as_text(markdown: str) -> str:
    """Return a text as HTML without markup of its own: on one line, of a limited length."""
    line = " ".join(markdown_to_text(markdown, _WIDE).split())
    line = line if len(line) <= LINE else line[: LINE - 1] + "…"
    return html.escape(line).translate(_ENTITIES)
