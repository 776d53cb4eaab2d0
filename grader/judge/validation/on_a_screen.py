"""Proving that the report on a known wrong answer fits a screen, its first sentence high up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.course.phrases import phrase, phrases
from grader.course.plain_text import markdown_to_text
from grader.report.reader import for_reader
from grader.report.terminal import LINES, printed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.course.loading import LoadedExercise
    from grader.course.phrases import Phrase
    from grader.report.models import Report

HIGH_UP = 4
"""The first lines of a report, in which the sentence on the mistake to correct first must begin."""
BEGINNING = 40  # characters of a sentence that stand for it


def faults(report: Report, exercise: LoadedExercise) -> Iterator[Phrase]:
    """Yield the faults of a report's layout on a screen, in each language of the course."""
    for lang in exercise.course.index.languages:
        read = for_reader(report, exercise, lang, "student")
        read.isolation = None  # what this machine lacks is no concern of an author
        plain, coloured = (printed(read, plain=plainly) for plainly in (True, False))
        most = max(len(plain), len(coloured))
        if most > LINES:
            yield phrases(
                "its report in {{lang}} has {{n}} line, more than a screen",
                "its report in {{lang}} has {{n}} lines, more than a screen",
                most,
                lang=lang,
            )
        if read.causes and not is_high_up(read, plain):
            yield phrase(
                "its report in {{lang}} does not begin with the mistake to mend first", lang=lang
            )


def is_high_up(report: Report, lines: list[str]) -> bool:
    """Return True if the sentence on the mistake to correct first begins in the first lines."""
    sentence = _first_sentence(report)
    beginning = "".join(markdown_to_text(sentence, 1000).split())[:BEGINNING]
    return beginning in "".join(" ".join(lines[:HIGH_UP]).split())


def _first_sentence(report: Report) -> str:
    first = report.causes[0]
    if first.told_at is None:
        return report.load.feedback[0].text if report.load else ""
    return next(check for check in report.checks if check.id == first.told_at).feedback[0].text
