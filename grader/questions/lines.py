"""Questions whose answer is a line of a listing, or several."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from grader.course.languages import msgid
from grader.course.phrases import headed
from grader.course.unreadable import quote_for_message
from grader.questions.answers import Answer, text_of
from grader.questions.kind import Kind
from grader.questions.scored import Scored, judged, penalised_share, zero_with_message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.course.languages import Translator
    from grader.course.models import Key, Question
    from grader.course.questions import ShownQuestion
    from grader.questions.kind import Fault
    from grader.questions.scored import Feedback


class Lines(Kind):
    """Lines of a listing: max(0, (right - wrong) / number of right ones)."""

    how = msgid("Answer with the number of the line, or several: [2, 5].")
    credit = msgid("A wrong line takes away what a right one gives.")
    takes_listing = True

    def score(self, _question: Question, key: Key, answer: Answer, listing: str) -> Scored:
        """Score lines, named by number or by their text."""
        from grader.questions.line_references import referenced_lines  # noqa: PLC0415 - parses Python

        lines = listing.splitlines()
        right = set(_numbers(key.answer))
        chosen: set[int] = set()
        details: list[Feedback] = []
        parts = referenced_lines(answer, lines)
        if parts is None:
            return zero_with_message("quiz.line_unknown", text=quote_for_message(text_of(answer)))
        for found in parts:
            if isinstance(found, set):
                # A text may occur on several lines: the right one counts.
                chosen |= found & right or set(sorted(found)[:1])
            else:
                details.append(found)
        details += [
            ("quiz.line_range", {"line": number, "last": len(lines)})
            for number in sorted(chosen)
            if not 1 <= number <= len(lines)
        ]
        mistakes = self.shown(key, lambda wrong: wrong in chosen - right)
        unknown = sum(message == "quiz.line_unknown" for message, _ in details)
        return judged(
            penalised_share(chosen, right, unknown),
            mistakes,
            details,
            right=len(chosen & right),
            total=len(chosen | right) + unknown,
        )

    def right_answer(
        self, _shown: ShownQuestion, answer: Any, listing: str, t: Translator
    ) -> Iterator[str]:
        """Yield each right line, with its number."""
        lines = listing.splitlines()
        for number in _numbers(answer):
            place = headed(t("line {{line}}", line=number), t)
            yield f"- {place}`{lines[number - 1].strip()}`"

    def by_chance(self, _question: Question, _key: Key, listing: str) -> Fraction:
        """Return the mean over all non-empty lines, with one of them named."""
        return Fraction(1, sum(map(bool, map(str.strip, listing.splitlines()))))

    def faults(self, _question: Question, answer: Any, listing: str) -> Iterator[Fault]:
        """Yield the faults of a key's lines."""
        numbers = _numbers(answer)
        lines = listing.splitlines()
        if not numbers:
            yield msgid("name at least one line"), {}
        for number in numbers:
            if isinstance(number, bool) or not isinstance(number, int):
                yield msgid("{{line}} is not a line number"), {"line": str(number)}
            elif not 1 <= number <= len(lines):
                yield (
                    msgid("line {{line}} is outside the listing, which has {{last}}"),
                    {"line": number, "last": len(lines)},
                )
            elif not lines[number - 1].strip():
                yield msgid("line {{line}} of the listing is empty"), {"line": number}
        if len(set(map(str, numbers))) != len(numbers):
            yield msgid("a line stands twice in the answer"), {}


def _numbers(answer: Any) -> list[Any]:
    """Return the lines in a key's answer, which may be a single number."""
    return list(answer) if isinstance(answer, list) else [answer]
