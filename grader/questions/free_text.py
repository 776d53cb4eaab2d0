"""Questions that are answered with a text, which a teacher marks."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from grader.course.languages import msgid
from grader.course.phrases import phrases
from grader.questions.answers import text_of
from grader.questions.kind import Kind
from grader.questions.scored import Scored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.course.languages import Translator
    from grader.course.models import Key, Question
    from grader.course.phrases import Phrase
    from grader.course.questions import ShownQuestion
    from grader.questions.answers import Answer
    from grader.questions.kind import Fault
    from grader.questions.scored import Feedback

TEXT_LIMIT = 4000
"""Characters of a text that are kept for the teacher."""
_BAR = "|"


class FreeText(Kind):
    """A text: its points wait for a teacher, who awards them by key points."""

    how = msgid("Answer with a text below the name, each of its lines indented by two spaces.")
    credit = msgid("A teacher reads it and gives points for each key point that it makes.")
    takes_key_points = True
    takes_max_lines = True

    def rules(self, question: Question) -> Iterator[Phrase]:
        """Yield how to answer, the maximal length, and how it is marked."""
        how, *credit = super().rules(question)
        yield how
        if question.max_lines is not None:
            most = question.max_lines
            yield phrases("Write at most {{n}} line.", "Write at most {{n}} lines.", most)
        yield from credit

    def empty_answer(self, id_: str, _items: Iterable[tuple[str, str]]) -> Iterator[str]:
        """Yield the beginning of a literal YAML block, and its first line."""
        yield f"{id_}: |"
        yield "  "

    def score(self, _question: Question, _key: Key, answer: Answer, _listing: str) -> Scored:
        """Keep the text for a teacher. A mapping or list is a text with colons or dashes."""
        text = text_of(answer).removeprefix(_BAR).strip()  # text behind the bar
        feedback: list[Feedback] = [("quiz.compare", {})]
        if len(text) > TEXT_LIMIT:
            feedback.insert(0, ("quiz.free_text_long", {"length": len(text), "most": TEXT_LIMIT}))
        return Scored(Fraction(0), tuple(feedback), text=text[:TEXT_LIMIT])

    def right_answer(
        self, _shown: ShownQuestion, _answer: Any, _listing: str, _t: Translator
    ) -> Iterator[str]:
        """Yield nothing: the key has key points instead of a right answer."""
        yield from ()

    def faults(self, _question: Question, answer: Any, _listing: str) -> Iterator[Fault]:
        """Yield a fault if a key has a right answer."""
        if answer is not None:
            yield msgid("a free_text question has no right answer: name its key points"), {}

    def mistake_faults(self, _question: Question, _wrong: Any, _listing: str) -> Iterator[Fault]:
        """Yield a fault if a key has a mistake."""
        yield msgid("a free_text question has no mistakes: take them out"), {}

    def right(self, key: Key) -> list[Any]:
        """Return a placeholder: any text will do."""
        return [", ".join(key.key_points)]
