"""Typed lines as values of steps: numbers of options, names, numbers of lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.asking.step import InOrder, Line, LinesOf, OneOf, SomeOf, Text
from grader.course.unreadable import quote_for_message
from grader.errors import GraderError
from grader.questions.invisible import visible
from grader.questions.plain_yaml import same_key
from grader.report.clean import clean
from grader.report.messages import sentence

if TYPE_CHECKING:
    from grader.asking.step import Options, Step, Value
    from grader.course.languages import Translator

_BETWEEN = re.compile(r"[,;\s]+")
_LONGEST = 10_000  # characters: more than any answer that is kept


class NotAValueError(GraderError):
    """A typed line is no value of its step; the message is in the reader's language."""


def typed_value(step: Step, typed: str, t: Translator) -> Value:
    """Return the value that a typed line means, or a text of several lines.

    Raises:
        NotAValueError: it means none.

    """
    match step:
        case OneOf(options=options):
            found = _options(typed, options, t)
            if len({*found}) > 1:
                raise NotAValueError(sentence("quiz.choices_many", {}, t.lang))
            return found[:1]
        case SomeOf(options=options):
            found = _options(typed, options, t)
            return tuple(id_ for id_, _ in options if id_ in found)
        case InOrder(options=options):
            return _options(typed, options, t)
        case LinesOf(listing=listing):
            return _lines(typed, listing, t)
        case Text():
            return cleaned(typed).strip()
        case Line() | _:
            return " ".join(cleaned(typed).split("\n")).strip()


def cleaned(typed: str) -> str:
    """Return a typed or pasted text without control characters; line ends and tabs stay."""
    return clean(typed, _LONGEST)


def _options(typed: str, options: Options, t: Translator) -> tuple[str, ...]:
    """Return the options of which the numbers, from 1, or the names were typed."""
    ids = [id_ for id_, _ in options]
    whole = same_key(typed)
    if whole in ids:
        return (whole,)
    found = []
    for word in filter(None, _BETWEEN.split(visible(typed))):
        number = word.rstrip(".)")
        if number.isdecimal() and 1 <= int(number[:6]) <= len(ids):
            found.append(ids[int(number[:6]) - 1])
        elif same_key(word) in ids:
            found.append(same_key(word))
        else:
            raise NotAValueError(
                t(
                    "“{{text}}” is none of the choices. Type a number from 1 to {{last}}.",
                    text=quote_for_message(cleaned(word)),
                    last=len(ids),
                )
            )
    return tuple(found)


def _lines(typed: str, listing: str, t: Translator) -> tuple[str, ...]:
    """Return the numbers of the lines that were typed, as numbers, ranges or a line's text."""
    from grader.questions.line_references import referenced_lines  # noqa: PLC0415 - parses Python

    found: set[int] = set()
    parts = referenced_lines(typed, listing.splitlines())
    if parts is None:
        text = quote_for_message(cleaned(typed))
        raise NotAValueError(sentence("quiz.line_unknown", {"text": text}, t.lang))
    for part in parts:
        if not isinstance(part, set):
            id_, arguments = part
            raise NotAValueError(sentence(id_, arguments, t.lang))
        if len(part) > 1:
            numbers = ", ".join(map(str, sorted(part)))
            message = t("This stands in lines {{lines}}: type the number.", lines=numbers)
            raise NotAValueError(message)
        found |= part
    return tuple(map(str, sorted(found)))
