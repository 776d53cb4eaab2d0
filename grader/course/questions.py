"""Questions for display: texts, the order of choices, and instructions."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.course.languages import Translator
from grader.course.markup import around_gap, with_gaps
from grader.questions.registry import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.course.loading import LoadedExercise
    from grader.course.models import Question
    from grader.questions.kind import QuestionKind


_NEW_PARAGRAPH = "\n\n"


@dataclass(frozen=True)
class ShownQuestion:
    """A question in one language, with the context of each gap."""

    id: str
    number: int
    kind: QuestionKind
    points: int
    text: str
    choices: tuple[tuple[str, str], ...]
    items: tuple[tuple[str, str], ...]
    gaps: tuple[tuple[str, str], ...]
    listing: str | None
    how: str

    def worth(self, points: str) -> str:
        """Return the text followed by its points in words, below code at its end."""
        ends_in_code = self.text.rstrip().endswith(("```", "~~~"))
        return f"{self.text.rstrip()}{_NEW_PARAGRAPH if ends_in_code else ' '}({points})"


def shown_questions(
    loaded: LoadedExercise, lang: str, order: int | None = None
) -> list[ShownQuestion]:
    """Return the questions of a quiz or lines exercise, in order.

    ``order`` is the seed for the order of their choices; without it that of the course.
    """
    front = loaded.prose(lang).front
    t = Translator(lang)
    seed = loaded.course.index.seed if order is None else order
    return [
        ShownQuestion(
            id=question.id,
            number=number,
            kind=question.kind,
            points=question.points,
            text=with_gaps(front.questions.get(question.id, question.id)),
            choices=_texts(_shown_choices(loaded, question, seed), front.choices.get(question.id)),
            items=_texts(question.items, front.items.get(question.id)),
            gaps=tuple(
                (gap, around_gap(front.questions.get(question.id, ""), gap))
                for gap in question.gaps
            ),
            listing=question.listing,
            how=" ".join(rule.localised(t) for rule in kind_of(question.kind).rules(question)),
        )
        for number, question in enumerate(loaded.quiz.questions, 1)
    ]


def listings(loaded: LoadedExercise) -> dict[str, str]:
    """Return the listings to which the questions refer, with line numbers, by file name."""
    names = dict.fromkeys(q.listing for q in loaded.quiz.questions if q.listing)
    return {name: numbered(loaded.listing(name)) for name in names}


def numbered(listing: str) -> str:
    """Put its number before each line."""
    lines = listing.rstrip("\n").split("\n")
    width = len(str(len(lines)))
    return "\n".join(f"{number:>{width}}  {line}".rstrip() for number, line in enumerate(lines, 1))


def _texts(ids: Sequence[str], texts: dict[str, str] | None) -> tuple[tuple[str, str], ...]:
    return tuple((id_, (texts or {}).get(id_, id_)) for id_ in ids)


def _shown_choices(loaded: LoadedExercise, question: Question, order: int) -> tuple[str, ...]:
    """Shuffle the choices, so that "the second one" is no answer to pass on.

    If the order of exercise.yaml is the answer, any other one is shown.
    """
    shuffled = list(question.choices)
    # The seed is public, and nothing secret depends on it.
    random.Random(f"{order} {loaded.name} {question.id}").shuffle(shuffled)  # noqa: S311
    if kind_of(question.kind).orders and tuple(shuffled) == question.choices:
        shuffled = [*shuffled[1:], shuffled[0]]
    return tuple(shuffled)
