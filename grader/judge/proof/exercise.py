"""The whole proof of an exercise: files, prose in every language, judging."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.course.errors import CourseError
from grader.course.models import CodeExercise
from grader.course.translations import problems
from grader.judge.proof.problem import Proof

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.course.loading import LoadedExercise


def prove(exercise: LoadedExercise) -> Proof:
    """Prove an exercise. A broken file ends the proof with that as its problem."""
    proof = Proof(exercise.name)
    try:
        for problem in problems(exercise):
            where = f"i18n/{problem.lang}/{exercise.name}.md: {problem.unit}"
            what, _, advice = problem.problem.partition(": ")
            proof.found(where, what, advice)
        for lang in exercise.course.index.languages:
            if not exercise.prose(lang).front.hints:
                proof.found(f"i18n/{lang}/{exercise.name}.md", "no hints", "write one or more")
        if isinstance(exercise.model, CodeExercise):
            from grader.judge.proof import code  # noqa: PLC0415 - imports NumPy and pytest

            for name in _unlisted(exercise, exercise.model):
                proof.found(name, "is not listed in exercise.yaml", "list it, or remove it")
            code.prove(exercise, proof)
        else:
            from grader.judge.proof import quiz  # noqa: PLC0415 - imports pytest

            quiz.prove(exercise, proof)
    except CourseError as error:
        what, _, advice = error.problem.partition(": ")
        proof.found(": ".join(filter(None, (str(error.file), error.field))), what, advice)
    return proof


def _unlisted(exercise: LoadedExercise, model: CodeExercise) -> Iterator[str]:
    """Yield the files of answers/ that exercise.yaml does not know of."""
    listed = {
        "misconceptions": {wrong.id for wrong in model.misconceptions},
        "remarks": set(model.remarks),
    }
    for folder, names in listed.items():
        file: Path
        for file in sorted((exercise.answers / folder).glob("*.py")):
            if file.stem not in names:
                yield f"{folder}/{file.name}"
