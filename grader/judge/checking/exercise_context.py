"""The judge's state for one exercise, shared by all its submissions."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from grader.course.models import CodeExercise
from grader.course.sealed import sealed_results_name
from grader.judge.checking.call_plan import CallPlan
from grader.judge.checking.function_namespace import ReferenceNamespace
from grader.judge.failures import AuthorError
from grader.judge.processes.outcomes import OutOfMemory
from grader.judge.processes.pipelined_program import PipelinedProgram
from grader.judge.processes.sandboxed_program import (
    REFERENCE,
    FunctionCall,
    ProgramSource,
    SandboxedProgram,
)
from grader.judge.processes.source_inspector import SourceInspector
from grader.judge.reading.helper_modules import importable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np

    from grader.course.devices import Device
    from grader.course.loading import LoadedExercise
    from grader.judge.checking.function_namespace import RecordedCall
    from grader.judge.checking.sealed_results import SealedResults
    from grader.judge.processes.outcomes import Outcome
    from grader.judge.processes.student_processes import ProcessFactory
    from grader.judge.reading.submission import Submission

# Entries of each cache; beyond them it is cleared, so that a large batch does not fill the memory.
KEPT_RESULTS = 4096


def _data(exercise: LoadedExercise) -> dict[str, dict[str, np.ndarray]]:
    """Return the arrays of each collection that an exercise names; read-only."""
    if not exercise.data_files:
        return {}
    from grader.judge.checking.datasets import read_arrays  # noqa: PLC0415 - imports NumPy

    return {name: read_arrays(file) for name, file in exercise.data_files.items()}


class ExerciseContext:
    """One code exercise, ready to evaluate submissions on a device under a seed.

    Raises:
        CourseError: on construction, if a collection of arrays is missing or broken.

    """

    def __init__(
        self, exercise: LoadedExercise, factory: ProcessFactory, device: Device, seed: int
    ) -> None:
        if not isinstance(exercise.model, CodeExercise):
            raise TypeError("only code exercises have a context")
        self.exercise = exercise
        self.model = exercise.model
        self.factory = factory
        self.device = device
        self.seed = seed
        self.looker = SourceInspector(exercise)
        self.data = _data(exercise)
        self.plan = CallPlan(exercise.model.limits.cpu_seconds)
        self.noted: Callable[[FunctionCall, Outcome], None] = lambda _call, _outcome: None
        self._kept: dict[bytes, Outcome] = {}
        self._replayed: dict[tuple[str, bytes | int], tuple[FunctionCall, Outcome]] = {}
        self._reference: SandboxedProgram | None = None
        self._misconception: tuple[str, SandboxedProgram] | None = None
        self.failing: dict[tuple[str, str], bool] = {}  # by misconception and check
        if exercise.course.is_kit:
            self.failing |= {
                (name, check): fails
                for fails, table in ((False, exercise.sealed.passes), (True, exercise.sealed.fails))
                for name, checks in table.items()
                for check in checks
            }

    @cached_property
    def pictures(self) -> dict[str, Callable[..., Any]]:
        """The functions of pictures.py, by the picture that they draw."""
        from grader.pictures.making import makers  # noqa: PLC0415 - most exercises have none

        return makers(self.exercise)

    def program(self, filename: str, source: str) -> ProgramSource:
        """Return a source together with the files that this exercise provides."""
        return ProgramSource(
            filename,
            source,
            {name: len(parameters) for name, parameters in self.model.functions.items()},
            self.exercise.drive_source,
            self.exercise.given_sources,
            self.device,
        )

    def submitted(self, submission: Submission) -> PipelinedProgram:
        """Return a submission as a callable program."""
        program = replace(
            self.program(submission.name, submission.source),
            helpers=importable(submission.helpers, self.exercise.given_sources),
            cells=submission.cells,
            cell_numbers=submission.cell_numbers,
            tolerant=True,
        )
        return PipelinedProgram(self.factory, program, self.model.limits)

    def author(self) -> SandboxedProgram:
        """Return the reference as a callable program, loaded."""
        if self._reference is None:
            self._reference = self._of_author(REFERENCE)
        loaded = self._reference.load()
        if not hasattr(loaded, "value"):
            raise AuthorError(f"reference.py: {loaded}")
        return self._reference

    def reference(self) -> ReferenceNamespace:
        """Return the reference as checks call it."""
        if len(self._kept) > KEPT_RESULTS:
            self._kept.clear()
        return ReferenceNamespace(self.author(), self._kept, self.noted)

    def replay(self, name: str, call: FunctionCall) -> Outcome:
        """Make a call of a misconception, or of the unmodified reference (the empty name)."""
        # A call with a function that cannot be written as text is identified by its object: it is
        # kept with its outcome, so that its id is not reused.
        key = (name, call.expressed or id(call))
        if name == REFERENCE and call.digest in self._kept:
            return self._kept[call.digest]
        if len(self._replayed) > KEPT_RESULTS:
            self._replayed.clear()
        if key not in self._replayed:
            self._replayed[key] = (call, self._replay(name, call))
        return self._replayed[key][1]

    def _replay(self, name: str, call: FunctionCall) -> Outcome:
        sandboxed = self.author() if name == REFERENCE else self.misconception(name)
        sandboxed.begin_check(0)  # results are shared by submissions of any seed
        return sandboxed.call(call)

    def exceeds_card(self, call: FunctionCall) -> bool:
        """Return True if the reference runs out of the graphics card's memory in this call."""
        return isinstance(self.replay(REFERENCE, call), OutOfMemory)

    def misconception(self, name: str) -> SandboxedProgram:
        """Return a known wrong answer as a callable program."""
        if self._misconception is None or self._misconception[0] != name:
            if self._misconception is None or self.exercise.course.is_kit:
                sandboxed = self._of_author(name)
            else:
                sandboxed = self._misconception[1]
                sandboxed.load_instead(self._source_of_author(name))
            self._misconception = (name, sandboxed)
        return self._misconception[1]

    def _of_author(self, name: str) -> SandboxedProgram:
        """Return a program of the author's, in a students' kit its results."""
        if not self.exercise.course.is_kit:
            program = self._source_of_author(name)
            return SandboxedProgram(self.factory, program, self.model.limits, trusted=True)
        from grader.judge.checking.sealed_results import SealedProgram  # noqa: PLC0415 - kits only

        source = self.program(f"{name}.py", "")
        sealed = SealedProgram(self.factory, source, self.model.limits, trusted=True)
        sealed.name, sealed.results = name, self._sealed
        return sealed

    def _source_of_author(self, name: str) -> ProgramSource:
        if name == REFERENCE:
            return self.program("reference.py", self.exercise.reference_source)
        return self.program(f"{name}.py", self.exercise.misconception_source(name))

    @cached_property
    def _sealed(self) -> SealedResults:
        from grader.judge.checking.sealed_results import read_results  # noqa: PLC0415 - as above

        return read_results(self.exercise.folder / sealed_results_name(self.device))

    def is_known(self, calls: Iterable[RecordedCall]) -> bool:
        """Return True if the right results of calls are known: in a kit some may not be."""
        if not self.exercise.course.is_kit:
            return True
        return all((REFERENCE, one.call.expressed) in self._sealed for one in calls)

    def close(self) -> None:
        """End the author's processes, and the process that inspects submissions."""
        self.looker.close()
        for sandboxed in (self._reference, self._misconception and self._misconception[1]):
            if sandboxed is not None:
                sandboxed.end()
