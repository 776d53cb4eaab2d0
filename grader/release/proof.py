"""The proof of a kit: it judges every answer of the author's own as the course does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from grader.course.models import CodeExercise
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge, Options
from grader.questions.keys import all_right_answers, mistaken_answers
from grader.release.recording import own_answers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grader.course.loading import LoadedExercise
    from grader.release.kit import ExerciseKit
    from grader.report.models import Report

Endings = dict[str, dict[str, str]]
"""How each answer ends in each check."""


@dataclass(frozen=True)
class Difference:
    """A check that ends otherwise in the kit than in the course, and the answer."""

    answer: str
    check: str
    there: str
    here: str


def endings(reports: Mapping[str, Report]) -> Endings:
    """Return how answers end in each check: the status and the points."""
    return {
        name: {one.id: f"{one.status} {one.reached}" for one in report.checks}
        for name, report in reports.items()
    }


def differences(there: Endings, here: Endings) -> Iterator[Difference]:
    """Yield the checks of a kit that end otherwise than in the course."""
    for answer, checks in here.items():
        for check, how in checks.items():
            wanted = there[answer].get(check, "")
            if how != wanted:
                yield Difference(answer, check, wanted, how)


def proved(exercise: LoadedExercise, kit: LoadedExercise, made: ExerciseKit) -> list[Difference]:
    """Return where a kit judges the author's own answers otherwise than the course does.

    Raises:
        CourseError: a file of the kit cannot be read back.

    """
    for lang in exercise.course.index.languages:
        there, here = exercise.prose(lang), kit.prose(lang)
        if (there.prompt, there.front.title) != (here.prompt, here.front.title):
            return [Difference(lang, "i18n", there.front.title, here.front.title)]
    if not isinstance(exercise.model, CodeExercise):
        sources = _answer_files(exercise)
        options = Options(of_author=True)
        ended = (_judged(one, sources, options) for one in (exercise, kit))
        return list(differences(*ended))
    sources = own_answers(exercise)
    found: list[Difference] = []
    for device, reports in made.reports.items():
        options = Options(device=device, of_author=True, names=False, apart=True)
        found += differences(endings(reports), _judged(kit, sources, options))
    return found


def _judged(exercise: LoadedExercise, sources: Mapping[str, str], options: Options) -> Endings:
    kind = exercise.model.kind
    name = "answer.py" if kind == "code" else "answer.yaml"
    submissions = [read_bytes(source.encode(), name, kind) for source in sources.values()]
    with Judge(exercise, options) as judge:
        judged = judge.judge_all(submissions)
    return endings(dict(zip(sources, (one.report for one in judged), strict=True)))


def _answer_files(exercise: LoadedExercise) -> dict[str, str]:
    """Return answer files with right answers, and with each known mistake, by name."""
    right = all_right_answers(exercise.quiz, exercise.key)
    answers = {f"right {number}": one for number, one in enumerate(right, 1)}
    answers |= mistaken_answers(exercise.quiz, exercise.key)
    return {
        name: yaml.safe_dump(one, allow_unicode=True, sort_keys=False)
        for name, one in answers.items()
    }
