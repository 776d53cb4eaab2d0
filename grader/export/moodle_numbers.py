"""Numbers in Moodle: a numerical question, or a short answer that reads point and comma.

A numerical question takes the separators of the student's language: in English a comma is one of
thousands, and ``1,140`` is refused. Where a language has a decimal comma, both are read.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from babel import Locale

from grader.course.languages import msgid
from grader.export import moodle_xml as xml
from grader.export.html import as_html
from grader.export.number_patterns import Interval, as_decimal, no_number, signed, with_minus
from grader.questions.numbers import to_fraction
from grader.questions.numeric import near_tolerance
from grader.questions.registry import kind_of
from grader.report.messages import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from grader.export.content import QuestionContent
    from grader.export.format import ExerciseTask, Losses

LOST_AS_NUMBER = msgid(
    "Moodle reads no fraction (57/50) and no true minus sign (−); whoever uses Moodle in English "
    "must write a decimal point"
)
LOST_AS_TEXT = msgid(
    "numbers are compared as texts, so that point and comma are right in every language: no "
    "fraction (57/50), no exponent, no plus sign is read, and what follows a right number is not "
    "looked at unless it changes it; --numbers numerical uses Moodle's own"
)
_WRONG = Fraction(0)


def as_texts(task: ExerciseTask) -> bool:
    """Return whether numbers are short answers: where Moodle would refuse a comma, or as asked."""
    if task.numbers == "auto":
        return str(Locale.parse(task.lang).number_symbols["latn"]["decimal"]) != ","
    return task.numbers == "text"


def numeric(made: Element, content: QuestionContent, task: ExerciseTask, losses: Losses) -> Element:
    """Add the answers to a question that has been begun."""
    if as_texts(task):
        losses.add(LOST_AS_TEXT, content.place)
        return _texts(made, content)
    losses.add(LOST_AS_NUMBER, content.place)
    return _numerical(made, content)


def _numerical(made: Element, content: QuestionContent) -> Element:
    right, tolerance = _right(content)
    near = sentence("quiz.number_near", {}, content.exercise.lang) or ""
    answers = [(Fraction(1), right, tolerance, "")]
    answers += [(_WRONG, value, tolerance, told) for value, told in _mistakes(content)]
    answers += [(_WRONG, right, near_tolerance(right, tolerance), as_html(near))]
    for share, value, allowed, told in answers:
        xml.leaf(xml.answer(made, share, as_decimal(value), told), "tolerance", as_decimal(allowed))
    units = {"unitgradingtype": 0, "unitpenalty": 0.1, "showunits": xml.NO_UNIT, "unitsleft": 0}
    for name, setting in units.items():
        xml.leaf(made, name, setting)
    return made


def _texts(made: Element, content: QuestionContent) -> Element:
    """Add texts in the order in which the first that fits is taken.

    What has a minus sign is settled first: then no minus may follow in what comes below.
    """
    xml.leaf(made, "usecase", 0)
    right, tolerance = _right(content)
    right_below, right_above = signed([Interval.around(right, tolerance)])
    _, _, decimals = as_decimal(tolerance).partition(".")
    wrong = [
        (signed([Interval.around(value, tolerance)], len(decimals)), told)
        for value, told in _mistakes(content)
    ]
    refused = as_html(
        content.exercise.t(
            "Write one number and nothing else: digits, a point or a comma, and a minus sign in "
            "front where it is negative."
        )
    )
    rows = [(Fraction(1), as_decimal(right), "")]  # Moodle shows the first as the right answer
    rows += [(_WRONG, text, refused) for text in no_number()]
    rows += [(Fraction(1), text, "") for text in right_below]
    rows += [(_WRONG, text, told) for (below, _), told in wrong for text in below]
    rows += [(_WRONG, text, "") for text in with_minus()]
    rows += [(Fraction(1), text, "") for text in right_above]
    rows += [(_WRONG, text, told) for (_, above), told in wrong for text in above]
    first = {text: (share, told) for share, text, told in reversed(rows)}
    for text, (share, told) in reversed(first.items()):
        xml.answer(made, share, text, told)
    return made


def _right(content: QuestionContent) -> tuple[Fraction, Fraction]:
    return to_fraction(content.key.answer), to_fraction(content.key.tolerance or 0)


def _mistakes(content: QuestionContent) -> Iterator[tuple[Fraction, str]]:
    for id_, value in content.key.mistakes.items():
        told = as_html(content.mistake(id_))
        for wrong in kind_of("numeric").mistaken_answers(value):
            yield to_fraction(wrong), told
