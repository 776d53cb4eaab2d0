"""Questions as they are shown: texts, the order of choices, and how to answer."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.course.languages import Translator
from grader.questions.registry import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.course.loading import LoadedExercise
    from grader.course.models import Question
    from grader.questions.kind import QuestionKind


@dataclass(frozen=True)
class ShownQuestion:
    """A question in one language."""

    id: str
    number: int
    kind: QuestionKind
    points: int
    text: str
    choices: tuple[tuple[str, str], ...]
    items: tuple[tuple[str, str], ...]
    listing: str | None
    how: str


def shown_questions(loaded: LoadedExercise, lang: str) -> list[ShownQuestion]:
    """Return the questions of a quiz or lines exercise, in order."""
    front = loaded.prose(lang).front
    t = Translator(lang)
    return [
        ShownQuestion(
            id=question.id,
            number=number,
            kind=question.kind,
            points=question.points,
            text=front.questions.get(question.id, question.id),
            choices=_texts(_shown_choices(loaded, question), front.choices.get(question.id)),
            items=_texts(question.items, front.items.get(question.id)),
            listing=question.listing,
            how=" ".join(told.told(t) for told in kind_of(question.kind).asked(question)),
        )
        for number, question in enumerate(loaded.quiz.questions, 1)
    ]


def listings(loaded: LoadedExercise) -> dict[str, str]:
    """Return the listings that the questions are about, with line numbers, by file name."""
    names = dict.fromkeys(q.listing for q in loaded.quiz.questions if q.listing)
    return {name: numbered(loaded.listing(name)) for name in names}


def numbered(listing: str) -> str:
    """Put its number before each line."""
    lines = listing.rstrip("\n").split("\n")
    width = len(str(len(lines)))
    return "\n".join(f"{number:>{width}}  {line}".rstrip() for number, line in enumerate(lines, 1))


def _texts(ids: Sequence[str], texts: dict[str, str] | None) -> tuple[tuple[str, str], ...]:
    return tuple((id_, (texts or {}).get(id_, id_)) for id_ in ids)


def _shown_choices(loaded: LoadedExercise, question: Question) -> tuple[str, ...]:
    """Shuffle where the author's order may give the answer away, always in the same way."""
    if not kind_of(question.kind).shuffles:
        return question.choices
    shuffled = list(question.choices)
    # The seed is public: all students see the same order, and nothing secret depends on it.
    random.Random(f"{loaded.name} {question.id}").shuffle(shuffled)  # noqa: S311
    if tuple(shuffled) == question.choices:
        shuffled = [*shuffled[1:], shuffled[0]]
    return tuple(shuffled)
