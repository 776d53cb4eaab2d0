"""Questions whose answer is a few words, or a piece of code."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from grader.course.languages import msgid
from grader.course.phrases import Phrase
from grader.questions.forms import (
    RULES,
    all_forms,
    form_faults,
    is_form,
    lacking,
    shown_forms,
    too_long,
    typed,
)
from grader.questions.kind import Kind
from grader.questions.scored import RIGHT, Scored, judged, zero_with_message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.course.languages import Translator
    from grader.course.models import Key, Question
    from grader.course.questions import ShownQuestion
    from grader.questions.answers import Answer
    from grader.questions.kind import Fault


class ShortText(Kind):
    """A text: right if it is one of the forms of the key."""

    how = msgid("Answer with a few words.")
    how_in_code = msgid("Answer with one line of Python.")
    compares = True

    def rules(self, question: Question) -> Iterator[Phrase]:
        """Yield how to answer, in words or in code, and which texts count as equal."""
        yield Phrase(self.how if question.compare == "words" else self.how_in_code)
        yield Phrase(RULES[question.compare])

    def score(self, question: Question, key: Key, answer: Answer, _listing: str) -> Scored:
        """Score a text."""
        text = typed(answer, question.compare)
        if text is None:
            return zero_with_message("quiz.texts_many")
        if (refusal := too_long(text)) is not None:
            return Scored(Fraction(0), (refusal,))
        if self._is(question, text, key.answer):
            return RIGHT
        mistakes = self.shown(key, lambda wrong: self._is(question, text, wrong))
        return judged(Fraction(0), mistakes[:1])

    def right_answer(
        self, _shown: ShownQuestion, answer: Any, _listing: str, t: Translator
    ) -> Iterator[str]:
        """Yield the texts that are accepted."""
        yield f"- {shown_forms(answer, t.lang)}"

    def faults(self, question: Question, answer: Any, _listing: str) -> Iterator[Fault]:
        """Yield the faults of a key's forms."""
        return form_faults(answer, question.compare)

    def mistake_faults(self, question: Question, wrong: Any, _listing: str) -> Iterator[Fault]:
        """Yield the faults of a form that shows a mistake."""
        return form_faults([wrong], question.compare)

    def untranslated(self, answer: Any, languages: Iterable[str]) -> Iterator[Fault]:
        """Yield the languages without a form, if the key's forms are given by language."""
        for lang in lacking(answer, languages):
            yield msgid("no text is accepted in {{lang}}"), {"lang": lang}

    def mistaken_answers(self, mistake: Any) -> list[Any]:
        """Return the forms that show a mistake."""
        return all_forms(mistake)

    def right(self, key: Key) -> list[Any]:
        """Return every form of the key."""
        return all_forms(key.answer)

    @staticmethod
    def _is(question: Question, text: str, forms: Any) -> bool:
        return is_form(text, forms, question.compare, whole=True)
