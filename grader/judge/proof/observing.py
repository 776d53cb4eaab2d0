"""Proving the observations of an exercise: false of what is right, told of what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.judge.observations.own import Wrong, listed
from grader.judge.outcomes import Returned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.course.loading import LoadedExercise
    from grader.judge.diagnosis import Replay
    from grader.judge.observations.own import Observation
    from grader.judge.proof.problem import Proof
    from grader.judge.run import Judged
    from grader.report.models import Report


class Observing:
    """The observations of an exercise before the results of its known answers, under one seed."""

    def __init__(self, exercise: LoadedExercise, proof: Proof, replay: Replay, seed: int) -> None:
        self.exercise = exercise
        self.proof = proof
        self.replay = replay
        self.seed = seed

    def reference(self, judged: Judged) -> None:
        """No observation is true of a right result, nor raises on one."""
        for fact in self._facts(judged):
            true_in = [check for check, wrong in _right(judged) if fact.of(wrong) is not None]
            if true_in:
                what = f"is true of the reference in {true_in[0]}"
                self._found(fact.id, what, "let it return False for what is right")
            self._raised(fact, "the reference")

    def wrong(self, name: str, judged: Judged) -> None:
        """No observation raises on the results of a known wrong answer."""
        for fact in self._facts(judged):
            for wrong in self._wrong(judged):
                fact.of(wrong)
            self._raised(fact, name)

    def observed(self, name: str, report: Report) -> None:
        """An observation is told of its own wrong answer, in one check at least."""
        told = {check.observation for check in report.checks if check.observation}
        named = {check.misconception for check in report.checks if check.misconception}
        file = self.exercise.answers / "observed" / f"{name}.py"
        where = self.exercise.course.relative(file)
        if report.status == "ungraded":
            self.proof.found(where, "breaks a check", "let the check judge it instead")
        elif all(check.status == "passed" for check in report.checks):
            advice = "add a check that catches it, or take the observation out"
            self.proof.found(where, "passes every check", advice, seed=self.seed)
        elif name not in told:
            what = f"is told {', '.join(sorted(told | named)) or 'no observation'}"
            advice = "write a wrong answer of which this is the first that is true"
            self.proof.found(where, what, advice, seed=self.seed)

    def _facts(self, judged: Judged) -> list[Observation]:
        return listed(self.exercise.code.observations, judged.observations)

    def _wrong(self, judged: Judged) -> Iterator[Wrong]:
        for calls in judged.calls.values():
            for recorded in calls:
                if isinstance(recorded.outcome, Returned):
                    right = self.replay("", recorded.call)
                    if isinstance(right, Returned):
                        yield Wrong(recorded.call, recorded.outcome.value, right.value)

    def _raised(self, fact: Observation, of: str) -> None:
        if fact.noticed:
            what = f"is not proved of {of}: {fact.noticed[0]}"
            self._found(fact.id, what, "let it return False, True or a dict, whatever the result")

    def _found(self, name: str, what: str, advice: str) -> None:
        where = f"{self.exercise.course.relative(self.exercise.checks_file)}: {name}"
        self.proof.found(where, what, advice, seed=self.seed)


def _right(judged: Judged) -> Iterator[tuple[str, Wrong]]:
    """Yield the results of the reference, each in the place of the wrong and of the right one."""
    for check, calls in judged.calls.items():
        for recorded in calls:
            if isinstance(recorded.outcome, Returned):
                value = recorded.outcome.value
                yield check, Wrong(recorded.call, value, value)
