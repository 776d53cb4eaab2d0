"""The words of a view: sentences of the catalogue, amounts, shortened titles."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from grader.course.formulas import latex_to_unicode
from grader.course.languages import Translator, amount
from grader.course.phrases import headed, in_a_row
from grader.report.clean import clean
from grader.report.messages import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.report.models import CheckResult, ExerciseInfo, Message, Report, Scalar

# Characters of a title on a line of its own, and in a list.
TITLE_LENGTH = 160
SHORT_TITLE, SHORT_QUESTION = 40, 60
_AT_THE_END = " \u00a0,;:"
_FORMULA = re.compile(r"\$([^$]+)\$")
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")  # French punctuation keeps its no-break space
_OF_THE_LINE_ABOVE = {"where.cell", "where.file"}  # refer to a line that is named before
# The prefix of a warning that a notebook's code causes, as the student process writes it.
_PLACE = re.compile(
    r"^(?P<file>[^\n:]+\.ipynb), cell (?P<cell>\d+), line (?P<line>\d+):", re.MULTILINE
)


class Voice:
    """Renders the catalogue's sentences in a report's language, for its checks or questions."""

    def __init__(self, report: Report) -> None:
        self.lang = report.lang
        self.noun = _noun(report.exercise)
        self._t = Translator(report.lang)

    def __call__(self, id_: str, **args: Scalar) -> str:
        """Return a sentence with its arguments."""
        return sentence(id_, args, self.lang) or ""

    def headed(self, text: str) -> str:
        """Return a text followed by a colon."""
        return headed(text, self._t).rstrip(" ")

    def title(self, check: CheckResult, length: int = TITLE_LENGTH) -> str:
        """Return the title of a check on one line; for a teacher it says if it is not displayed."""
        title = shortened(check.title or check.id, length)
        return title if check.visibility == "shown" else f"{title} ({self('view.hidden')})"

    def points(self, points: Decimal) -> str:
        """Return an amount of points with its noun."""
        whole = points == points.to_integral_value()
        return self("view.amount", amount=int(points) if whole else float(points))

    def printed(self, text: str) -> str:
        """Return printed output, with the origin of a notebook's warning in words."""
        return _PLACE.sub(lambda found: self("output.place", **found.groupdict()), clean(text))

    def score(self, check: CheckResult) -> str:
        """Return the points of a check: 0.5/2, or ?/2 if they are still open."""
        waits = check.status == "needs_review"
        reached = "?" if waits else amount(check.reached, self.lang)
        return f"{reached}/{amount(check.maximum, self.lang)}"

    def listed(self, id_: str, checks: Iterable[CheckResult], *, more: bool = False) -> str:
        """Return a sentence that lists checks: their number, points and titles.

        ``more``: others have been listed before.
        """
        found = list(checks)
        passed = all(check.status == "passed" for check in found)
        points = sum(
            (check.reached if passed else check.maximum - check.reached for check in found),
            Decimal(0),
        )
        count = self(f"view.more_{self.noun}" if more else f"view.{self.noun}", n=len(found))
        titles = in_a_row((self._in_a_list(check) for check in found), self._t)
        return self(id_, count=count, points=self.points(points), checks=titles)

    def _in_a_list(self, check: CheckResult) -> str:
        """Return a short title; a question, which ends in its own punctuation, is quoted."""
        if self.noun == "checks":
            return self.title(check, SHORT_TITLE)
        return self("view.quoted", title=self.title(check, SHORT_QUESTION))


def _noun(exercise: ExerciseInfo) -> str:
    return "checks" if exercise.kind == "code" else "questions"


def number(points: Decimal) -> str:
    """Return points in the usual notation: exact, without trailing zeros."""
    return format(points.normalize() + 0, "f")


def shortened(title: str, length: int = TITLE_LENGTH) -> str:
    """Return a title on one line; a question may be a page long."""
    line = _SPACES.sub(" ", clean(title)).strip()
    if len(line) <= length or _seen(line) <= length:
        return line
    kept = _cut(line, length - 1).rstrip(_AT_THE_END)
    return kept if kept.endswith(("?", "!")) else f"{kept.removesuffix('.')}…"


def _seen(line: str) -> int:
    """Return the length of a line with its formulas as they are rendered."""
    return len(_FORMULA.sub(lambda found: latex_to_unicode(found[1]), line))


def _cut(line: str, length: int) -> str:
    """Return the beginning of a line: whole words, code and formulas, if enough of it is left."""
    kept = line[:length]
    opened = next((sign for sign in "`$" if kept.count(sign) % 2), "")
    if opened:
        kept = kept[: kept.rindex(opened)] or kept
    elif line[length] != " ":
        kept = kept.rpartition(" ")[0]
    return kept if len(kept) > length // 2 else line[:length]


def paragraphs(messages: Iterable[Message]) -> list[str]:
    """Return the texts of messages; a line's place follows the sentence that names the line."""
    told: list[str] = []
    for message in messages:
        text = clean(message.text)
        if told and message.id in _OF_THE_LINE_ABOVE:
            told[-1] = f"{told[-1]} {text}"
        elif text.strip():
            told.append(text)
    return told
