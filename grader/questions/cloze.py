"""Questions with gaps in a sentence or in a line of code."""

from __future__ import annotations

from fractions import Fraction
from itertools import product, zip_longest
from typing import TYPE_CHECKING, Any

from grader.course.languages import msgid
from grader.course.phrases import headed
from grader.course.unreadable import quote_for_message
from grader.questions.answers import is_blank
from grader.questions.choices import pairs_of
from grader.questions.forms import (
    all_forms,
    form_faults,
    is_form,
    lacking,
    shown_forms,
    too_long,
    typed,
)
from grader.questions.kind import Kind, mapped
from grader.questions.plain_yaml import same_key
from grader.questions.scored import UNANSWERED, Scored, judged, zero_with_message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.course.languages import Translator
    from grader.course.models import Key, Question
    from grader.course.questions import ShownQuestion
    from grader.questions.answers import Answer
    from grader.questions.kind import Fault
    from grader.questions.plain_yaml import Node
    from grader.questions.scored import Feedback


class Cloze(Kind):
    """Texts for gaps: the share of gaps that are right."""

    how = msgid("Answer each line with what belongs in the gap of that name.")
    credit = msgid("Each gap counts for its part.")
    compares = True
    takes_gaps = True

    def empty_answer(self, id_: str, parts: Iterable[tuple[str, str]]) -> Iterator[str]:
        """Yield a line for each gap, below its context."""
        return mapped(id_, parts)

    def score(self, question: Question, key: Key, answer: Answer, _listing: str) -> Scored:
        """Score texts gap: text: the share of gaps that are right."""
        pairs = self._pairs(question, answer)
        if pairs is None:
            return zero_with_message("quiz.not_gaps")
        if all(map(is_blank, pairs.values())):
            return UNANSWERED
        details: list[Feedback] = [
            ("quiz.gap_unknown", {"gap": quote_for_message(gap), "gaps": ", ".join(question.gaps)})
            for gap in pairs
            if same_key(gap) not in question.gaps
        ]
        given = {same_key(gap): node for gap, node in pairs.items()}
        filled: dict[str, str] = {}
        for gap in question.gaps:
            read = _read(gap, given.get(gap), question)
            if isinstance(read, str):
                filled[gap] = read
            else:
                details.append(read)
        return self._judged(question, key, filled, details)

    def _pairs(self, question: Question, answer: Answer) -> dict[str, Node] | None:
        """Return the answer for each gap; an answer without a name belongs to the only gap."""
        if isinstance(answer, str) and len(question.gaps) == 1:
            return {question.gaps[0]: answer}
        return pairs_of(answer)

    def _judged(
        self, question: Question, key: Key, filled: dict[str, str], details: list[Feedback]
    ) -> Scored:
        def holds(gap: str, forms: Any) -> bool:
            return gap in filled and is_form(filled[gap], forms, question.compare)

        right = {gap for gap in question.gaps if holds(gap, key.answer[gap])}
        mistakes = self.shown(
            key, lambda wrong: all(holds(gap, form) for gap, form in wrong.items())
        )
        recognised = {
            gap
            for mistake in mistakes
            for wrong in self.mistaken_answers(key.mistakes[mistake])
            for gap, form in wrong.items()
            if holds(gap, form)
        }
        details += [
            ("quiz.gap_wrong", {"gap": gap})
            for gap in question.gaps
            if gap in filled and gap not in right | recognised
        ]
        total = len(question.gaps)
        return judged(Fraction(len(right), total), mistakes, details, right=len(right), total=total)

    def right_answer(
        self, shown: ShownQuestion, answer: Any, _listing: str, t: Translator
    ) -> Iterator[str]:
        """Yield the texts that are accepted for each gap."""
        for gap, _ in shown.gaps:
            yield f"- {headed(f'`{gap}`', t)}{shown_forms(answer[gap], t.lang)}"

    def faults(self, question: Question, answer: Any, listing: str) -> Iterator[Fault]:
        """Yield the faults of a key's forms for all gaps."""
        yield from self.mistake_faults(question, answer, listing)
        for gap in question.gaps if isinstance(answer, dict) else ():
            if gap not in answer:
                yield msgid("the gap {{gap}} has no text that is accepted"), {"gap": gap}

    def mistake_faults(self, question: Question, wrong: Any, _listing: str) -> Iterator[Fault]:
        """Yield the faults of a key's forms for some gaps."""
        if not isinstance(wrong, dict) or not wrong:
            yield msgid("the answer must map gaps to texts"), {}
            return
        for gap, forms in wrong.items():
            if gap not in question.gaps:
                yield (
                    msgid("{{gap}} is not a gap of this question, which has {{gaps}}"),
                    {"gap": str(gap), "gaps": ", ".join(question.gaps)},
                )
            yield from form_faults(forms, question.compare)

    def untranslated(self, answer: Any, languages: Iterable[str]) -> Iterator[Fault]:
        """Yield the languages without a form for a gap, if its forms are given by language."""
        for gap, forms in answer.items():
            for lang in lacking(forms, languages):
                yield (
                    msgid("the gap {{gap}} has no text that is accepted in {{lang}}"),
                    {"gap": gap, "lang": lang},
                )

    def mistaken_answers(self, mistake: Any) -> list[Any]:
        """Return the texts that show a mistake: each form combined with those of the other gaps."""
        found: list[Any] = []
        for wrong in mistake if isinstance(mistake, list) else [mistake]:
            if isinstance(wrong, dict) and wrong:
                each = product(*map(all_forms, wrong.values()))
                found += [dict(zip(wrong, forms, strict=True)) for forms in each] or [wrong]
            else:
                found.append(wrong)
        return found

    def right(self, key: Key) -> list[Any]:
        """Return right texts that together contain each form of each gap."""
        first = {gap: all_forms(forms)[0] for gap, forms in key.answer.items()}
        rows = zip_longest(*map(all_forms, key.answer.values()))
        given = [dict(zip(key.answer, row, strict=True)) for row in rows]
        return [{gap: one[gap] or first[gap] for gap in first} for one in given]

    def mistaken(self, key: Key, wrong: Any) -> Any:
        """Return the right texts with the wrong ones in place."""
        return self.right(key)[0] | wrong


def _read(gap: str, node: Answer, question: Question) -> str | Feedback:
    """Return the text for a gap, else the feedback."""
    if is_blank(node):
        return "quiz.gap_unanswered", {"gap": gap}
    text = typed(node, question.compare)
    if text is None:
        return "quiz.gap_many", {"gap": gap}
    return too_long(text) or text
