"""What was handed in last, where the source tells neither time nor number of an attempt."""

from decimal import Decimal

import pytest

from grader.gradebook.handin_order import BatchImport
from grader.gradebook.store import Store


@pytest.fixture
def batch(store, report):
    """Record one run of a batch of one student: (hash, points) or (hash, points, number) each."""

    def batch(*files, upto=None, numbered=False, run=None):
        complete = upto is None and run is None
        run = run or BatchImport()
        for hash_, points, *number in files[:upto]:
            with store.transaction(run):
                made = report(points, handed_in=hash_, attempt=(number or [1])[0])
                store.record(made, "s1", "Zoë", numbered=numbered)
        with store.transaction(run, complete=complete):
            pass

    return batch


def points(store):
    return store.grade("s1", "ex11").points


def seen(store):
    return [(one.id, one.seen, one.seen_at, one.numbered) for one in store.attempts()]


GOOD, BAD, WORSE = ("good", 4), ("bad", 0), ("worse", 1)


def test_a_file_that_is_handed_in_again_is_the_latest(store, batch):
    for handed_in, expected in ((GOOD, 4), (BAD, 0), (GOOD, 4), (WORSE, 1), (BAD, 0), (GOOD, 4)):
        batch(handed_in)
        assert points(store) == expected
    assert len(store.attempts()) == 3
    store.set_policy("best")
    assert points(store) == 4


def test_it_is_so_for_attempts_that_are_recorded_one_by_one(store, report):
    for hash_, reached in (GOOD, BAD, GOOD):
        store.record(report(reached, handed_in=hash_), "s1", "Zoë")
    assert points(store) == 4


def test_equal_times_are_told_apart_in_the_same_way(store, report):
    for hash_, reached in (GOOD, BAD, GOOD):
        made = report(reached, handed_in=hash_)
        store.record(made, "s1", "Zoë", submitted_at="2026-01-02T03:04:05Z")
    assert points(store) == 4


def test_the_same_batch_again_changes_nothing(store, batch):
    for handed_in in (GOOD, BAD, GOOD):
        batch(handed_in)
    before = seen(store)
    batch(GOOD)
    batch(GOOD)
    assert seen(store) == before


def test_of_files_in_one_batch_the_number_counts_also_when_it_is_repeated(store, batch):
    both = ("first", 4, 1), ("second", 2, 2)
    batch(*both)
    before = seen(store)
    batch(*both)
    batch(*reversed(both))
    assert seen(store) == before
    assert points(store) == 2


def test_two_files_of_one_number_in_one_batch_keep_their_order(store, batch):
    both = ("first", 4), ("second", 2)
    batch(*both)
    batch(*both[::-1])
    assert points(store) == 2
    batch(BAD)
    assert points(store) == 0
    batch(*both[::-1])
    assert points(store) == 2
    before = seen(store)
    batch(*both)
    assert seen(store) == before


@pytest.mark.parametrize("forwards", [True, False])
@pytest.mark.parametrize("resumed_forwards", [True, False])
def test_a_run_that_was_stopped_and_is_resumed_ends_as_if_it_had_not_been(
    store, batch, forwards, resumed_forwards
):
    both = [("first", 4, 1), ("second", 2, 2)]
    batch(*both)
    batch(BAD)
    batch(*both[:: 1 if forwards else -1], upto=1)
    batch(*both[:: 1 if resumed_forwards else -1])
    assert points(store) == 2
    assert len({one.seen for one in store.attempts() if one.submission_hash != "bad"}) == 1
    before = seen(store)
    batch(*both)
    assert seen(store) == before


def test_fewer_files_than_before_count_though_their_numbers_are_lower(store, batch):
    batch(("old", 1, 1), ("older", 0, 2))
    batch(("new", 4, 1))
    assert points(store) == 4
    batch(("old", 1, 1))
    assert points(store) == 1


@pytest.mark.parametrize("second", [1, 2])
def test_of_two_files_one_alone_counts_once_the_other_is_withdrawn(store, batch, second):
    both = ("first", 4, 1), ("second", 2, second)
    batch(*both)
    assert points(store) == 2
    batch(both[0])
    assert points(store) == 4
    before = seen(store)
    batch(both[0])
    assert seen(store) == before
    batch(*both)
    assert points(store) == 2


