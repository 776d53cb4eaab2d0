"""Proving that an exercise with blanks can be solved by filling them in."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from grader.course.blanks import marks
from grader.course.phrases import phrase
from grader.judge.feedback.given_part import compared, parts

if TYPE_CHECKING:
    from grader.course.loading import LoadedExercise
    from grader.judge.validation.problem import ValidationResult


def prove(exercise: LoadedExercise, proof: ValidationResult) -> None:
    """Prove that each mark has its statement, and that right answers differ in the blanks only.

    The stub and the right answers have been loaded before.
    """
    stub = exercise.stub_source
    if not marks(stub):
        return
    if len(parts(stub)[1]) < len(marks(stub)):
        proof.found(
            exercise.course.relative(exercise.folder / "stub.py"),
            phrase("a blank is marked above no statement of its own"),
            phrase("let `# blank` stand above the statement that is to be written"),
        )
    styles = {f"styles/{name}.py": text for name, text in exercise.style_sources.items()}
    for file, source in {"reference.py": exercise.reference_source, **styles}.items():
        left, changes = compared(stub, source, ast.parse(source))
        where = exercise.course.relative(exercise.answers / file)
        if left:
            advice = phrase("fill it in")
            proof.found(where, phrase("the blank of line {{line}} is left", line=left[0]), advice)
        for change in changes:
            what = phrase("changes the given part, `{{given}}`", given=change.given)
            advice = phrase("let it stand as in stub.py, or mark it as a blank there")
            proof.found(where, what, advice)
