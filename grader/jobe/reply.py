"""A report as CodeRunner shows it: a mark, the text above the table, and the table.

The HTML goes through Moodle's filters, and into a page where nothing is cleaned: what a student
wrote is text here, and no text is a formula for a filter.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from grader.course.languages import Translator, amount, msgid
from grader.jobe.errors import RefusedError
from grader.pages.environment import environment
from grader.report.audience import for_audience
from grader.report.cause_entries import ON_A_LINE
from grader.report.causes import causes_of
from grader.report.entries import Paragraph
from grader.report.localise import localise
from grader.report.view import points_line, view
from grader.report.wording import Voice, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from jinja2 import Environment

    from grader.course.loading import LoadedExercise
    from grader.report.entries import Part
    from grader.report.models import CheckResult, Report

FAULT = 503
"""Status for what could not be judged: CodeRunner's state is then "invalid", without a mark."""
_COLUMNS = (msgid("Check"), msgid("What was found"), msgid("Points"))
_FORMATS = ["%h", "%h", "%s"]
# Where a filter of Moodle would see a formula begin: MathJax's, TeX's, algebra's delimiters.
_DELIMITER = re.compile(r"[\\$](?=.)|@(?=@)|\[(?=/?tex\])", re.IGNORECASE | re.DOTALL)
_NOTHING = "<span></span>"


def reply(report: Report, exercise: LoadedExercise, lang: str) -> dict[str, Any]:
    """Return the output of a combinator template grader, for a report as it was judged.

    Raises:
        RefusedError: the grader, its machine or the exercise kept the answer from being judged.

    """
    seen = localise(for_audience(report, "student", show_calls=True), exercise.course, lang)
    if seen.status == "ungraded" or not seen.reachable:
        raise RefusedError(
            FAULT, f"{exercise.model.id} could not be graded; nothing is lost by it."
        )
    t = Translator(lang)
    return {
        "fraction": _share(seen.reached, seen.reachable),
        "prologuehtml": _html(lang, "prologue.html", **_prologue(seen)),
        "testresults": [["iscorrect", *map(t, _COLUMNS)], *_rows(seen)],
        "columnformats": _FORMATS,
    }


def _prologue(report: Report) -> dict[str, object]:
    shown = view(report)
    return {
        "view": shown,
        "points": points_line(report),
        "notes": [entry for entry in shown.rows if entry.status == "note"],
    }


def _rows(report: Report) -> Iterator[list[object]]:
    """Yield a row for each check: those of the first cause first, those that passed last."""
    say, lang, told = Voice(report), report.lang, set[str]()
    shown = view(report)
    known = {check.id: check for check in report.checks}
    causes = report.causes or causes_of(report)
    for cause, entry in zip(causes, shown.causes, strict=True):
        teller = known.get(cause.told_at or "")
        title = say("view.load") if teller is None else say.title(teller)
        if teller is None:
            yield [0.0, *_cells(lang, title, entry.word, (), entry.parts), ""]
        else:
            told.add(teller.id)
            yield _row(report, say, teller, (), _without_place(entry.parts, teller, say))
        for id_ in cause.checks:
            if id_ not in told:
                told.add(id_)
                yield _row(report, say, known[id_], (say("view.as_for", check=title),))
    for check in report.checks:
        if check.id not in told:
            messages = check.remarks if check.status == "passed" else check.feedback
            yield _row(report, say, check, paragraphs(messages))
    for entry in shown.rows:
        if entry.status == "hidden" and report.hidden is not None:
            reached, maximum = report.hidden.reached, report.hidden.maximum
            cells = _cells(lang, entry.word, "", (entry.title,), entry.parts)
            points = f"{amount(reached, lang)}/{amount(maximum, lang)}"
            yield [_share(reached, maximum), *cells, points]


def _without_place(parts: Iterable[Part], teller: CheckResult, say: Voice) -> list[Part]:
    """Return the parts of a cause without the check and its points: its row has both."""
    at = say(f"view.at_{say.noun}", check=say.title(teller, ON_A_LINE), points=say.score(teller))
    return [
        part
        for part in parts
        if not isinstance(part, Paragraph) or f"{at}." not in {part.text, part.alone}
    ]


def _row(
    report: Report,
    say: Voice,
    check: CheckResult,
    texts: Iterable[str],
    parts: Iterable[Part] = (),
) -> list[object]:
    word = say(f"status.{check.status}")
    cells = _cells(report.lang, say.title(check), word, texts, parts)
    return [_tick(check), *cells, say.score(check)]


def _cells(
    lang: str, title: str, word: str, texts: Iterable[str], parts: Iterable[Part]
) -> tuple[str, str]:
    """Return the HTML of the first and of the second column."""
    found = _html(lang, "found.html", word=word, texts=texts, parts=parts)
    return _html(lang, "title.html", title=title), found


def _tick(check: CheckResult) -> float:
    """Return the share that CodeRunner shows as a tick, a cross, or between them."""
    if check.status == "needs_review":
        return 0.5
    return (
        _share(check.reached, check.maximum) if check.maximum else float(check.status == "passed")
    )


def _share(reached: Decimal, maximum: Decimal) -> float:
    """Return a share from 0 to 1; all is exactly 1."""
    return float(reached / maximum) if maximum else 1.0


def _html(lang: str, template: str, **values: object) -> str:
    html = _environment(lang).get_template(template).render(**values).strip()
    return _DELIMITER.sub(lambda found: f"{found[0]}{_NOTHING}", html)


@cache
def _environment(lang: str) -> Environment:
    pages = environment(lang, "grader.jobe")
    pages.globals["in_notebook"] = True  # no headings of a page
    return pages