def test_a_run_that_was_stopped_has_withdrawn_nothing(store, batch):
    both = ("first", 4, 1), ("second", 2, 2)
    batch(*both)
    before = seen(store)
    batch(*both, upto=1)
    assert seen(store) == before
    batch(*both[:1], ("third", 1, 2))
    assert points(store) == 1
    assert [one.seen for one in store.attempts()] == [2, 1, 2]


def test_numbers_that_the_source_tells_count_first(store, batch):
    batch(("a", 1, 1), numbered=True)
    batch(("b", 4, 2), numbered=True)
    batch(("a", 1, 1), numbered=True)
    assert points(store) == 4
    assert store.history("s1").attempts[-1].submission_hash == "a"


def test_times_that_the_source_tells_count_first(store, report):
    for hash_, reached, day in (("a", 1, 1), ("b", 4, 2), ("a", 1, 1)):
        made = report(reached, handed_in=hash_)
        store.record(made, "s1", "Zoë", submitted_at=f"2026-01-0{day}T00:00:00Z")
    assert points(store) == 4


def test_another_batch_may_record_at_the_same_time(store, batch):
    mine, theirs = BatchImport(), BatchImport()
    batch(("a", 1, 1), run=mine)
    batch(("b", 2, 1), run=theirs)
    batch(("c", 4, 2), run=mine)
    assert points(store) == 4
    assert [one.seen for one in store.attempts()] == [3, 2, 3]


def test_a_run_that_ends_does_not_come_after_one_that_came_between(store, batch):
    batch(("first", 4), ("second", 2))
    mine = BatchImport()
    batch(("first", 4), run=mine)
    batch(("third", 1))
    with store.transaction(mine, complete=True):
        pass
    assert points(store) == 1


def test_a_new_judgement_is_no_new_handing_in(store, batch, report):
    batch(GOOD)
    batch(BAD)
    before = seen(store)
    good = store.attempts()[0]
    store.replace_judgement(good, report(3, handed_in="good", grading_hash="new"))
    assert seen(store) == before
    assert points(store) == 0


def test_students_and_exercises_are_apart(store, report):
    for student, hash_ in (("s1", "good"), ("s1", "bad"), ("s2", "good"), ("s1", "good")):
        store.record(report(4 if hash_ == "good" else 0, handed_in=hash_), student, student)
    assert [grade.points for grade in store.grades()] == [4, 4]


def test_what_is_handed_in_again_after_a_mark_is_shown_to_the_teacher(store, batch):
    batch(GOOD)
    batch(BAD)
    store.mark("s1", "ex11", Decimal(2), "half of it", "teacher")
    batch(BAD)
    assert store.needs_review() == []
    batch(GOOD)
    (item,) = store.needs_review()
    assert (item.reason, item.attempt.submission_hash) == ("after_mark", "good")
    assert points(store) == 2


def test_a_mark_in_the_middle_of_a_run_has_not_seen_the_rest_of_it(store, batch):
    run = BatchImport()
    batch(("a", 1, 1), run=run)
    store.mark("s1", "ex11", Decimal(2), "half of it", "teacher")
    assert store.needs_review() == []
    batch(("b", 4, 2), run=run)
    (item,) = store.needs_review()
    assert (item.reason, item.attempt.submission_hash) == ("after_mark", "b")


def test_the_history_ends_with_what_was_handed_in_last(store, batch, monkeypatch):
    for day, handed_in in enumerate((GOOD, BAD, GOOD), 1):
        monkeypatch.setattr("grader.gradebook.handin_order.now", lambda day=day: f"2026-01-0{day}")
        batch(handed_in)
    attempts = store.history("s1").attempts
    assert [(one.submission_hash, one.seen_at) for one in attempts] == [
        ("bad", "2026-01-02"),
        ("good", "2026-01-03"),
    ]
    assert attempts[1].recorded_at != attempts[1].seen_at


def test_it_is_kept(place, report):
    for hash_, reached in (GOOD, BAD, GOOD):
        with Store.open(place) as store:
            store.record(report(reached, handed_in=hash_), "s1", "Zoë")
    with Store.open(place) as store:
        assert points(store) == 4
