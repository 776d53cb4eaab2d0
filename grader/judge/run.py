"""Judging submissions of one exercise: the only entry point of every command."""

from __future__ import annotations

import platform
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from grader.course.errors import CourseError
from grader.course.models import CodeExercise, QuestionExercise
from grader.course.phrases import phrase
from grader.judge.checking.bare_reports import RunClock, fault_report
from grader.judge.checking.observer import SILENT, EvaluationObserver, JudgeObserver
from grader.judge.checking.report_parts import (
    check_results,
    exercise_info,
    finalise_report,
    load_result,
)
from grader.judge.failures import Finding, SystemFaultError
from grader.judge.processes.open_factory import open_process_factory
from grader.judge.processes.student_processes import ProcessFactory, SandboxOptions
from grader.judge.questions.observer import QuizObserver
from grader.report.causes import causes_of
from grader.report.models import Isolation, Report
from grader.wire.levels import HIGHEST, LOWEST, NO_OPEN, Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from grader.course.devices import Device
    from grader.course.loading import LoadedExercise
    from grader.judge.checking.bars import Measurement
    from grader.judge.checking.compare import RecordedComparison
    from grader.judge.checking.evaluation import Evaluation
    from grader.judge.checking.exercise_context import ExerciseContext
    from grader.judge.checking.function_namespace import RecordedCall
    from grader.judge.checking.plugin import JudgePlugin
    from grader.judge.questions.quiz import QuizEvaluation
    from grader.judge.reading.submission import Submission
    from grader.judge.validation.single_checks import Spoil


@dataclass(frozen=True)
class Options:
    """Settings of a judge: device, seed, isolation level."""

    device: Device = "cpu"
    seed: int | None = None  # None: the public seed of the course
    max_level: Level = HIGHEST
    required_level: Level = LOWEST
    of_author: bool = False  # the author's own answers are judged: the reference is no copy
    ahead: bool = False  # fork the next process while this one is judged: for many submissions
    pipelined: bool = False  # send calls ahead that are known from submissions before
    only: frozenset[str] = frozenset()  # the checks that are run; all where none is named
    pictures: bool = False  # make those of checks that passed as well
    names: bool = True  # recognise mistakes: what only measures needs no names
    apart: bool = False  # run each check, however those ended that it needs
    observer: JudgeObserver = SILENT


@dataclass(frozen=True, eq=False)
class JudgedReport:
    """A report and, for the proof of an exercise, the records behind it.

    ``comparisons``, ``calls`` and ``measurements`` of the submission are those of each check, and
    ``tied`` the misconceptions that fit equally well there; ``observations`` are the functions of
    checks.py that observe facts.
    """

    report: Report
    comparisons: dict[str, list[RecordedComparison]]
    calls: Mapping[str, list[RecordedCall]] = field(default_factory=dict)
    observations: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    tied: Mapping[str, Sequence[str]] = field(default_factory=dict)
    measurements: Mapping[str, list[Measurement]] = field(default_factory=dict)


