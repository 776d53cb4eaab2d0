"""What the tests of the engine share: classes made up in memory, and what becomes of them."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from grader.batch.coordinator import BatchOptions, Coordinator
from grader.batch.models import Intake, MatchedFile, Student
from grader.batch.observer import BatchObserver
from grader.batch.plan import BatchFolder, entries
from grader.batch.result_cache import GradingEnvironment
from grader.course.loading import Course
from grader.course.locate import builtin_root
from grader.student.sandbox.probe import probe

TINY = Path(__file__).resolve().parents[2] / "courses" / "tiny"
SEED = 20260101


def ignored(_first, _second):
    """Listen and do nothing."""


class Listener(BatchObserver):
    """Passes on what it is told to functions."""

    def __init__(self, told=ignored, recorded=ignored, started=None):
        self.told = told
        self.recorded = recorded
        self.started = started

    def worker_started(self, pid):
        if self.started is not None:
            self.started(pid)

    def entry_judged(self, entry, report):
        self.recorded(entry, report)

    def row_done(self, status, *, stored):
        self.told(status, stored)


class Batch:
    """Grades submissions, given as (student, exercise, text), into a folder."""

    def __init__(self, folder, course):
        self.folder = folder
        self.course = course
        self.pids = []
        self.on_start = self.pids.append

    def entries(self, submissions, roster=()):
        handed = [
            MatchedFile(
                student=student,
                name=student.title(),
                exercise=exercise,
                file=f"{student}/{exercise}{'.yaml' if exercise == 'ex02' else '.py'}",
                read=text.encode if isinstance(text, str) else text,
                submitted_at="2026-01-02T03:04:05Z",
            )
            for student, exercise, text in submissions
        ]
        students = [Student(name, name.title()) for name in roster]
        ids = {exercise for _, exercise, _ in submissions} or {"ex01"}
        exercises = [each for each in self.course.exercises() if each.model.id in ids]
        return entries(Intake(handed, [], students), exercises, roster=bool(roster))

    def run(
        self,
        planned,
        *,
        workers=1,
        out="out",
        lang="en",
        told=ignored,
        recorded=ignored,
        early=None,
    ):
        folder = BatchFolder(self.folder / out)
        try:
            circumstances = GradingEnvironment.here(SEED, probe().level)
            manner = BatchOptions(lang, workers, 0, early=early)
            observers = [Listener(told, recorded, self.on_start)]
            coordinator = Coordinator(
                self.course, folder, planned, circumstances, manner, observers=observers
            )
            return coordinator.run()
        finally:
            folder.close()

    def grade(self, *submissions, roster=(), **options):
        return self.run(self.entries(submissions, roster), **options)

    def points(self, graded):
        return {(row.student, row.exercise): (row.status, row.reached) for row in graded.rows}


@pytest.fixture
def tiny(tmp_path):
    """Batches of the tiny course."""
    return Batch(tmp_path, Course(TINY))


@pytest.fixture
def course(tmp_path):
    """Batches of the built-in course."""
    return Batch(tmp_path, Course(builtin_root()))


@pytest.fixture
def reports():
    """Read all reports below a folder, without what may differ between equal runs."""

    def read(folder):
        found = {}
        for path in sorted(folder.glob("reports/**/*.json")):
            report = json.loads(path.read_text(encoding="utf-8"))
            del report["run"]
            found[str(path.relative_to(folder))] = report
        return found

    return read


@pytest.fixture
def four():
    """All points of ex01 of the tiny course."""
    return ("graded", Decimal(4))
