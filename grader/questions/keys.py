"""Faults of an author's key, and sets of answers made from it for the proof."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from grader.course.languages import msgid
from grader.course.phrases import Phrase, phrase
from grader.questions.registry import kind_of
from grader.questions.score import score

if TYPE_CHECKING:
    from grader.course.loading import LoadedExercise
    from grader.course.models import Key, KeyFile, Question, QuestionExercise
    from grader.questions.answers import Answer
    from grader.questions.kind import Fault
    from grader.questions.plain_yaml import Node
    from grader.report.models import Scalar


LUCK = Fraction(1, 3)
"""The share of a question's points that a guess may earn on average."""


@dataclass(frozen=True)
class KeyProblem:
    """A fault of a key: the field of key.yaml, an English msgid and its arguments."""

    field: str
    problem: str
    arguments: dict[str, Scalar]


def key_problems(
    exercise: QuestionExercise, key: KeyFile, listings: Mapping[str, str]
) -> list[KeyProblem]:
    """Return all faults of a key; ``listings`` holds the texts of the listing files by name."""
    asked = {question.id for question in exercise.questions}
    found = [
        KeyProblem(f"questions.{name}", msgid("exercise.yaml has no such question"), {})
        for name in key.questions
        if name not in asked
    ]
    for question in exercise.questions:
        where = f"questions.{question.id}"
        if question.id not in key.questions:
            found.append(KeyProblem(where, msgid("the question has no key: give its answer"), {}))
        elif question.listing is not None and question.listing not in listings:
            lacking: dict[str, Scalar] = {"file": question.listing}
            found.append(KeyProblem(where, msgid("the listing {{file}} is missing"), lacking))
        else:
            listing = listings.get(question.listing or "", "")
            found += _problems(question, key.questions[question.id], listing, where)
    return found


def faults_of(exercise: LoadedExercise) -> list[tuple[str, Phrase, Phrase | str]]:
    """Return the faults of a key: the field of key.yaml, the problem, and the advice."""
    model = exercise.quiz
    names = {question.listing for question in model.questions if question.listing}
    listings = {name: exercise.listing(name) for name in names}
    problems = key_problems(model, exercise.key, listings)
    problems = problems or _untranslated(exercise)
    return [(one.field, Phrase(one.problem, one.arguments), _advice(one)) for one in problems]


def _untranslated(exercise: LoadedExercise) -> list[KeyProblem]:
    """Return a problem for each language that a key with texts by language leaves out."""
    languages = exercise.course.index.languages
    return [
        KeyProblem(f"questions.{question.id}.answer", *fault)
        for question in exercise.quiz.questions
        for fault in kind_of(question.kind).untranslated(
            exercise.key.questions[question.id].answer, languages
        )
    ]


def _advice(problem: KeyProblem) -> Phrase | str:
    """Return the advice for a problem, if its sentence does not contain it."""
    return "" if ": " in problem.problem else phrase("mend the key")


def right_answers(exercise: QuestionExercise, key: KeyFile) -> dict[str, Answer]:
    """Return a right answer to every question, in the form of a student's file."""
    return all_right_answers(exercise, key)[0]


def all_right_answers(exercise: QuestionExercise, key: KeyFile) -> list[dict[str, Answer]]:
    """Return sets of right answers that together contain each text that a key accepts."""
    each = [kind_of(one.kind).right(key.questions[one.id]) for one in exercise.questions]
    names = [question.id for question in exercise.questions]
    return [
        {
            name: _written(rights[min(number, len(rights) - 1)])
            for name, rights in zip(names, each, strict=True)
        }
        for number in range(max(map(len, each)))
    ]


def mistaken_answers(exercise: QuestionExercise, key: KeyFile) -> dict[str, dict[str, Answer]]:
    """Return, by mistake, answers that are right except for that mistake."""
    right = right_answers(exercise, key)
    mistaken: dict[str, dict[str, Answer]] = {}
    for question in exercise.questions:
        of_question = key.questions[question.id]
        for mistake, value in of_question.mistakes.items():
            wrong = kind_of(question.kind).mistaken_answers(value)[0]
            answers = mistaken.setdefault(mistake, dict(right))
            answers[question.id] = _mistaken(question, of_question, wrong)
    return mistaken


