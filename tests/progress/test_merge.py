"""Merging: nothing that either knew is lost, and the order of two writers is all the same."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from support.attempts import BEGIN, attempt, key, progress

from grader.progress.merge import best, latest, merged
from grader.progress.models import MOST_ATTEMPTS, Progress

attempts = st.builds(attempt, st.integers(0, 20), st.integers(0, 100))
progresses = st.builds(
    Progress,
    courses=st.dictionaries(
        st.sampled_from(["foundations", "tiny"]),
        st.dictionaries(
            st.sampled_from(["ex01", "ex11"]),
            st.dictionaries(st.integers(0, 40).map(key), attempts, max_size=MOST_ATTEMPTS),
            max_size=2,
        ),
        max_size=2,
    ),
)


@given(progresses, progresses)
def test_the_order_of_two_writers_does_not_matter(one, other):
    assert merged(one, other) == merged(other, one)


@given(progresses, progresses)
def test_merging_again_changes_nothing(one, other):
    both = merged(one, other)
    assert merged(both, one) == both
    assert merged(both, both) == both


@given(progresses, progresses)
def test_the_best_and_the_latest_of_either_are_kept(one, other):
    both = merged(one, other)
    for side in (one, other):
        for course, exercises in side.courses.items():
            for exercise, known in exercises.items():
                if not known:
                    continue
                now = both.courses[course][exercise]
                assert len(now) <= MOST_ATTEMPTS
                assert latest(now).last >= latest(known).last


@given(st.dictionaries(st.integers(0, 60).map(key), attempts, min_size=1, max_size=60))
def test_a_full_exercise_keeps_its_best_attempt(known):
    kept = merged(progress(known), Progress()).courses["foundations"]["ex11"]
    assert len(kept) == min(len(known), MOST_ATTEMPTS)
    assert best(kept) == best(known)
    assert latest(kept) == latest(known)


def test_both_sides_of_different_exercises_are_there():
    both = merged(progress({key(1): attempt(3)}), progress({key(2): attempt(4)}, "ex15"))
    assert set(both.courses["foundations"]) == {"ex11", "ex15"}


def test_a_state_that_is_graded_again_keeps_the_time_at_which_it_was_first_there():
    both = merged(progress({key(1): attempt(3, 5)}), progress({key(1): attempt(3, 1)}))
    (one,) = both.courses["foundations"]["ex11"].values()
    assert one.first == BEGIN + dt.timedelta(minutes=1)
    assert one.last == BEGIN + dt.timedelta(minutes=5)


def test_of_equal_attempts_the_best_is_the_one_that_was_there_first():
    early, late = attempt(12, 9, first=1), attempt(12, 3)
    assert best({key(1): late, key(2): early}) == early


def test_what_waits_for_a_teacher_counts_before_what_is_wrong():
    waiting, wrong = attempt(10, 1, waiting=10), attempt(15, 2)
    assert best({key(1): wrong, key(2): waiting}) == waiting
    assert best({}) is None
    assert latest({}) is None