class Judge:
    """Judges submissions of one exercise. Starts the student's side at once; close it after use."""

    def __init__(
        self,
        exercise: LoadedExercise,
        options: Options | None = None,
        opened: Callable[[SandboxOptions], ProcessFactory] = open_process_factory,
    ) -> None:
        """Start the student's side of a code exercise, by ``opened``."""
        self.exercise = exercise
        self.options = self._context_options = options or Options()
        self.factory: ProcessFactory | None = None
        self._exercise_context: ExerciseContext | None = None
        model = exercise.model
        if isinstance(model, CodeExercise):
            # Before slow imports: the student's side warms up on another core.
            course = str(exercise.course.root)
            self.factory = opened(
                SandboxOptions(
                    tuple(model.libraries),
                    (course,),
                    self.options.max_level,
                    self.options.ahead,
                    self.options.device,
                    model.optimisers,
                )
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all processes."""
        if self._exercise_context is not None:
            self._exercise_context.close()
        if self.factory is not None:
            self.factory.close()

    def judge(self, submission: Submission) -> Report:
        """Judge one submission. The report's texts are still empty: see `report.localise`.

        Raises:
            UnreadableSubmissionError: the answer file cannot be read.
            SystemFaultError: the student's side cannot be started.

        """
        return next(iter(self.judge_all([submission]))).report

    def judge_all(
        self,
        submissions: Iterable[Submission],
        convert: Callable[[Any], Any] = lambda value: value,
        spoil: Spoil | None = None,
    ) -> list[JudgedReport]:
        """Judge submissions one after the other; checks are collected once.

        ``convert`` changes every argument of a call to the submission, ``spoil`` every value that
        it returns: the proof of an exercise lets the reference compute in float32, or be wrong.
        """
        done: list[JudgedReport] = []
        self.judge_each(submissions, done.append, convert, spoil)
        return done

    def judge_each(
        self,
        submissions: Iterable[Submission],
        deliver: Callable[[JudgedReport], None],
        convert: Callable[[Any], Any] = lambda value: value,
        spoil: Spoil | None = None,
    ) -> None:
        """Judge submissions as they come, delivering each result before requesting the next."""
        if isinstance(self.exercise.model, QuestionExercise):
            self._quizzes(submissions, deliver, self.exercise.model)
        else:
            self._code(submissions, deliver, convert, spoil)

    def _quizzes(
        self,
        submissions: Iterable[Submission],
        deliver: Callable[[JudgedReport], None],
        model: QuestionExercise,
    ) -> None:
        from grader.judge.checking.pytest_run import run  # noqa: PLC0415 - pytest takes its time
        from grader.judge.questions.quiz import QuizEvaluation, QuizPlugin  # noqa: PLC0415

        self._prove_key()
        clock = RunClock()
        evaluations = (QuizEvaluation(self.exercise, submission) for submission in submissions)
        delivery = _QuizDelivery(self, deliver, clock)
        plugin = QuizPlugin(model.questions, evaluations, delivery)
        run(self.exercise.folder / "exercise.yaml", plugin)

    def _prove_key(self) -> None:
        """Refuse a key that no answer can meet, since it would cost students their points."""
        if self.exercise.course.is_kit:  # what was sealed had been proved
            return
        from grader.questions.keys import faults_of  # noqa: PLC0415 - quizzes only

        for place, *problem in faults_of(self.exercise):
            raise CourseError(self.exercise.answers / "key.yaml", place, *problem)

    def _code(
        self,
        submissions: Iterable[Submission],
        deliver: Callable[[JudgedReport], None],
        convert: Callable[[Any], Any],
        spoil: Spoil | None,
    ) -> None:
        from grader.judge.checking.evaluation import Evaluation  # noqa: PLC0415
        from grader.judge.checking.plugin import CHECKS, JudgePlugin  # noqa: PLC0415
        from grader.judge.checking.pytest_run import run  # noqa: PLC0415

        if not self.exercise.checks_file.is_file():
            what = phrase("there is no such file")
            raise CourseError(self.exercise.checks_file, "", what, phrase("write it"))
        context = self.exercise_context()
        clock = RunClock()

        def evaluations() -> Iterator[Evaluation]:
            # Waits for the student's side, which warms up while pytest starts and collects the
            # checks.
            self._require_isolation()
            for submission in submissions:
                evaluation = Evaluation(
                    *(context, submission, convert, spoil),
                    only=self.options.only,
                    pictures=self.options.pictures,
                    names=self.options.names,
                    pipelined=self.options.pipelined,
                )
                evaluation.apart = self.options.apart
                yield evaluation

        delivery = _Delivery(self, deliver, clock)
        plugin = JudgePlugin(evaluations(), delivery, only=self.options.only)
        run(self.exercise.folder / CHECKS, plugin)

    def for_pytest(self, submission: Submission) -> tuple[object, Callable[[], Report]]:
        """Return the plugin for a pytest run that is under way, and what makes its report."""
        clock = RunClock()
        if isinstance(self.exercise.model, QuestionExercise):
            from grader.judge.questions.quiz import QuizEvaluation, QuizPlugin  # noqa: PLC0415

            self._prove_key()
            answered = QuizEvaluation(self.exercise, submission)
            quiz = QuizPlugin(self.exercise.model.questions, evaluation=answered)
            return quiz, lambda: self.quiz_report(answered, clock)
        from grader.judge.checking.evaluation import Evaluation  # noqa: PLC0415
        from grader.judge.checking.plugin import JudgePlugin  # noqa: PLC0415

        context = self.exercise_context()
        evaluation = Evaluation(context, submission)
        plugin = JudgePlugin(evaluation=evaluation)

        def report() -> Report:
            made = self.report_or_fault(plugin, evaluation, clock)
            evaluation.close()
            return made

        return plugin, report

    def exercise_context(self) -> ExerciseContext:
        """Return the state that all submissions of the exercise share."""
        from grader.judge.checking.exercise_context import ExerciseContext  # noqa: PLC0415 - imports NumPy

        if self._exercise_context is not None and self._context_options != self.options:
            self._exercise_context.close()
            self._exercise_context = None
        if self._exercise_context is None:
            self._context_options = self.options
            assert self.factory is not None  # noqa: S101 - code exercises have one
            seed = self.options.seed
            if seed is None:
                seed = self.exercise.course.index.seed
            self._exercise_context = ExerciseContext(
                self.exercise, self.factory, self.options.device, seed
            )
            self._exercise_context.looker.tells_copies &= not self.options.of_author
        return self._exercise_context

    def _require_isolation(self) -> None:
        assert self.factory is not None  # noqa: S101
        level = Level(self.factory.hello["isolation"]["level"])
        if self.options.device == "cuda" and level == NO_OPEN:
            raise SystemFaultError(Finding("system.cuda_level"))
        needed = self.options.required_level
        if level < needed:
            args = {"level": level.label, "needed": needed.label}
            raise SystemFaultError(Finding("system.isolation", args))

    def report_or_fault(
        self, plugin: JudgePlugin, evaluation: Evaluation, clock: RunClock
    ) -> Report:
        """Return the report of a code submission, or of checks that cannot be imported."""
        if plugin.broken is not None:
            return fault_report(self.exercise, plugin.broken)
        evaluation.observations = plugin.observations
        evaluation.functions = plugin.programs
        return self.report_of(evaluation, list(plugin.faults(evaluation.model)), clock)

    def report_of(self, evaluation: Evaluation, faults: list[str], clock: RunClock) -> Report:
        """Return the report of a code submission."""
        assert self.factory is not None  # noqa: S101
        hello = self.factory.hello
        report = self._blank(evaluation.submission)
        report.load = load_result(evaluation.load)
        report.checks = check_results(evaluation)
        if evaluation.only:
            report.partial = True
            report.maximum = sum((check.maximum for check in report.checks), Decimal(0))
        report.device = self.options.device
        report.seed = evaluation.drawn_from
        report.isolation = Isolation.model_validate(hello["isolation"])
        report.output = evaluation.output()
        report.run = clock.run(hello["versions"])
        report.run.card, report.run.card_bytes = evaluation.card()
        report.run.cpu_seconds = {
            name: round(record.cpu_seconds, 6) for name, record in evaluation.records.items()
        }
        report.run.faults = [*faults, *evaluation.faults]
        finalise_report(report)
        if any(check.status != "passed" for check in report.checks):
            from grader.judge.checking.causes import causes  # noqa: PLC0415 - not for a pass

            report.causes = causes(report, evaluation)
        return report

    def quiz_report(self, evaluation: QuizEvaluation, clock: RunClock) -> Report:
        """Return the report of answers to questions."""
        report = self._blank(evaluation.submission)
        report.load = evaluation.load_result()
        report.checks = evaluation.check_results()
        report.run = clock.run({"python": platform.python_version()})
        report.run.faults = list(evaluation.faults.values())
        finalise_report(report)
        report.causes = causes_of(report)
        return report

    def _blank(self, submission: Submission) -> Report:
        return Report(
            exercise=exercise_info(self.exercise),
            status="graded",
            reachable=Decimal(self.exercise.model.maximum),
            maximum=Decimal(self.exercise.model.maximum),
            submission_hash=submission.hash,
            grading_hash=self.exercise.grading_hash,
            text_hash=self.exercise.text_hash,
        )


class _QuizDelivery(QuizObserver):
    """Makes and delivers the report of each quiz."""

    def __init__(
        self, judge: Judge, deliver: Callable[[JudgedReport], None], clock: RunClock
    ) -> None:
        self._judge = judge
        self._deliver = deliver
        self._clock = clock

    def evaluated(self, evaluation: QuizEvaluation) -> None:
        """Deliver a report."""
        self._deliver(JudgedReport(self._judge.quiz_report(evaluation, self._clock), {}))


class _Delivery(EvaluationObserver):
    """Makes and delivers the report of each submission, with the records behind it."""

    def __init__(
        self, judge: Judge, deliver: Callable[[JudgedReport], None], clock: RunClock
    ) -> None:
        self._judge = judge
        self._deliver = deliver
        self._clock = clock

    def check_begun(self, check: str, visibility: str) -> None:
        """Notify the observer of the options."""
        self._judge.options.observer.check_begun(check, visibility)

    def evaluated(self, plugin: JudgePlugin, evaluation: Evaluation) -> None:
        """Deliver a report, after the submission's processes have ended."""
        report = self._judge.report_or_fault(plugin, evaluation, self._clock)
        records = evaluation.records.items()
        comparisons = {name: record.comparisons for name, record in records}
        calls = {name: record.calls for name, record in records}
        measured = {name: record.measurements for name, record in records}
        evaluation.close()
        self._deliver(
            JudgedReport(
                report, comparisons, calls, evaluation.observations, evaluation.tied, measured
            )
        )
