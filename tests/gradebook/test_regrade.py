"""Judging again: whose grade changes, and whose stays."""

from decimal import Decimal

import pytest

from grader.gradebook.regrade import CHUNK, Versions, regrade
from grader.gradebook.store import File

NEW = Versions("new", "0.1.0", 17)


class Judge:
    """Judges by what the file says; counts what it was asked."""

    def __init__(self, report, versions=NEW):
        self.report = report
        self.found = versions
        self.judged = []

    def versions(self, course, exercise):
        return self.found if (course, exercise) == ("nn", "ex11") else None

    def judge(self, exercise, files):
        assert exercise == "ex11"
        self.judged += files
        return [self._report(file.data.decode()) for file in files]

    def _report(self, said):
        if said == "breaks":
            return self.report(0, "ungraded", grading_hash="new")
        return self.report(int(said), grading_hash="new")


@pytest.fixture
def judge(report):
    return Judge(report)


@pytest.fixture
def hand_in(store, report):
    """Record an attempt with some points whose file will be worth others."""

    def hand_in(student, points, later, status="graded", grading_hash="old"):
        file = File("ex11.py", str(later).encode())
        kept = report(points, status, grading_hash=grading_hash, handed_in=None)
        return store.record(kept, student, student.upper(), report_path="old.json", file=file)

    return hand_in


def test_who_changes_from_what_to_what_and_why(store, hand_in, judge):
    hand_in("s1", 4, 6)
    hand_in("s2", 5, 5)
    one, two = regrade(store, judge)
    assert (one.attempt.student, one.change.old_points, one.change.new_points) == ("s1", 4, 6)
    assert one.change.why == "grading_hash"
    assert two.change is None
    assert [grade.points for grade in store.grades()] == [6, 5]
    (attempt,) = store.history("s1").attempts
    assert attempt.report_path is None  # what lies there is not this judgement
    assert store.report(attempt).student == "s1"


def test_once_is_enough(store, hand_in, judge):
    hand_in("s1", 4, 6)
    list(regrade(store, judge))
    assert list(regrade(store, judge)) == []
    assert len(judge.judged) == 1
    assert len(store.history("s1").changes) == 1


def test_a_dry_run_tells_the_same_and_changes_nothing(store, hand_in, judge):
    hand_in("s1", 4, 6)
    (told,) = regrade(store, judge, dry_run=True)
    assert (told.change.old_points, told.change.new_points) == (4, 6)
    history = store.history("s1")
    assert (history.attempts[0].points, history.changes) == (4, [])
    assert history.attempts[0].report_path == "old.json"


def test_a_judgement_that_fails_keeps_the_old_grade(store, hand_in, judge):
    hand_in("s1", 4, "breaks")
    (result,) = regrade(store, judge)
    assert (result.problem, result.change) == ("ungraded", None)
    assert store.grade("s1", "ex11").points == 4
    assert store.history("s1").attempts[0].report_path == "old.json"


def test_what_failed_before_is_always_judged_again(store, hand_in, judge):
    hand_in("s1", 0, 6, "ungraded", grading_hash="new")
    (result,) = regrade(store, judge)
    assert (result.change.old_points, result.change.new_points) == (None, 6)


@pytest.mark.parametrize(
    ("versions", "why"),
    [
        (Versions("old", "0.2.0", 17), "grader_version"),
        (Versions("old", "0.1.0", 18), "seed"),
    ],
)
def test_another_version_or_seed_judges_again(store, hand_in, report, versions, why):
    hand_in("s1", 4, 6)
    judge = Judge(report, versions)
    judge._report = lambda said: report(
        int(said), grading_hash="old", version=versions.grader_version, seed=versions.seed
    )
    (result,) = regrade(store, judge)
    assert result.change.why == why


def test_a_teachers_mark_survives(store, hand_in, judge):
    hand_in("s1", 4, 6)
    store.mark("s1", "ex11", Decimal(9), "oral", "teacher")
    (result,) = regrade(store, judge)
    assert result.change.new_points == 6
    assert store.grade("s1", "ex11").points == 9


def test_what_cannot_be_judged_is_told(store, report, judge):
    store.record(report(4, grading_hash="old"), "s1", "Zoë")
    foreign = report(4, handed_in="b")
    foreign.exercise.id = "ex99"
    store.record(foreign, "s1", "Zoë")
    results = list(regrade(store, judge))
    assert [result.problem for result in results] == ["no_file", "no_exercise"]
    assert store.grade("s1", "ex11").points == 4


def test_only_the_named_exercises(store, hand_in, judge):
    hand_in("s1", 4, 6)
    assert list(regrade(store, judge, ["ex12"])) == []
    assert len(list(regrade(store, judge, ["ex11"]))) == 1


def test_an_interruption_loses_one_chunk_at_most(store, hand_in, judge):
    for number in range(CHUNK + 1):
        hand_in(f"s{number:03}", 4, 6)
    results = regrade(store, judge)
    for _ in range(CHUNK):
        next(results)
    results.close()
    assert sum(grade.points == 6 for grade in store.grades()) == CHUNK
    assert len(list(regrade(store, judge))) == 1
