"""Jobs as a worker receives them: judged one after the other, each answered with its report."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO

from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.checking.bare_reports import fault_report, unreadable_report
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge, Options
from grader.questions.answers import read_answers
from grader.report.localise import localise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grader.course.devices import Device
    from grader.course.loading import Course, LoadedExercise
    from grader.judge.processes.early_start import EarlyStart
    from grader.judge.reading.submission import Submission
    from grader.judge.run import JudgedReport
    from grader.report.models import Report
    from grader.wire.levels import Level


@dataclass(frozen=True)
class ReceivedJob:
    """One submission as it was received."""

    id: int
    exercise: str
    name: str
    data: bytes
    seed: int
    device: Device

    @classmethod
    def of(cls, line: bytes) -> ReceivedJob:
        """Parse a job from its line."""
        sent = json.loads(line)
        data = base64.b64decode(sent["data"])
        given = (sent["id"], sent["exercise"], sent["name"], data, sent["seed"])
        return cls(*given, sent["device"])


class Worker:
    """Judges jobs as they come, with one Judge for consecutive ones of the same exercise."""

    def __init__(
        self,
        course: Course,
        required_level: Level,
        lines: BinaryIO,
        answer: Callable[[bytes], None],
        early: EarlyStart,
    ) -> None:
        """``early``: for the first exercise, where it fits."""
        self.course = course
        self.options = Options(required_level=required_level, ahead=True, pipelined=True)
        self._early = early
        self._lines = lines
        self._answer = answer
        self._next: ReceivedJob | None = None
        self._judging: ReceivedJob | None = None  # received and not answered yet
        self._faulty = False  # the student's side may be broken: start a new one

    def serve(self) -> None:
        """Judge until the input ends."""
        while (job := self._peek()) is not None:
            self._serve(self.course.exercise(job.exercise), job.device)

    def _peek(self) -> ReceivedJob | None:
        """Return the next job without removing it."""
        if self._next is None and (line := self._lines.readline()).endswith(b"\n"):
            self._next = ReceivedJob.of(line)
        return self._next

    def _take(self) -> ReceivedJob:
        job = self._peek()
        assert job is not None  # noqa: S101 - the callers have peeked
        self._next, self._judging = None, job
        return job

    def _serve(self, exercise: LoadedExercise, device: Device) -> None:
        """Judge the jobs of one exercise; an error costs only one of them.

        All of them are judged on the same device.
        """
        self._faulty = False
        try:
            with Judge(exercise, replace(self.options, device=device), self._early.open) as judge:
                self._early.close()  # what the first exercise has no use for
                judge.judge_each(self._submissions(exercise), self._deliver)
        except Exception as error:  # noqa: BLE001 - a report is always made; it names the fault
            if self._judging is None and self._peek() is not None:
                self._take()
            if self._judging is not None:
                self._reply(fault_report(exercise, error))

    def _submissions(self, exercise: LoadedExercise) -> Iterator[Submission]:
        while (job := self._peek()) is not None and job.exercise == exercise.model.id:
            self._take()
            try:
                kind, called = exercise.model.kind, exercise.is_called
                submission = read_bytes(job.data, job.name, kind, called)
                if exercise.model.kind != "code":
                    asked = [question.id for question in exercise.quiz.questions]
                    read_answers(submission.source, submission.name, asked)
            except UnreadableSubmissionError as error:
                self._reply(unreadable_report(exercise, error))
                continue
            yield replace(submission, seed=job.seed)
            if self._faulty:
                return

    def _deliver(self, judged: JudgedReport) -> None:
        self._faulty = blames_system(judged.report)
        self._reply(judged.report)

    def _reply(self, report: Report) -> None:
        assert self._judging is not None  # noqa: S101
        report_json = localise(report, self.course, "en").model_dump_json()
        job, self._judging = self._judging, None
        self._answer(b'{"id":%d,"report":%b}\n' % (job.id, report_json.encode()))


def blames_system(report: Report) -> bool:
    """Return True if the grader or its machine kept a submission from being judged."""
    parts = [report.load, *report.checks]
    blamed = any(part is not None and part.blame == "system" for part in parts)
    return report.status == "ungraded" and blamed
