"""Proof of the rules on own work: the inspection finds a library, and accuses no own work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.course.phrases import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.course.loading import LoadedExercise
    from grader.course.phrases import Phrase
    from grader.judge.processes.source_inspector import Inspected, SourceInspector
    from grader.judge.validation.problem import ValidationResult


def note_trust(exercise: LoadedExercise, proof: ValidationResult) -> None:
    """Note the checks that rest on the student process's own report, each with its points."""
    for name, check in exercise.code.checks.items():
        if name in exercise.on_trust:
            note = phrase("check {{check}} ({{points}})", check=name, points=check.points)
            proof.on_trust.append(note)


def prove(exercise: LoadedExercise, looker: SourceInspector, proof: ValidationResult) -> None:
    """Prove that known library answers are reported, and that own work is not."""
    if not looker.wanted:
        return
    library = exercise.library_answers
    if exercise.code.allowed is not None and not library:
        where = exercise.course.relative(exercise.answers / "library")
        advice = phrase("write those that a library would give")
        proof.found(where, phrase("holds no answer"), advice)
    for name, source in library.items():
        if not _sees(looker.look(source)):
            where = exercise.course.relative(exercise.answers / "library" / f"{name}.py")
            advice = phrase("take what it uses out of allowed in exercise.yaml")
            proof.found(where, phrase("is taken for one's own work"), advice)
    looker.tells_copies = True
    if exercise.code.allowed is not None and not looker.look(exercise.reference_source).reference:
        proof.found(
            exercise.course.relative(exercise.answers / "reference.py"),
            phrase("cannot be told from what a student may write"),
            phrase("explain it in a comment"),
        )
    for where, source in _own(exercise):
        looked = looker.look(source)
        if _sees(looked):
            proof.found(where, _told(looked), phrase("allow it, or write it otherwise"))


def _own(exercise: LoadedExercise) -> Iterator[tuple[str, str]]:
    """Yield the answers that are written by hand: all that the exercise has."""
    model, relative = exercise.code, exercise.course.relative
    yield relative(exercise.answers / "reference.py"), exercise.reference_source
    for name, source in exercise.style_sources.items():
        yield relative(exercise.answers / "styles" / f"{name}.py"), source
    for wrong in model.misconceptions:
        file = exercise.answers / "misconceptions" / f"{wrong.id}.py"
        yield relative(file), exercise.misconception_source(wrong.id)
    for common in model.alike:
        file = exercise.answers / "alike" / f"{common.id}.py"
        yield relative(file), exercise.alike_source(common.id)
    for name in model.observations:
        file = exercise.answers / "observed" / f"{name}.py"
        yield relative(file), exercise.observed_source(name)
    for name in model.remarks:
        file = exercise.answers / "remarks" / f"{name}.py"
        yield relative(file), exercise.remark_source(name)


def _sees(looked: Inspected) -> bool:
    """Return True if a library was found; recognising the reference does not count."""
    return looked.unread or looked.count > 0


def _told(looked: Inspected) -> Phrase:
    if looked.unread:
        return phrase("is reported: it takes too long to look through")
    names = [
        phrase("{{name}} in line {{line}}", name=one.name, line=one.line)
        for one in looked.sightings[:3]
    ]
    return phrase("is reported: {{names}}", names=names)
