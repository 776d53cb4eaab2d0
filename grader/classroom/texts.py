"""The rules of a class for people: what they take off, and what could not be applied."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from grader.course.languages import amount
from grader.report.clean import clean_argument

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.classroom.students import StudentsRules
    from grader.classroom.tries import RuledTry
    from grader.course.languages import Translator


def shown_points(points: Decimal, t: Translator) -> str:
    """Return points for people: rounded to two decimals, half up."""
    return amount(points.quantize(Decimal("0.01"), ROUND_HALF_UP), t.lang)


def notes(one: RuledTry, t: Translator) -> Iterator[str]:
    """Yield whether an attempt is one too many, its delay, and the points that this takes off."""
    if one.over:
        yield t("one too many")
    if one.days:
        yield t.plural("{{n}} day late", "{{n}} days late", one.days)
    if one.days and one.after is not None:
        yield t(
            "−{{taken}} ({{percent}}%), so {{after}}",
            taken=shown_points(one.taken, t),
            percent=amount(one.percent, t.lang),
            after=shown_points(one.after, t),
        )


def remarks(tries: Iterable[RuledTry], rules: StudentsRules, t: Translator) -> Iterator[str]:
    """Yield sentences about what the rules could not decide: attempts without a time, strangers."""
    found = list(tries)
    undated = sum(one.undated for one in found)
    if undated:
        yield t.plural(
            "{{n}} attempt has no known time, so it is not late.",
            "{{n}} attempts have no known time, so none of them is late.",
            undated,
        )
    over = sum(one.over for one in found)
    if over:
        yield t.plural(
            "{{n}} attempt is one too many and does not count.",
            "{{n}} attempts are too many and do not count.",
            over,
        )
    if rules.unknown:
        yield t(
            "{{file}} names students who are not there, and nothing of it is applied to anybody: "
            "{{names}}. Check the spelling; an id or the whole name is understood.",
            file=str(clean_argument(str(rules.rules.file))),
            names=", ".join(str(clean_argument(one)) for one in rules.unknown),
        )
