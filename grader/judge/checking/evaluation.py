"""One submission under evaluation: its processes, its checks one after the other, their results.

The plugin runs the checks through this class, under `grade` and under plain pytest alike.
"""

from __future__ import annotations

import hashlib
import inspect
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from grader.errors import GraderError
from grader.judge.checking.check_record import CheckRecord, Rehearsal
from grader.judge.failures import (
    AuthorError,
    CallFailedError,
    CheckFailedError,
    ComparedResult,
    Finding,
    NotRunError,
    SystemFaultError,
)
from grader.judge.feedback.conclusions import PASSED, Conclusion, conclude
from grader.judge.feedback.hardcoded_device import with_idiom
from grader.judge.feedback.loading import conclude_load, has_callable_function
from grader.judge.processes.hanging import TimeOuts
from grader.judge.processes.load_notes import lost_names, notes_of
from grader.judge.processes.outcomes import TimedOut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import numpy as np

    from grader.course.loading import LoadedExercise
    from grader.course.models import CodeExercise
    from grader.judge.checking.exercise_context import ExerciseContext
    from grader.judge.checking.function_namespace import (
        ReferenceNamespace,
        StudentNamespace,
    )
    from grader.judge.processes.load_notes import LoadNote
    from grader.judge.processes.pipeline import ExpectedCall
    from grader.judge.processes.pipelined_program import PipelinedProgram
    from grader.judge.processes.sandboxed_program import SandboxedProgram
    from grader.judge.reading.submission import Submission
    from grader.judge.validation.single_checks import Spoil
    from grader.report.models import Output, Visibility

OURS = (CheckFailedError, CallFailedError, NotRunError, SystemFaultError)