def _mistaken(question: Question, key: Key, wrong: Any) -> Answer:
    """Return the right answer with one mistake in it, in the form of a student's file."""
    return _written(kind_of(question.kind).mistaken(key, wrong))


def _written(value: Any) -> Node:
    """Return a value of a key with every scalar as text."""
    if isinstance(value, dict):
        return {str(item): _written(choice) for item, choice in value.items()}
    if isinstance(value, list):
        return [_written(item) for item in value]
    return value if isinstance(value, str) else repr(value)


def _problems(question: Question, key: Key, listing: str, where: str) -> list[KeyProblem]:
    kind = kind_of(question.kind)
    found = [
        KeyProblem(f"{where}.answer", *fault)
        for fault in kind.faults(question, key.answer, listing)
    ]
    if key.tolerance is not None and not kind.takes_tolerance:
        found.append(
            KeyProblem(f"{where}.tolerance", msgid("only a numeric question has a tolerance"), {})
        )
    found += [
        KeyProblem(f"{where}.key_points", *fault) for fault in _key_point_faults(question, key)
    ]
    for mistake, value in key.mistakes.items():
        at = f"{where}.mistakes.{mistake}"
        found += [KeyProblem(at, *fault) for fault in _mistake_faults(question, value, listing)]
    return found or [
        *_unrecognised(question, key, listing, where),
        *_unfair(question, key, listing, where),
    ]


def _key_point_faults(question: Question, key: Key) -> Iterator[Fault]:
    """Yield faults of key points: missing, of another kind of question, or of another sum."""
    total = sum(key.key_points.values())
    if not kind_of(question.kind).takes_key_points:
        if key.key_points:
            yield msgid("only a free_text question has key points"), {}
    elif not key.key_points:
        yield msgid("a free_text question has no key points: name what a good text says"), {}
    elif total != question.points:
        problem = msgid("the key points come to {{sum}}, and the question is worth {{points}}")
        yield problem, {"sum": total, "points": question.points}


def _unrecognised(question: Question, key: Key, listing: str, where: str) -> Iterator[KeyProblem]:
    """Score every wrong answer of the mistakes: it must lose points and show only its mistake."""
    for mistake, value in key.mistakes.items():
        at = f"{where}.mistakes.{mistake}"
        for wrong in kind_of(question.kind).mistaken_answers(value):
            scored = score(question, key, _mistaken(question, key, wrong), listing)
            named = [id_ for id_, _ in scored.feedback if id_.startswith("exercise.")]
            others = [id_ for id_ in named if id_ != f"exercise.{mistake}"]
            shown: dict[str, Scalar] = {"answer": str(wrong)}
            if scored.mistake is None:
                yield KeyProblem(at, msgid("{{answer}} is a right answer, not a mistake"), shown)
            elif others:
                other = others[0].removeprefix("exercise.")
                problem = msgid("{{answer}} already shows the mistake {{other}}: merge the two")
                yield KeyProblem(at, problem, {**shown, "other": other})


def _unfair(question: Question, key: Key, listing: str, where: str) -> Iterator[KeyProblem]:
    """Yield faults of questions that a guess, or naming everything, earns too much for."""
    kind = kind_of(question.kind)
    luck = kind.by_chance(question, key, listing)
    if luck > LUCK:
        problem = msgid("guessing earns {{share}} of the points on average: add wrong choices")
        yield KeyProblem(f"{where}.answer", problem, {"share": f"{float(luck):.2g}"})
    if kind.share_for_choosing_all(question, key) > 0:
        problem = msgid("naming all choices earns points: add as many wrong ones as right ones")
        yield KeyProblem(f"{where}.answer", problem, {})


def _mistake_faults(question: Question, value: Any, listing: str) -> Iterator[Fault]:
    kind = kind_of(question.kind)
    wrongs = kind.mistaken_answers(value)
    if not wrongs:
        yield msgid("name at least one answer that shows the mistake"), {}
    for wrong in wrongs:
        yield from kind.mistake_faults(question, wrong, listing)
