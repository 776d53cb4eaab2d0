"""Proving a quiz or lines exercise, by the very path on which students are judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from grader.course.phrases import phrase, phrases
from grader.judge.reading.submission import Submission, read_bytes
from grader.judge.run import Judge
from grader.judge.validation.problem import counted, recognised
from grader.questions.keys import all_right_answers, faults_of, mistaken_answers
from grader.report.statuses import status_in_words

if TYPE_CHECKING:
    from grader.course.loading import LoadedExercise
    from grader.judge.validation.problem import ValidationResult


def prove(exercise: LoadedExercise, proof: ValidationResult) -> None:
    """Prove key, right answers, stubs in every language and mistakes of an exercise."""
    model = exercise.quiz
    key = exercise.course.relative(exercise.answers / "key.yaml")
    for field, what, advice in faults_of(exercise):
        proof.found(f"{key}: {field}", what, advice)
    if proof.problems:
        return
    mistaken = mistaken_answers(model, exercise.key)
    right = [_submission(answers) for answers in all_right_answers(model, exercise.key)]
    languages = exercise.course.index.languages
    stubs = [
        read_bytes(exercise.stub(lang).encode(), "stub.yaml", model.kind) for lang in languages
    ]
    wrong = [_submission(answers) for answers in mistaken.values()]
    with Judge(exercise) as judge:
        reports = [judged.report for judged in judge.judge_all([*right, *stubs, *wrong])]
    of_right, of_stubs = reports[: len(right)], reports[len(right) : len(right) + len(stubs)]
    least = min(report.reached + report.waiting for report in of_right)
    if least != model.maximum:
        what = phrases(
            "the right answers reach {{n}} point",
            "the right answers reach {{n}} points",
            least,
        )
        proof.found(key, what, phrase("mend the key"))
    proof.proved += [
        phrase("the right answers"),
        phrase("the stubs in {{languages}}", languages=languages),
        *counted(phrases("{{n}} mistake", "{{n}} mistakes", len(mistaken))),
    ]
    for lang, report in zip(languages, of_stubs, strict=True):
        open_ = all(check.status == "unanswered" for check in report.checks)
        if report.reached != 0 or report.status != "graded" or not open_:
            where = phrase("the stub in {{lang}}", lang=lang)
            what = phrases(
                "earns {{n}} point and is {{status}}",
                "earns {{n}} points and is {{status}}",
                report.reached,
                status=status_in_words(report.status),
            )
            proof.found(where, what, phrase("mend the texts that stand in it"))
    for name, report in zip(mistaken, reports[len(right) + len(stubs) :], strict=True):
        named = {check.misconception for check in report.checks if check.misconception}
        if named != {name}:
            proof.found(
                f"{key}: mistakes.{name}",
                recognised(named),
                phrase("give each mistake an answer of its own"),
            )


def _submission(answers: dict[str, Any]) -> Submission:
    text = yaml.safe_dump(answers, allow_unicode=True)
    return read_bytes(text.encode(), "answers.yaml", "quiz")
