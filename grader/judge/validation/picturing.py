"""Proof of the pictures of an exercise: drawn for right results and every known wrong answer."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from grader.course.languages import Translator
from grader.course.markup import placeholders
from grader.course.phrases import beside, phrase
from grader.course.translations import CAPTION
from grader.judge.feedback.showing.picture import made_of
from grader.judge.processes.outcomes import Returned
from grader.judge.validation.hostile_results import hostile
from grader.pictures.making import makers, of_task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from grader.course.loading import LoadedExercise
    from grader.course.models import DeclaredPicture
    from grader.course.phrases import Phrase
    from grader.judge.checking.function_namespace import RecordedCall
    from grader.judge.feedback.diagnosis import Replay
    from grader.judge.run import JudgedReport
    from grader.judge.validation.problem import ValidationResult
    from grader.pictures import Picture

MOST_BYTES = 64 << 10
"""Bytes of a report that one picture may take."""


def prove_task(exercise: LoadedExercise, proof: ValidationResult) -> None:
    """Prove that each picture of the task is drawn in every language.

    Every other picture must belong to a shown check.
    """
    for number, declared in enumerate(exercise.model.pictures):
        for check in declared.check:
            if check not in exercise.hidden_checks:
                continue
            where = f"{exercise.course.relative(exercise.folder / 'exercise.yaml')}: "
            what = phrase("{{check}} is not displayed", check=check)
            advice = phrase("name a check that is shown")
            proof.found(f"{where}pictures[{number}].check", what, advice)
    for lang in exercise.course.index.languages:
        for id_, picture in of_task(exercise, lang).items():
            _prove_caption(exercise, proof, id_, picture)
            _prove_drawn(picture, exercise)


class Picturing:
    """The pictures of checks on the calls of known answers, under one seed."""

    def __init__(
        self, exercise: LoadedExercise, proof: ValidationResult, replay: Replay, seed: int
    ) -> None:
        self.exercise = exercise
        self.proof = proof
        self.replay = replay
        self.seed = seed
        self._makers = makers(exercise)

    def reference(self, judged: JudgedReport) -> None:
        """Prove that each picture is drawn of the reference with its caption, and of any result."""
        for declared, pictures in self._pictures("the reference", judged):
            made = [picture for picture in pictures if picture is not None]
            if not made:
                what = phrase("draws nothing of the reference")
                self._found(declared.id, what, phrase("let it return a Picture for what is right"))
            for picture in made[:1]:
                _prove_caption(self.exercise, self.proof, declared.id, picture)
                self._bears_anything(declared, judged)

    def wrong(self, name: str, judged: JudgedReport) -> None:
        """Prove that no picture raises on the results of a known wrong answer."""
        for _ in self._pictures(name, judged):
            pass

    def _pictures(
        self, name: str, judged: JudgedReport
    ) -> Iterator[tuple[DeclaredPicture, list[Picture | None]]]:
        for declared in self.exercise.model.pictures:
            if not declared.check:
                continue
            make = self._makers[declared.id]
            yield declared, list(self._made(name, declared, make, judged))

    def _bears_anything(self, declared: DeclaredPicture, judged: JudgedReport) -> None:
        """Prove that no picture raises, or grows, on a result that no exercise asks for."""
        make = self._makers[declared.id]
        for check in declared.check:
            for recorded in judged.calls.get(check, [])[:1]:
                right = self.replay("", recorded.call)
                if not isinstance(right, Returned):
                    continue
                for name, got in hostile(right.value):
                    odd = replace(recorded, outcome=replace(right, value=got))
                    _, picture = self._tried(name, declared, make, odd)
                    size = len(picture.drawing.model_dump_json()) if picture is not None else 0
                    if size > MOST_BYTES:
                        what = phrase("is too large of {{answer}}", answer=name)
                        self._found(declared.id, what, phrase("leave out more of it"))

    def _made(
        self, name: str, declared: DeclaredPicture, make: Callable[..., Any], judged: JudgedReport
    ) -> Iterator[Picture | None]:
        for recorded in chain.from_iterable(judged.calls.get(one, []) for one in declared.check):
            fine, picture = self._tried(name, declared, make, recorded)
            if not fine:
                return
            yield picture

    def _tried(
        self, name: str, declared: DeclaredPicture, make: Callable[..., Any], recorded: RecordedCall
    ) -> tuple[bool, Picture | None]:
        """Return whether a call can be drawn in every form, and its picture; record exceptions."""
        try:
            picture = made_of(make, recorded, self.replay("", recorded.call))
            if picture is not None:
                _prove_drawn(picture, self.exercise)
        except Exception as error:  # noqa: BLE001 - the author's code
            what = beside(
                phrase("cannot be drawn of {{answer}}", answer=name),
                f"{type(error).__name__}: {error}",
            )
            advice = phrase("let it return a Picture or None, whatever the result")
            self._found(declared.id, what, advice)
            return False, None
        return True, picture

    def _found(self, id_: str, what: Phrase, advice: Phrase) -> None:
        where = f"{self.exercise.course.relative(self.exercise.pictures_file)}: {id_}"
        self.proof.found(where, what, advice, seed=self.seed)


def _prove_drawn(picture: Picture, exercise: LoadedExercise) -> None:
    """Draw a picture in every form and language; exceptions propagate."""
    for lang in exercise.course.index.languages:
        t = Translator(lang)
        picture.drawing.lines(t, 80)
        picture.drawing.alternative(t)
        picture.drawing.scene(t)


def _prove_caption(
    exercise: LoadedExercise, proof: ValidationResult, id_: str, picture: Picture
) -> None:
    caption = exercise.written_prose("en").front.pictures.get(id_, {}).get(CAPTION, "")
    lacking = sorted(placeholders(caption) - picture.args.keys())
    if lacking:
        where = f"{exercise.course.relative(exercise.prose_file('en'))}: pictures.{id_}.{CAPTION}"
        what = phrase("the picture has nothing for {{names}}", names=lacking)
        advice = phrase("give its arguments to Picture, or take them out")
        proof.found(where, what, advice)
