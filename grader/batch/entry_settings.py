"""The decisions of a batch for each entry: seed, device, report files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.judge.processes.devices import device_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.batch.plan import GradingTask
    from grader.batch.seeds import Seeds
    from grader.course.devices import Device, One
    from grader.course.loading import LoadedExercise
    from grader.report.models import Report


class BatchPolicy:
    """One seed for all entries, the requested device, and files for every report.

    ``choose`` says which device of an exercise that is.
    """

    def __init__(
        self,
        seed: int,
        device: One = "cpu",
        choose: Callable[[LoadedExercise, One], Device] = device_for,
    ) -> None:
        self.seed = seed
        self.device = device
        self._choose = choose

    def seed_of(self, _entry: GradingTask, _submission: str) -> int:
        """Return the seed of the inputs of an entry, whose submission has that `submission_id`."""
        return self.seed

    def device_of(self, exercise: LoadedExercise) -> Device:
        """Return the device of an exercise.

        Raises:
            SystemFaultError: CUDA was asked for and does not compute here.

        """
        return self._choose(exercise, self.device)

    def writes(self, _entry: GradingTask, _report: Report) -> bool:
        """Whether the report files of an entry are written."""
        return True


class ClassPolicy(BatchPolicy):
    """The seeds of earlier judgements of the same submissions."""

    def __init__(
        self,
        seeds: Seeds,
        device: One,
        choose: Callable[[LoadedExercise, One], Device] = device_for,
    ) -> None:
        super().__init__(seeds.seed, device, choose)
        self._seeds = seeds

    def seed_of(self, _entry: GradingTask, submission: str) -> int:
        """Return the seed of an earlier judgement of the submission, else that of the run."""
        return self._seeds.of(submission)