class Evaluation:
    """One code submission and all that is found out about it.

    ``only``: the checks to run, all if empty. ``pictures``: whether passed checks have theirs as
    well. ``names``: whether mistakes are recognised. ``pipelined``: whether calls that are known
    are sent ahead.
    """

    def __init__(
        self,
        context: ExerciseContext,
        submission: Submission,
        convert: Callable[[Any], Any] = lambda value: value,
        spoil: Spoil | None = None,
        *,
        only: frozenset[str] = frozenset(),
        pictures: bool = False,
        names: bool = True,
        pipelined: bool = False,
    ) -> None:
        self.exercise_context = context
        self.submission = submission
        self.records: dict[str, CheckRecord] = {}
        self.load: Conclusion | None = None
        self.faults: list[str] = []  # what broke in the exercise, for its author
        self.only = only
        self.pictures = pictures
        self.names = names
        self.apart = False  # whether checks are run that need others which did not pass
        # After a fault of a card each call needs a fresh process.
        self.pipelined = pipelined and context.device != "cuda"
        self.places: Sequence[int] = ()  # of the checks of this phase, from the current one on
        self.functions: Mapping[str, Callable[..., Any]] = {}  # of checks.py, which show a run
        self.observations: Mapping[str, Callable[..., Any]] = {}  # of checks.py, by name
        self.tied: Mapping[str, Sequence[str]] = {}  # misconceptions that fit equally, by check
        self.usable = False  # whether any asked function can be called
        self._lost: Mapping[str, LoadNote] = {}
        self._convert = convert
        self._spoil = spoil
        self._programs: dict[bool, PipelinedProgram] = {}
        shown = TimeOuts()
        self._time_outs = {"shown": shown, "hidden": TimeOuts(shown)}
        self._subject: StudentNamespace | None = None
        self._rng: np.random.Generator | None = None

    @property
    def exercise(self) -> LoadedExercise:
        """The exercise that this submission answers."""
        return self.exercise_context.exercise

    @property
    def model(self) -> CodeExercise:
        """The structure of the exercise."""
        return self.exercise_context.model

    def open(self) -> None:
        """Load the submission, once."""
        if self.load is None:
            outcome = self.program(shown=True).load()
            self.load = conclude_load(
                outcome,
                self.model,
                self.submission,
                self.exercise.given_sources,
                self.exercise.stub_source,
            )
            self._lost = lost_names(notes_of(outcome))
            self.usable = has_callable_function(outcome, self.model)

    @property
    def blank(self) -> Finding | None:
        """The finding about the first blank that is not filled in yet."""
        found = () if self.load is None else self.load.findings
        return next((finding for finding in found if finding.id == "note.blank"), None)

    def program(self, *, shown: bool) -> PipelinedProgram:
        """Return the process for shown checks, or the fresh one for hidden ones."""
        if shown not in self._programs:
            if not shown:
                # State may persist between the checks of one process, but never from shown to
                # hidden ones.
                self.program(shown=True).end()
            self._programs[shown] = self.exercise_context.submitted(self.submission)
            if not shown:
                self._programs[shown].skip = self._programs[True].skip
                self._programs[shown].cautious = self._programs[True].cautious
        return self._programs[shown]

    def record(self, check: str, visibility: Visibility = "shown") -> CheckRecord:
        """Return the record of a check."""
        return self.records.setdefault(check, CheckRecord(check, visibility))

    def charged_seconds(self) -> float:
        """Return the seconds that are charged to the budget: see `Meter.charge`."""
        return sum(program.charged() for program in self._programs.values())

    def skip_if_not_runnable(self, check: str, needed: tuple[str, ...]) -> None:
        """Skip a check that cannot be run, or whose result would mean nothing.

        Raises:
            NotRunError: with the reason.

        """
        self.open()
        devices = self.model.checks[check].devices
        device = self.exercise_context.device
        if devices is not None and device not in devices:
            args = {"device": device, "devices": ", ".join(devices)}
            id_ = "not_run.device_sim" if "sim" in devices else "not_run.device"
            raise NotRunError("device", Finding(id_, args))
        if not self.usable:
            raise NotRunError("load", Finding("not_run.load"))
        for other in needed:
            if self.apart or (self.only and other not in self.only):
                continue
            record = self.records.get(other)
            if record is None or record.conclusion is not PASSED:
                raise NotRunError("needs", Finding("not_run.needs", {"check": other}))
        if self._overspent():
            id_ = "not_run.budget_waiting" if self._waited() else "not_run.budget"
            seconds = self.model.limits.budget_seconds
            raise NotRunError("budget", Finding(id_, {"seconds": seconds}))

    def _waited(self) -> bool:
        """Return True if most of the charged seconds were spent waiting."""
        computed = sum(program.cpu_used() for program in self._programs.values())
        return computed < self.charged_seconds() / 2

    def _overspent(self) -> bool:
        return self.charged_seconds() > self.model.limits.budget_seconds

    def student(self, check: str, visibility: Visibility) -> StudentNamespace:
        """Return the namespace that the check calls ``student``."""
        from grader.judge.checking.function_namespace import StudentNamespace  # noqa: PLC0415 - a quiz needs no NumPy

        record = self.record(check, visibility)
        program = self.program(shown=visibility == "shown")
        time_outs = self._time_outs["shown" if visibility == "shown" else "hidden"]
        on_card = self.exercise_context.device == "cuda"
        exceeds_card = self.exercise_context.exceeds_card if on_card else None
        self._subject = StudentNamespace(
            program, record.calls, self._convert, self._spoil, time_outs, exceeds_card
        )
        return self._subject

    def reference(self) -> ReferenceNamespace:
        """Return the reference."""
        return self.exercise_context.reference()

    def rng(self, check: str) -> np.random.Generator:
        """Return the generator of a check: the same for every submission and every repeat."""
        import numpy as np  # noqa: PLC0415

        self._rng = np.random.default_rng(self.seed(check))
        return self._rng

    @property
    def drawn_from(self) -> int:
        """The seed of all inputs: the submission's, else that of the course."""
        own = self.submission.seed
        return self.exercise_context.seed if own is None else own

    def seed(self, check: str) -> int:
        """Return the seed of a check."""
        return _seed(f"{self.drawn_from}:{self.model.id}:{check}")

    def student_seed(self, check: str) -> int:
        """Return the seed of the generators in the student process, unrelated to that of the check.

        A submission can read and print it, so it is derived from nothing secret.
        """
        return _seed(f"{self.model.id}:{check}:student")

    def run(self, check: str, visibility: Visibility, body: Callable[[], object]) -> None:
        """Run the body of a check; the exception that it raises decides how it ended."""
        record = self.record(check, visibility)
        program = self.program(shown=visibility == "shown")
        if self.pipelined and self.places:
            program.expect(self.places, self._known_calls)
        before = program.cpu_used()
        rng, subject = self._rng, self._subject
        if subject is not None:
            record.rehearsals.append(Rehearsal(body, subject, rng, _state(rng)))
        try:
            with self._comparing(record):
                self._run_with_retry(record, program, body)
        finally:
            used = program.cpu_used() - before
            record.cpu_seconds += used
            if program.left is not None:
                self.exercise_context.plan.forget(program.left)
        if self.pipelined and self.places:
            self._learn(program, used)

    def _known_calls(self, place: int) -> Sequence[ExpectedCall] | None:
        return self.exercise_context.plan.calls(self.drawn_from, place)

    def _learn(self, program: PipelinedProgram, used: float) -> None:
        """Note the calls of the current check, which was passed."""
        plan, place = self.exercise_context.plan, self.places[0]
        if program.differs:
            plan.forget(place)
        plan.learn(self.drawn_from, place, program.made, used)

    def would_fail(self, name: str, check: str) -> bool:
        """Return True if a misconception fails a check that the submission has passed."""
        key = (name, check)
        if key not in self.exercise_context.failing:
            record = self.records[check]
            self.exercise_context.failing[key] = any(
                self._fails(name, record, rehearsal) for rehearsal in record.rehearsals
            )
        return self.exercise_context.failing[key]

    def _fails(self, name: str, record: CheckRecord, rehearsal: Rehearsal) -> bool:
        program = self.exercise_context.misconception(name)
        noted = list(record.calls), list(record.remarks)
        if rehearsal.rng is not None:
            rehearsal.rng.bit_generator.state = rehearsal.state
        try:
            with (
                rehearsal.subject.acting_as(program),
                self._comparing(CheckRecord(record.id)),
            ):
                program.begin_check(self.student_seed(record.id))
                rehearsal.body()
        except Exception:  # noqa: BLE001 - however it ends, it does not pass
            return True
        finally:
            record.calls[:], record.remarks[:] = noted
        return False

    def _run_with_retry(
        self, record: CheckRecord, program: SandboxedProgram, body: Callable[[], object]
    ) -> None:
        rewind = self._bookmark(record)
        try:
            try:
                self._attempt(record, program, body)
            except CallFailedError as error:
                waited = isinstance(error.outcome, TimedOut) and error.outcome.waiting
                if not waited or self._overspent():
                    raise
                if self._subject is not None and not self._subject.may_try_again:
                    raise
                # Wall time ran out, not CPU time: the machine may have been busy. Retry once.
                rewind()
                self._attempt(record, program, body)
        except (*OURS, AssertionError, ReturnedValueError):
            raise
        except Exception as error:  # noqa: BLE001 - whose fault it is, is found out
            rewind()
            self._blame(record, body, error)

    def _bookmark(self, record: CheckRecord) -> Callable[[], None]:
        """Return the function that undoes an attempt, but not those with other parameters."""
        rng = self._rng
        state = _state(rng)
        notes: list[list[Any]] = [
            record.calls,
            record.comparisons,
            record.measurements,
            record.remarks,
        ]
        lengths = [len(noted) for noted in notes]

        def rewind() -> None:
            for noted, length in zip(notes, lengths, strict=True):
                del noted[length:]
            if rng is not None:
                rng.bit_generator.state = state

        return rewind

    def _attempt(
        self, record: CheckRecord, program: SandboxedProgram, body: Callable[[], object]
    ) -> None:
        program.begin_check(self.student_seed(record.id))
        program.begin_printing()
        try:
            returned = body()
        finally:
            record.printed = program.printed()
        if returned is not None:
            raise ReturnedValueError(record.id, returned)

    def _blame(self, record: CheckRecord, body: Callable[[], object], error: Exception) -> None:
        """Decide who is to blame for a check that broke: the author, if it breaks on the reference.

        Else the submission returned something that the check did not expect. It may be right in a
        form that the author did not foresee, so a teacher reviews it.
        """
        fault = f"{record.id}: {type(error).__name__}: {error}"
        broken = error if isinstance(error, AuthorError) else AuthorError(fault)
        if self._subject is None:  # no call preceded the error: the check breaks by itself
            raise broken
        calls = list(record.calls)
        try:
            with self._subject.acting_as(self.exercise_context.author()):
                self.exercise_context.author().begin_check(self.student_seed(record.id))
                body()
        except Exception:  # noqa: BLE001 - any failure on the reference is the author's
            raise broken from None
        finally:
            record.calls[:] = calls
        raise CheckCrashedError from error

    @contextmanager
    def _comparing(self, record: CheckRecord) -> Iterator[None]:
        from grader.judge.checking.bars import Noted, noted  # noqa: PLC0415
        from grader.judge.checking.compare import CheckContext, setting  # noqa: PLC0415
        from grader.judge.feedback.precision import coarsest_epsilon  # noqa: PLC0415

        calls = self.records[record.id].calls

        def coarsest() -> float:
            inputs = [[*one.call.args, *one.call.kwargs.values()] for one in calls]
            return coarsest_epsilon(inputs)

        here = CheckContext(
            self.model.tolerance,
            self.exercise_context.device,
            record.comparisons,
            "torch" in self.model.libraries,
            coarsest,
        )
        token = setting.set(here)
        measured = noted.set(Noted(record.measurements))
        try:
            yield
        finally:
            noted.reset(measured)
            setting.reset(token)

    def conclude(self, check: str, error: BaseException | None) -> Conclusion:
        """Record how a check ended. A later phase can only make the result worse."""
        record = self.record(check)
        if isinstance(error, CheckCrashedError):
            found = (Finding("check.unexpected_value"),)
            conclusion = Conclusion("needs_review", found, "author")
        else:
            conclusion = conclude(error, check, self.submission, self._lost, self.blank)
            conclusion = with_idiom(
                conclusion, self.submission, self.model, self.exercise_context.device
            )
        if conclusion.blame in {"author", "system"}:
            self.faults.append(f"{check}: {type(error).__name__}: {error}")
        if record.conclusion is None or record.conclusion is PASSED:
            record.conclusion = conclusion
            program = self._programs.get(record.visibility == "shown")
            if conclusion is not PASSED and program is not None:
                program.cautious = True
            record.looked_at = _looked_at(error)
        return conclusion

    def output(self) -> Output:
        """Return the end of the submission's output during shown checks."""
        from grader.report.models import Output  # noqa: PLC0415 - a report, at the very end

        tail = self.program(shown=True).tail
        return Output(text=tail.kept.decode("utf-8", "backslashreplace"), dropped=tail.dropped)

    def card(self) -> tuple[str | None, int | None]:
        """Return the name of the graphics card used, and the peak of its memory in bytes."""
        programs = self._programs.values()
        names = [program.card for program in programs if program.card is not None]
        peaks = [peak for one in programs if (peak := one.peak_bytes()) is not None]
        return next(iter(names), None), max(peaks, default=None)

    def close(self) -> None:
        """End all processes of the submission, and wait for their end."""
        for program in self._programs.values():
            program.end()
        self.exercise_context.factory.settle()


@contextmanager
def quietly() -> Iterator[None]:
    """Suppress warnings that values of a submission raise in the judge.

    They would show a path and a line of a check on the terminal.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _state(rng: np.random.Generator | None) -> Any:
    return None if rng is None else rng.bit_generator.state


def _seed(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:7])


class ReturnedValueError(AuthorError):
    """The check returned a value, such as a comparison; only an exception can fail a check."""

    def __init__(self, check: str, value: object) -> None:
        if inspect.iscoroutine(value):
            value.close()  # or Python warns that it was never awaited
        super().__init__(f"{check}: returns a value")


class CheckCrashedError(GraderError):
    """The submission returned a value that made the check itself fail."""


def _looked_at(error: BaseException | None) -> ComparedResult | None:
    """Return the subject of a check's exception: a result, or a call that did not return."""
    if isinstance(error, CallFailedError):
        return ComparedResult(outcome=error.outcome)
    return error.looked_at if isinstance(error, CheckFailedError) else None
