"""The lines of a submission as its author wrote them, magics of a notebook included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.reading.large_notebook import LARGE
from grader.judge.reading.notebook import Position, is_notebook, read_cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.judge.reading.submission import Submission


def lines_as_written(submission: Submission) -> Iterator[tuple[Position, str]]:
    """Yield each line with its position, by which messages name it."""
    cells = _cells(submission)
    if cells is None:
        for number, text in enumerate(submission.source.rstrip("\n").split("\n"), start=1):
            yield submission.where(number), text
        return
    for cell, written in enumerate(cells, start=1):
        for number, text in enumerate(written.rstrip("\n").split("\n"), start=1):
            yield Position(cell, number), text


def _cells(submission: Submission) -> list[str] | None:
    """Return the code cells of a notebook, None for any other file."""
    if not submission.cells or len(submission.raw) > LARGE:  # which a limited process reads
        return None
    text = submission.raw.decode("utf-8-sig", "replace")
    if not is_notebook(text, submission.name):
        return None
    try:
        return read_cells(text, submission.name)
    except UnreadableSubmissionError:
        return None
