"""What reports say of a class: mistakes and facts by frequency, checks, and what took long."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.classpage.answers import Answer
    from grader.report.models import CheckResult, Message

_LIMITS = frozenset({"timeout", "memory", "crash"})


@dataclass(frozen=True)
class Mistake:
    """A misconception or an observation, with the students who made it, and an example of one.

    ``sentence``: the one for the student, in Markdown. ``calls``: lines of Python. ``got`` and
    ``expected``: what came back, and what is right; empty where the example has none.
    """

    exercise: str
    id: str
    sentence: str
    students: tuple[Answer, ...]
    calls: tuple[str, ...] = ()
    got: str = ""
    expected: str = ""


@dataclass(frozen=True)
class Spent:
    """An answer and the CPU seconds of its checks; ``limits``: the checks that met a limit."""

    answer: Answer
    seconds: float
    limits: tuple[str, ...]


def mistakes(answers: Iterable[Answer]) -> list[Mistake]:
    """Return the mistakes and observations of a class, those of most students first."""
    found: dict[tuple[str, str], dict[str, tuple[Answer, CheckResult]]] = defaultdict(dict)
    for answer in answers:
        for check in [] if answer.report is None else answer.report.checks:
            id_ = check.misconception or check.observation
            if id_:
                found[answer.exercise, id_].setdefault(answer.student, (answer, check))
    result = [
        _mistake(exercise, id_, list(made.values())) for (exercise, id_), made in found.items()
    ]
    return sorted(result, key=lambda one: (-len(one.students), one.exercise, one.id))


def _mistake(exercise: str, id_: str, made: Sequence[tuple[Answer, CheckResult]]) -> Mistake:
    told = [(check, message) for _, check in made for message in check.feedback if message.text]
    named = [one for one in told if one[1].id.rpartition(".")[2] == id_]
    sentence = _first([message for _, message in named or told], id_)
    example = next((check.call for _, check in made if check.call is not None), None)
    students = tuple(answer for answer, _ in made)
    if example is None:
        return Mistake(exercise, id_, sentence, students)
    given = [f"{one.name} = {one.code}" for one in example.arguments]
    calls = (*given, *example.program)
    return Mistake(exercise, id_, sentence, students, calls, example.got, example.expected)


def _first(messages: Sequence[Message], otherwise: str) -> str:
    return next((message.text for message in messages), otherwise)


def spent(answers: Iterable[Answer]) -> list[Spent]:
    """Return the answers with the CPU time of their checks, the slowest first."""
    result = []
    for answer in answers:
        if answer.report is not None:
            seconds = sum(answer.report.run.cpu_seconds.values())
            limits = [one.title or one.id for one in answer.report.checks if one.status in _LIMITS]
            result.append(Spent(answer, seconds, tuple(limits)))
    return sorted(result, key=lambda one: -one.seconds)


def check_scores(answers: Iterable[Answer]) -> dict[str, dict[str, float]]:
    """Return the share of its points that each check gave, by student, where it was judged."""
    scores: dict[str, dict[str, float]] = {}
    for answer in answers:
        if answer.report is not None and answer.share is not None:
            scores[answer.student] = {
                check.id: float(check.reached / check.maximum)
                for check in answer.report.checks
                if check.maximum and check.reason != "device" and check.status != "needs_review"
            }
    return scores
