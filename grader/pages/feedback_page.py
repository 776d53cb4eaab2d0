"""The page that a student gets back: the reports of all exercises of a batch, in one file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from grader.course.languages import Translator
from grader.pages.report_page import page_of
from grader.report.entries import View
from grader.report.view import view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.pages.source import MarkedSource
    from grader.report.models import Report

# Bytes of a page in UTF-8: a class's pages are uploaded together, and systems limit an upload.
LIMIT = 200_000


@dataclass(frozen=True)
class FeedbackPart:
    """The student's report of one exercise, localised.

    ``decided``: a sentence where other points count than the report's. ``without_source``: why the
    file that was graded is not shown.
    """

    report: Report
    source: MarkedSource | None = None
    without_source: str = ""
    decided: str = ""


@dataclass(frozen=True)
class _Part:
    """What the template shows of an exercise."""

    view: View
    source: MarkedSource | None
    without_source: str
    decided: str


def feedback_page(parts: Sequence[FeedbackPart], lang: str) -> str:
    """Return the reports of one student as one HTML file that fetches nothing and names nobody.

    It has at most LIMIT bytes: a larger page leaves out the files, and then all but what each
    report comes to, and says so.

    Raises:
        ValueError: there is no part, or one is not a student's report.

    """
    if not parts or any(part.report.audience != "student" for part in parts):
        raise ValueError("a page of feedback shows reports for students")
    ways = (_whole, _without_files, _outcomes_alone)
    pages = (_page([way(part, lang) for part in parts], lang) for way in ways)
    page = ""
    for page in pages:
        if len(page.encode()) <= LIMIT:
            break
    return page


def _page(parts: Sequence[_Part], lang: str) -> str:
    t = Translator(lang)
    title = parts[0].view.title if len(parts) == 1 else t("Feedback on your answers")
    return page_of("feedback.html", lang, parts=parts, title=title)


def _whole(part: FeedbackPart, _lang: str) -> _Part:
    return _Part(view(part.report), part.source, part.without_source, part.decided)


def _without_files(part: FeedbackPart, lang: str) -> _Part:
    t = Translator(lang)
    left_out = t("Your file is not shown here: the page would become too large.")
    why = part.without_source if part.source is None else left_out
    return replace(_whole(part, lang), source=None, without_source=why)


def _outcomes_alone(part: FeedbackPart, lang: str) -> _Part:
    t = Translator(lang)
    found = view(part.report)
    sentence = t(
        "What was found is not shown here: the page would become too large. Your teacher has it."
    )
    # A title may be an author's, of any length.
    outcome = View(found.title[:200], found.headline, found.tone, points=found.points)
    return _Part(outcome, None, sentence, part.decided)
