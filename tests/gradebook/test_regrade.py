"""Judging again: what is outdated, whose grade changes, and whose stays."""

from decimal import Decimal

import pytest

from grader.gradebook.regrade import NewJudgement, RegradeOutcome, apply_regrade, outdated
from grader.gradebook.store import SubmittedFile
from grader.report.models import Isolation

KERNEL = Isolation(level=2, name="kernel")
VERSIONS = {"nn-grader": "0.1.0", "python": "3.11.7", "numpy": "2.4.6", "torch": "2.13.0+cpu"}
TODAY = {
    "grading_hash": "new",
    "grader_version": "0.1.0",
    "seed": 17,
    "python": "3.11.7",
    "numpy": "2.4.6",
    "torch": "2.13.0",
    "isolation": 2,
}


@pytest.fixture
def judged(report):
    """Make a judgement of so many points under today's circumstances, or some of others."""

    def judged(points, status="graded", versions=None, **others):
        today = {"grading_hash": "new", "seed": 17, "isolation": KERNEL}
        made = report(points, status, **{**today, **others})
        made.run.versions = {**VERSIONS, **(versions or {})}
        return made

    return judged


@pytest.fixture
def hand_in(store):
    """Record an attempt, as it was judged at the time."""

    def hand_in(student, report, number=1):
        kept = report.model_copy(update={"submission_hash": None, "attempt": number})
        file = SubmittedFile("ex11.py", f"{student} {number}".encode())
        return store.record(kept, student, student.upper(), report_path="old.json", file=file)

    return hand_in


def found(store, today=TODAY):
    def circumstances(course, exercise):
        return today if (course, exercise) == ("nn", "ex11") else None

    return list(outdated(store, store.attempts(), circumstances))


def test_what_was_judged_under_today_s_circumstances_is_left_alone(store, hand_in, judged):
    hand_in("s1", judged(4))
    assert found(store) == []


@pytest.mark.parametrize(
    ("old", "why"),
    [
        ({"grading_hash": "old"}, "grading_hash"),
        ({"versions": {"nn-grader": "0.0.9"}}, "grader_version"),
        ({"seed": 18}, "seed"),
        ({"versions": {"python": "3.11.6"}}, "python"),
        ({"versions": {"numpy": "2.4.5", "torch": "2.12.1"}}, "numpy torch"),
        ({"isolation": Isolation(level=0, name="own-code-only")}, "isolation"),
    ],
)
def test_other_circumstances_are_found_and_told(store, hand_in, judged, old, why):
    hand_in("s1", judged(4, **old))
    (attempt,) = found(store)
    (one,) = apply_regrade(store, [NewJudgement(attempt, judged(6))])
    assert (one.change.old_points, one.change.new_points, one.change.why) == (4, 6, why)
    assert store.grade("s1", "ex11").points == 6
    assert found(store) == []


def test_once_is_enough_also_where_nothing_changes(store, hand_in, judged):
    hand_in("s1", judged(4, versions={"numpy": "2.4.5"}))
    (one,) = apply_regrade(store, [NewJudgement(attempt, judged(4)) for attempt in found(store)])
    assert one.change is None
    assert found(store) == []
    assert store.history("s1").changes == []


def test_what_a_quiz_does_not_tell_is_not_compared(store, hand_in, judged):
    quiz = judged(4, seed=None, isolation=None)
    quiz.run.versions = {"nn-grader": "0.1.0", "python": "3.11.7"}
    hand_in("s1", quiz)
    assert found(store) == []


def test_a_new_judgement_takes_the_place_of_the_report(store, hand_in, judged):
    for student in ("s1", "s2"):
        hand_in(student, judged(4, grading_hash="old"))
    one, two = found(store)
    apply_regrade(store, [NewJudgement(one, judged(6)), NewJudgement(two, judged(6), "new.json")])
    assert [attempt.report_path for attempt in store.attempts()] == [None, "new.json"]
    assert store.report(one).reached == 6


def test_a_dry_run_tells_the_same_and_changes_nothing(store, hand_in, judged):
    hand_in("s1", judged(4, grading_hash="old"))
    (attempt,) = found(store)
    (told,) = apply_regrade(store, [NewJudgement(attempt, judged(6))], dry_run=True)
    change = told.change
    assert (change.old_points, change.new_points, change.why) == (4, 6, "grading_hash")
    history = store.history("s1")
    assert (history.attempts[0].points, history.changes) == (4, [])
    assert history.attempts[0].report_path == "old.json"


def test_a_judgement_that_fails_keeps_the_old_grade(store, hand_in, judged):
    hand_in("s1", judged(4, grading_hash="old"))
    (attempt,) = found(store)
    (result,) = apply_regrade(store, [NewJudgement(attempt, judged(0, "ungraded"))])
    assert (result.problem, result.change) == ("ungraded", None)
    assert store.grade("s1", "ex11").points == 4
    assert store.history("s1").attempts[0].report_path == "old.json"


def test_what_failed_before_is_always_judged_again(store, hand_in, judged):
    hand_in("s1", judged(0, "ungraded"))
    (result,) = apply_regrade(store, [NewJudgement(attempt, judged(6)) for attempt in found(store)])
    assert (result.change.old_points, result.change.new_points) == (None, 6)


def test_a_teachers_mark_survives(store, hand_in, judged):
    hand_in("s1", judged(4, grading_hash="old"))
    store.mark("s1", "ex11", Decimal(9), "oral", "teacher")
    (result,) = apply_regrade(store, [NewJudgement(attempt, judged(6)) for attempt in found(store)])
    assert result.change.new_points == 6
    assert store.grade("s1", "ex11").points == 9


def test_what_cannot_be_judged_is_told(store, judged):
    store.record(judged(4, grading_hash="old"), "s1", "Zoë")
    foreign = judged(4)
    foreign.exercise.id = "ex99"
    store.record(foreign, "s1", "Zoë")
    one, two = found(store)
    assert isinstance(one, RegradeOutcome)
    assert (one.problem, two.problem) == ("no_file", "no_exercise")
    assert store.grade("s1", "ex11").points == 4
