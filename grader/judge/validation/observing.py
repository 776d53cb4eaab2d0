"""Proof of the observations of an exercise: false for right results, reported for their subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.course.phrases import Phrase, beside, phrase
from grader.judge.feedback.observations.own import Wrong, listed
from grader.judge.processes.outcomes import Returned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.course.loading import LoadedExercise
    from grader.judge.feedback.diagnosis import Replay
    from grader.judge.feedback.observations.own import Observation
    from grader.judge.run import JudgedReport
    from grader.judge.validation.problem import ValidationResult
    from grader.report.models import Report


class Observing:
    """The observations of an exercise on the results of its known answers, under one seed."""

    def __init__(
        self, exercise: LoadedExercise, proof: ValidationResult, replay: Replay, seed: int
    ) -> None:
        self.exercise = exercise
        self.proof = proof
        self.replay = replay
        self.seed = seed

    def reference(self, judged: JudgedReport) -> None:
        """Prove that no observation is true of a right result, nor raises on one."""
        for fact in self._facts(judged):
            true_in = [check for check, wrong in _right(judged) if fact.of(wrong) is not None]
            if true_in:
                what = phrase("is true of the reference in {{check}}", check=true_in[0])
                self._found(fact.id, what, phrase("let it return False for what is right"))
            self._raised(fact, "the reference")

    def wrong(self, name: str, judged: JudgedReport) -> None:
        """Prove that no observation raises on the results of a known wrong answer."""
        for fact in self._facts(judged):
            for wrong in self._wrong(judged):
                fact.of(wrong)
            self._raised(fact, name)

    def observed(self, name: str, report: Report) -> None:
        """Prove that an observation is reported for its own wrong answer, in one check at least."""
        told = {check.observation for check in report.checks if check.observation}
        named = {check.misconception for check in report.checks if check.misconception}
        file = self.exercise.answers / "observed" / f"{name}.py"
        where = self.exercise.course.relative(file)
        if report.status == "ungraded":
            self.proof.found(
                where, phrase("breaks a check"), phrase("let the check judge it instead")
            )
        elif all(check.status == "passed" for check in report.checks):
            advice = phrase("add a check that catches it, or take the observation out")
            self.proof.found(where, phrase("passes every check"), advice, seed=self.seed)
        elif name not in told:
            what = phrase("is told no observation")
            if told | named:
                what = phrase("is told {{names}}", names=sorted(told | named))
            advice = phrase("write a wrong answer of which this is the first that is true")
            self.proof.found(where, what, advice, seed=self.seed)

    def _facts(self, judged: JudgedReport) -> list[Observation]:
        return listed(self.exercise.code.observations, judged.observations)

    def _wrong(self, judged: JudgedReport) -> Iterator[Wrong]:
        for calls in judged.calls.values():
            for recorded in calls:
                if isinstance(recorded.outcome, Returned):
                    right = self.replay("", recorded.call)
                    if isinstance(right, Returned):
                        yield Wrong(recorded.call, recorded.outcome.value, right.value)

    def _raised(self, fact: Observation, of: str) -> None:
        if fact.noticed:
            what = phrase("is not proved of {{answer}}", answer=of)
            what = beside(what, fact.noticed[0])
            advice = phrase("let it return False, True or a dict, whatever the result")
            self._found(fact.id, what, advice)

    def _found(self, name: str, what: Phrase, advice: Phrase) -> None:
        where = f"{self.exercise.course.relative(self.exercise.checks_file)}: {name}"
        self.proof.found(where, what, advice, seed=self.seed)


def _right(judged: JudgedReport) -> Iterator[tuple[str, Wrong]]:
    """Yield the results of the reference, each as both the wrong and the right one."""
    for check, calls in judged.calls.items():
        for recorded in calls:
            if isinstance(recorded.outcome, Returned):
                value = recorded.outcome.value
                yield check, Wrong(recorded.call, value, value)
