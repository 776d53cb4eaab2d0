"""Quizzes and lines exercises in the judge: pytest items made from the questions and their keys."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from grader.course.models import Question, QuestionExercise
from grader.judge.checking.pytest_run import run_items
from grader.judge.failures import AuthorError, CheckFailedError, Finding
from grader.judge.questions.observer import UNHEARD, QuizObserver
from grader.questions.answers import read_answers, unknown_questions
from grader.questions.score import points, score
from grader.questions.scored import zero_with_message
from grader.report.models import CheckResult, KeyPoint, LoadResult, Message

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from pathlib import Path

    from grader.course.loading import LoadedExercise
    from grader.course.models import Key
    from grader.judge.reading.submission import Submission
    from grader.questions.answers import Answer
    from grader.questions.scored import Scored
    from grader.report.models import CheckStatus


class QuizEvaluation:
    """One answer file and the score of each question.

    Raises:
        UnreadableSubmissionError: on construction, if the file is no answer file.

    """

    def __init__(self, exercise: LoadedExercise, submission: Submission) -> None:
        self.exercise = exercise
        self.submission = submission
        asked = [question.id for question in self.questions]
        self.answers = read_answers(submission.source, submission.name, asked)
        self.scores: dict[str, Scored] = {}
        self.faults: dict[str, str] = {}

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions of the exercise."""
        assert isinstance(self.exercise.model, QuestionExercise)  # noqa: S101 - by construction
        return self.exercise.model.questions

    def answer(self, question: Question) -> None:
        """Score the answer to a question.

        Raises:
            CheckFailedError: it is not wholly right.

        """
        listing = self.exercise.listing(question.listing) if question.listing else None
        answer = self.answers.get(question.id)
        key = self._key(question, answer, listing or "")
        scored = score(question, key, answer, listing)
        if question.id in self.answers.twice:
            name, line = self.answers.twice[question.id]
            scored = zero_with_message("quiz.twice", key=name, line=line)
        damage = self.answers.damaged.get(question.id)
        # Control characters are harmless if there is other text, or no answer at all.
        harmless = scored.text is not None or (answer is not None and scored.unanswered)
        if damage is not None and not harmless:
            scored = zero_with_message(damage.id, **damage.arguments)
        self.scores[question.id] = scored
        if scored.fraction != 1:
            raise CheckFailedError(*(Finding(name, args) for name, args in scored.feedback))

    def _key(self, question: Question, answer: Answer, listing: str) -> Key:
        """Return the key of a question: in a students' kit as far as this answer opens it."""
        if self.exercise.course.is_kit:
            from grader.questions.sealing import opened_key  # noqa: PLC0415 - kits only

            sealed = self.exercise.sealed.questions.get(question.id)
            if sealed is None:
                raise AuthorError(f"sealed.json: questions.{question.id} is missing")
            return opened_key(question, sealed, answer, listing)
        key = self.exercise.key.questions.get(question.id)
        if key is None:
            raise AuthorError(f"key.yaml: questions.{question.id} is missing")
        return key

    def load_result(self) -> LoadResult:
        """Return the load phase: passed, with findings about text that is no answer."""
        before = self.answers.before
        stray = [] if before is None else [Message(id=before.id, args=before.arguments)]
        unknown = unknown_questions(self.answers, self.questions)
        feedback = [_about_unknown(name, near) for name, near in unknown]
        return LoadResult(status="passed", feedback=[*stray, *feedback])

    def check_results(self) -> list[CheckResult]:
        """Return one result for every question, in order."""
        return [self._result(question) for question in self.questions]

    def _result(self, question: Question) -> CheckResult:
        scored = self.scores.get(question.id)
        if scored is None or question.id in self.faults:
            fault = Message(id="author.missing_check", args={"check": question.id})
            return CheckResult(
                id=question.id,
                maximum=Decimal(question.points),
                status="error",
                blame="author",
                feedback=[fault],
            )
        status = _status(scored)
        return CheckResult(
            id=question.id,
            maximum=Decimal(question.points),
            reached=points(question, scored.fraction),
            status=status,
            blame="student" if status == "failed" else None,
            misconception=scored.mistake,
            feedback=[Message(id=name, args=args) for name, args in scored.feedback],
            key_points=self._key_points(question) if status == "needs_review" else [],
            answer=scored.text,
        )

    def _key_points(self, question: Question) -> list[KeyPoint]:
        if self.exercise.course.is_kit:  # they say what a good text says
            return []
        key = self.exercise.key.questions[question.id]
        return [KeyPoint(id=id_, points=Decimal(n)) for id_, n in key.key_points.items()]


def _status(scored: Scored) -> CheckStatus:
    if scored.unanswered:
        return "unanswered"
    if scored.text is not None:
        return "needs_review"
    return "passed" if scored.fraction == 1 else "failed"


def _about_unknown(name: str, near: str | None) -> Message:
    if near is None:
        return Message(id="quiz.unknown_question", args={"id": name})
    return Message(id="quiz.unknown_question_near", args={"id": name, "found": near})


class QuestionItem(pytest.Item):
    """One question, as pytest runs it."""

    def __init__(self, *, question: Question, plugin: QuizPlugin, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.question = question
        self.plugin = plugin

    def runtest(self) -> None:
        """Score the answer in the current evaluation."""
        if self.plugin.evaluation is None:
            raise AuthorError("questions are scored only with a submission")
        self.plugin.evaluation.answer(self.question)


class QuestionFile(pytest.File):
    """exercise.yaml of a quiz or lines exercise, as pytest collects it."""

    plugin: QuizPlugin

    def collect(self) -> Iterator[QuestionItem]:
        """Yield one item for each question."""
        for question in self.plugin.questions:
            item: QuestionItem = QuestionItem.from_parent(
                self, name=question.id, question=question, plugin=self.plugin
            )
            yield item


class QuizPlugin:
    """Runs the questions of one exercise for evaluation after evaluation.

    ``evaluation``: the one that pytest's own loop runs.
    """

    def __init__(
        self,
        questions: tuple[Question, ...],
        evaluations: Iterable[QuizEvaluation] | None = None,
        observer: QuizObserver = UNHEARD,
        *,
        evaluation: QuizEvaluation | None = None,
    ) -> None:
        self.questions = questions
        self.evaluations = evaluations
        self.observer = observer
        self.evaluation = evaluation

    @pytest.hookimpl(tryfirst=True)
    def pytest_collect_file(
        self, file_path: Path, parent: pytest.Collector
    ) -> pytest.Collector | None:
        """Collect the questions of an exercise."""
        if file_path.name != "exercise.yaml":
            return None
        collected: QuestionFile = QuestionFile.from_parent(parent, path=file_path)
        collected.plugin = self
        return collected

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Score all questions for each evaluation."""
        if self.evaluations is None:
            return None
        for evaluation in self.evaluations:
            self.evaluation = evaluation
            run_items(session.items, self._conclude, again=False)
            self.observer.evaluated(evaluation)
        return True

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: QuestionItem, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Record errors under plain pytest."""
        report = yield
        self._conclude(item, None if call.excinfo is None else call.excinfo.value)
        return report

    def _conclude(self, item: pytest.Item, error: BaseException | None) -> None:
        """Record an error of the key, which never costs the student a point."""
        if error is None or isinstance(error, CheckFailedError) or self.evaluation is None:
            return
        assert isinstance(item, QuestionItem)  # noqa: S101 - this plugin collected it
        self.evaluation.faults[item.question.id] = f"{type(error).__name__}: {error}"
