"""The whole proof of an exercise: files, prose in every language, judging."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.course.errors import CourseError
from grader.course.installed import NAMES, missing_libraries
from grader.course.models import CodeExercise
from grader.course.phrases import Phrase, beside, phrase, phrases
from grader.course.scaffold import files_to_search, left_to_write
from grader.course.translations import course_problems, problems
from grader.course.yaml_files import read_text
from grader.judge.validation.problem import ValidationResult, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from grader.course.loading import Course, LoadedExercise
    from grader.course.translations import Problem


def prove(exercise: LoadedExercise) -> ValidationResult:
    """Prove an exercise. A broken file ends the proof, with that as its problem."""
    proof = ValidationResult(exercise.name)
    try:
        if _note_left(exercise, proof):
            return proof
        _note(proof, exercise.course, problems(exercise))
        for lang in exercise.course.index.languages:
            if not exercise.prose(lang).front.hints:
                where = f"i18n/{lang}/{exercise.name}.md"
                proof.found(where, phrase("no hints"), phrase("write one or more"))
        for name in _not_before(exercise):
            where = f"{exercise.course.relative(exercise.folder)}/exercise.yaml: prerequisites"
            what = phrase("{{name}} does not come earlier in the course", name=name)
            proof.found(where, what, phrase("take it out, or move one of the two"))
        if exercise.model.pictures:
            from grader.judge.validation import picturing  # noqa: PLC0415 - imports NumPy

            picturing.prove_task(exercise, proof)
        if isinstance(exercise.model, CodeExercise):
            for file in _unlisted(exercise, exercise.model):
                where = exercise.course.relative(file)
                what = phrase("is not listed in exercise.yaml")
                proof.found(where, what, phrase("list it or delete it"))
            _prove_code(exercise, exercise.model, proof)
        else:
            from grader.judge.validation import quiz  # noqa: PLC0415 - imports pytest

            quiz.prove(exercise, proof)
        pictures = phrases("{{n}} picture", "{{n}} pictures", len(exercise.model.pictures))
        proof.proved += counted(pictures)
    except CourseError as error:
        note_broken(proof, exercise.course, error)
    return proof


def _prove_code(exercise: LoadedExercise, model: CodeExercise, proof: ValidationResult) -> None:
    """Prove the judging of a code exercise, if its libraries are installed."""
    missing = missing_libraries(model.libraries)
    if missing:
        proof.proved.append(phrase("files and texts"))
        proof.not_here += [
            phrase("how it judges ({{library}} is not installed)", library=NAMES[name])
            for name in missing
        ]
        return
    from grader.judge.validation import code  # noqa: PLC0415 - imports NumPy and pytest

    code.prove(exercise, proof)


def prove_course(course: Course) -> ValidationResult:
    """Prove the parts that belong to no exercise: the titles of the course and of its sections."""
    proof = ValidationResult("course")
    try:
        _note(proof, course, course_problems(course))
    except CourseError as error:
        note_broken(proof, course, error)
    return proof


def note_broken(proof: ValidationResult, course: Course, error: CourseError) -> None:
    """Record that a file of the course is broken."""
    proof.found(_where(course, error.file, error.place), error.what, error.advice)


def _note(proof: ValidationResult, course: Course, found: Iterable[Problem]) -> None:
    for problem in found:
        where = _where(course, problem.file, problem.unit)
        proof.found(where, problem.what, problem.advice)


def _where(course: Course, file: Path, place: Phrase | str) -> Phrase | str:
    path = course.relative(file)
    if isinstance(place, Phrase):
        return beside(path, place)
    return f"{path}: {place}" if place else path


def _note_left(exercise: LoadedExercise, proof: ValidationResult) -> bool:
    """Record the files that its author has still to write; return True if there are any."""
    texts = [exercise.prose_file(lang) for lang in exercise.course.index.languages]
    for file in (*texts, *files_to_search(exercise)):
        if file.is_file():
            for number, note in left_to_write(read_text(file)):
                where = beside(exercise.course.relative(file), phrase("line {{line}}", line=number))
                proof.found(where, phrase("is still to be written"), note)
    return bool(proof.problems)


def _not_before(exercise: LoadedExercise) -> Iterator[str]:
    """Yield the prerequisites that are no earlier exercise of the course."""
    names = exercise.course.names
    before = {name.partition("_")[0] for name in names[: names.index(exercise.name)]}
    yield from (id_ for id_ in exercise.model.prerequisites if id_ not in before)


def _unlisted(exercise: LoadedExercise, model: CodeExercise) -> Iterator[Path]:
    """Yield the files of answers/ that exercise.yaml does not list."""
    listed = {
        "misconceptions": {wrong.id for wrong in model.misconceptions},
        "alike": {common.id for common in model.alike},
        "observed": set(model.observations),
        "remarks": set(model.remarks),
    }
    for folder, names in listed.items():
        file: Path
        for file in sorted((exercise.answers / folder).glob("*.py")):
            if file.stem.partition(".")[0] not in names:
                yield file
