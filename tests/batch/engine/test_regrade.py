"""Judging a gradebook again: by workers, with the stored results and reports of a batch."""

import json
import os
import shutil
import signal

import pytest
from support.text_blocks import block

pytest.importorskip("sqlalchemy")
from sqlalchemy import select

from grader.batch.coordinator import BatchOptions
from grader.batch.observer import BatchObserver
from grader.batch.plan import BatchFolder
from grader.batch.recorder import Recorder
from grader.batch.regrade import RegradeRun
from grader.batch.result_cache import GradingEnvironment
from grader.course.loading import Course
from grader.gradebook.models import Attempt
from grader.gradebook.store import Store
from grader.gradebook.undo import Decision, Undo
from grader.student.sandbox.probe import probe

pytestmark = pytest.mark.slow

RIGHT = block("""
    def double(x):
        return 2 * x
""")
SQUARED = block("""
    def double(x):
        return x ** 2
""")
SEED = 20260101


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "gradebook.sqlite") as store:
        yield store


@pytest.fixture
def mended(tiny):
    """Change the exercise of the batch: whoever squared was right all along."""

    def mended(reference=SQUARED):
        root = shutil.copytree(tiny.course.root, tiny.folder / "course", dirs_exist_ok=True)
        (root / "answers/ex01_double/reference.py").write_text(reference)
        tiny.course = Course(root)

    return mended


def graded(tiny, store, *submissions, out="out"):
    """Grade and record, as the command does."""
    recorder = Recorder(store)
    tiny.run(tiny.entries(submissions), out=out, recorded=recorder.entry_judged)
    recorder.flush()


class Again(BatchObserver):
    """One regrade; ``judged`` is how many were not found among the results."""

    def __init__(self, tiny, store, *, told=lambda *_: None, **options):
        circumstances = GradingEnvironment.here(SEED, probe().level)
        self.judged = 0
        self.told = told
        self.regrading = RegradeRun(store, tiny.course, circumstances, **options)
        folder = BatchFolder(tiny.folder / "out")
        try:
            planned = self.regrading.plan()
            manner = BatchOptions("en", 2, 0)
            self.regrading.judge(planned, folder, manner, [self])
        finally:
            folder.close()

    def row_done(self, status, *, stored):
        self.judged += not stored
        self.told(status, stored)

    @property
    def changes(self):
        found = (one for one in self.regrading.done if one.change is not None)
        return {
            one.attempt.student: (one.change.old_points, one.change.new_points, one.change.why)
            for one in found
        }


def points_in(tiny, student):
    path = tiny.folder / "out" / "reports" / student / "ex01-1.json"
    return json.loads(path.read_text("utf-8"))["reached"]


def test_who_changes_and_why_and_the_reports_are_written_anew(tiny, store, mended):
    graded(tiny, store, ("ann", "ex01", RIGHT), ("bob", "ex01", SQUARED), ("cyd", "ex01", "x ="))
    assert Again(tiny, store).regrading.done == []
    mended()
    again = Again(tiny, store, reports=True)
    assert again.changes == {"ann": (4, 0, "grading_hash"), "bob": (0, 4, "grading_hash")}
    assert (points_in(tiny, "ann"), points_in(tiny, "bob")) == (0, 4)
    assert {one.report_path for one in store.attempts()} == {
        f"reports/{student}/ex01-1.json" for student in ("ann", "bob", "cyd")
    }
    assert Again(tiny, store).regrading.done == []


def test_a_dry_run_changes_neither_grades_nor_reports_but_spares_the_next_one(tiny, store, mended):
    graded(tiny, store, ("ann", "ex01", RIGHT))
    mended()
    dry = Again(tiny, store, reports=True, dry_run=True)
    assert dry.changes == {"ann": (4, 0, "grading_hash")}
    assert (store.grade("ann", "ex01").points, points_in(tiny, "ann")) == (4, 4)
    wet = Again(tiny, store, reports=True)
    assert wet.changes == dry.changes
    assert (dry.judged, wet.judged) == (1, 0)
    assert (store.grade("ann", "ex01").points, points_in(tiny, "ann")) == (0, 0)


def test_a_regrade_draws_the_inputs_from_the_seed_of_the_attempt(tiny, store, mended):
    graded(tiny, store, ("ann", "ex01", RIGHT), ("bob", "ex01", SQUARED))
    with store.session(writes=True) as session:
        for attempt in session.scalars(select(Attempt)):
            attempt.seed = 3 if attempt.student == "ann" else None  # as one that was never judged
    mended()
    Again(tiny, store)
    assert {one.student: one.seed for one in store.attempts()} == {"ann": 3, "bob": SEED}


def test_merged_and_removed_students_are_regraded_as_they_count(tiny, store, mended):
    graded(tiny, store, *((name, "ex01", SQUARED) for name in ("ann", "bob", "cyd")))
    undo = Undo(store)
    undo.merge("ann", "bob", Decision("the same", "Eve"))
    undo.remove_student("cyd", Decision("left", "Eve"))
    mended()
    assert set(Again(tiny, store).changes) == {"ann", "bob"}
    assert store.grade("bob", "ex01").points == 4


def test_without_a_folder_of_reports_none_is_written(tiny, store, mended):
    graded(tiny, store, ("ann", "ex01", RIGHT))
    mended()
    assert Again(tiny, store).changes
    assert points_in(tiny, "ann") == 4
    assert store.attempts()[0].report_path is None


def test_of_attempts_with_one_number_the_last_one_has_the_file(tiny, store, mended):
    graded(tiny, store, ("ann", "ex01", RIGHT))
    graded(tiny, store, ("ann", "ex01", SQUARED))
    mended()
    Again(tiny, store, reports=True)
    first, last = store.attempts()
    assert (first.report_path, last.report_path) == (None, "reports/ann/ex01-1.json")
    assert points_in(tiny, "ann") == 4


def test_of_attempts_with_one_number_the_one_handed_in_again_has_the_file(tiny, store, mended):
    for text in (RIGHT, SQUARED, RIGHT):
        graded(tiny, store, ("ann", "ex01", text))
    mended()
    Again(tiny, store, reports=True)
    first, last = store.attempts()
    assert (first.report_path, last.report_path) == ("reports/ann/ex01-1.json", None)
    assert (points_in(tiny, "ann"), store.grade("ann", "ex01").points) == (0, 0)


def test_where_judging_fails_grade_and_report_stay(tiny, store, mended):
    graded(tiny, store, ("ann", "ex01", RIGHT))
    mended("this is no Python")
    again = Again(tiny, store, reports=True)
    assert [one.problem for one in again.regrading.done] == ["ungraded"]
    assert (store.grade("ann", "ex01").points, points_in(tiny, "ann")) == (4, 4)
    assert store.attempts()[0].report_path == "reports/ann/ex01-1.json"


def test_an_interruption_keeps_what_was_judged(tiny, store, mended):
    submissions = [(f"s{number}", "ex01", f"{SQUARED}# {number}\n") for number in range(8)]
    graded(tiny, store, *submissions)
    mended()
    told = []

    def stop(*_):
        told.append(1)
        if len(told) == 3:
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        Again(tiny, store, told=stop)
    kept = sum(grade.points == 4 for grade in store.grades())
    assert 3 <= kept < 8
    assert len(Again(tiny, store).changes) == 8 - kept
    assert {grade.points for grade in store.grades()} == {4}
