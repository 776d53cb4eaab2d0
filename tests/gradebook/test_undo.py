"""What was taken out no longer counts, is never lost, and comes back when asked for."""

from decimal import Decimal

import pytest

from grader.gradebook.errors import (
    NoReasonError,
    NothingThereError,
    UnknownStudentError,
    WrongMarkError,
)
from grader.gradebook.handin_order import BatchImport
from grader.gradebook.store import SubmittedFile
from grader.gradebook.undo import Decision, Undo

WHY = Decision("a slip", "Eve")


@pytest.fixture
def undo(store):
    return Undo(store)


@pytest.fixture
def two(store, report):
    """A gradebook of two students: Zoë has two attempts, Max one and a mark."""
    for number, points in ((1, 4), (2, 9)):
        store.record(report(points, handed_in=f"h{number}", attempt=number), "s1", "Zoë")
    store.record(report(5, handed_in="max"), "s2", "Max")
    store.mark("s2", "ex11", Decimal(7), "oral", "Eve")
    return store


def points(store):
    return {(one.student, one.exercise): one.points for one in store.grades()}


def test_an_attempt_is_taken_out_and_the_one_before_counts(two, undo):
    done = undo.remove_attempt("s1", "ex11", 2, WHY)
    assert (done.attempts, done.marks) == (1, 0)
    assert two.grade("s1", "ex11").points == 4
    history = two.history("s1")
    assert [one.removal for one in history.attempts] == [None, done.removal.id]
    (told,) = history.removals
    assert (told.reason, told.who, told.kind) == ("a slip", "Eve", "attempt")
    assert [one.attempt for one in two.attempts() if one.student == "s1"] == [1]


def test_a_resumed_batch_does_not_bring_it_back(two, undo, report):
    undo.remove_attempt("s1", "ex11", 2, WHY)
    again = report(9, handed_in="h2", attempt=2)
    with two.transaction(BatchImport(), complete=True):
        two.record(again, "s1", "Zoë")
    assert two.grade("s1", "ex11").points == 4
    two.record(report(6, handed_in="h3", attempt=3), "s1", "Zoë")
    assert two.grade("s1", "ex11").points == 6


def test_what_is_removed_needs_no_review(two, undo, report):
    two.record(report(2, "needs_review", handed_in="odd", attempt=3), "s1", "Zoë")
    undo.remove_attempt("s1", "ex11", 3, WHY)
    assert two.needs_review() == []


def test_a_student_is_taken_out_with_everything(two, undo):
    done = undo.remove_student("s2", WHY)
    assert (done.attempts, done.marks) == (1, 1)
    assert points(two) == {("s1", "ex11"): 9}
    with pytest.raises(UnknownStudentError):
        two.student("s2")
    with pytest.raises(UnknownStudentError):
        two.mark("s2", "ex11", Decimal(1), "because", "Eve")
    assert len(two.history("s2").marks) == 1


def test_a_roster_does_not_bring_a_student_back_but_something_new_does(two, undo, report):
    undo.remove_student("s2", WHY)
    two.add_student("s2", "Max")
    two.record(report(5, handed_in="max"), "s2", "Max")
    assert ("s2", "ex11") not in points(two)
    two.record(report(8, handed_in="new"), "s2", "Max")
    assert two.grade("s2", "ex11").points == 8


def test_an_exercise_is_taken_out_for_all(two, undo, report):
    two.record(report(3, handed_in="x"), "s1", "Zoë")
    undo.remove_exercise("ex11", WHY)
    assert points(two) == {}
    assert two.student("s1").name == "Zoë"


def test_a_batch_is_taken_out_with_the_strangers_whom_it_brought(store, undo, report):
    with store.transaction(BatchImport(), complete=True):
        store.record(report(4, handed_in="a"), "s1", "Zoë")
    with store.transaction(BatchImport(), complete=True):
        store.add_student("stranger", "Nobody")
        store.record(report(9, handed_in="b"), "s1", "Zoë")
        store.record(report(9, handed_in="c"), "other", "Somebody")
    assert [(one.number, one.attempts, one.students) for one in store.batches()] == [
        (1, 1, 1),
        (2, 2, 2),
    ]
    done = undo.remove_batch(2, WHY)
    assert done.attempts == 2
    assert points(store) == {("s1", "ex11"): 4}
    assert [one.number for one in store.batches()] == [1]
    undo.restore(done.removal.id, "Eve")
    assert {student for student, _ in points(store)} == {"s1", "other", "stranger"}


def test_the_next_batch_has_a_number_of_its_own(store, undo, report):
    store.record(report(4, handed_in="a"), "s1", "Zoë")
    undo.remove_batch(1, WHY)
    assert store.record(report(4, handed_in="b"), "s1", "Zoë").batch == 2


def test_everything_can_be_brought_back(two, undo):
    before = points(two)
    done = [
        undo.remove_attempt("s1", "ex11", 1, WHY),
        undo.remove_student("s2", WHY),
        undo.remove_exercise("ex11", WHY),
    ]
    assert points(two) == {}
    for one in reversed(done):
        undo.restore(one.removal.id, "Ann")
    assert points(two) == before
    assert {one.restored_by for one in undo.all()} == {"Ann"}


@pytest.mark.usefixtures("two")
def test_nothing_is_removed_without_a_reason_or_twice(undo):
    with pytest.raises(NoReasonError):
        undo.remove_student("s1", Decision("  ", "Eve"))
    done = undo.remove_attempt("s1", "ex11", 1, WHY)
    for again in (
        lambda: undo.remove_attempt("s1", "ex11", 1, WHY),
        lambda: undo.remove_exercise("ex99", WHY),
        lambda: undo.remove_batch(99, WHY),
        lambda: undo.restore(99, "Eve"),
        lambda: undo.merge("s1", "s1", WHY),
    ):
        with pytest.raises(NothingThereError):
            again()
    with pytest.raises(UnknownStudentError):
        undo.remove_student("nobody", WHY)
    assert [one.id for one in undo.all()] == [done.removal.id]
    undo.restore(done.removal.id, "Eve")
    with pytest.raises(NothingThereError):
        undo.restore(done.removal.id, "Eve")


def test_a_merged_student_counts_under_the_other_id(two, undo, report):
    undo.merge("s2", "s1", WHY)
    assert points(two) == {("s1", "ex11"): 7}, "the mark of Max counts"
    assert two.grade("s1", "ex11").attempts == 3
    assert two.student("s2").id == two.student("Max").id == "s1"
    assert len(two.history("s2").attempts) == 3
    two.mark("s2", "ex11", None, "undone", "Eve")
    two.record(report(6, handed_in="later", attempt=3), "s2", "Max")
    assert two.grade("s1", "ex11").points == 6
    assert two.grade("s1", "ex11").attempts == 4


def test_what_is_handed_in_again_under_a_merged_id_is_the_last(store, undo, report):
    good, bad = report(9, handed_in="good"), report(1, handed_in="bad")
    for one, student in ((good, "13"), (bad, "444")):
        store.record(one, student, "Zoë", numbered=False)
    undo.merge("13", "444", WHY)
    assert store.grade("444", "ex11").points == 1
    store.record(good, "13", "Zoë", numbered=False)
    assert store.grade("444", "ex11").points == 9


def test_merged_students_can_be_merged_and_parted_again(two, undo, report):
    two.record(report(1, handed_in="third"), "s3", "Ann")
    first = undo.merge("s2", "s1", WHY)
    second = undo.merge("s1", "s3", WHY)
    assert two.student("s2").id == "s3"
    assert set(points(two)) == {("s3", "ex11")}
    undo.restore(second.removal.id, "Eve")
    undo.restore(first.removal.id, "Eve")
    assert points(two) == {("s1", "ex11"): 9, ("s2", "ex11"): 7, ("s3", "ex11"): 1}


def test_a_file_under_a_merged_id_restores_the_student_that_it_counts_for(two, undo, report):
    two.record(report(5, handed_in="x"), "s3", "Third")
    undo.merge("s2", "s1", WHY)
    undo.merge("s1", "s3", WHY)
    undo.remove_student("s3", WHY)
    assert {student for student, _ in points(two)} == set()
    two.record(report(6, handed_in="y"), "s2", "Second")
    assert {student for student, _ in points(two)} == {"s3"}


def test_a_file_for_a_learning_system_holds_the_merged_grade_and_nothing_removed(two, undo):
    merged = undo.merge("s2", "s1", WHY)
    every = {(one.student, one.name): one for one in two.grades(every_id=True)}
    assert every["s2", "Max"].points == every["s1", "Zoë"].points == 7
    undo.restore(merged.removal.id, "Eve")
    undo.remove_student("s2", WHY)
    every = {one.student: one for one in two.grades(every_id=True)}
    assert (every["s2"].status, every["s2"].points) == ("missing", 0)


def test_a_mark_that_was_taken_off_leaves_no_exercise_behind(two):
    before = points(two)
    two.mark("s1", "ex14", Decimal(4), "typo", "Eve", Decimal(4))
    assert ("s2", "ex14") in points(two)
    two.mark("s1", "ex14", None, "undone", "Eve", Decimal(4))
    assert points(two) == before
    assert two.grade("s1", "ex14").maximum == 4
    assert len(two.history("s1").marks) == 2


def test_a_bonus_is_given_when_said_so(two):
    with pytest.raises(WrongMarkError) as error:
        two.mark("s1", "ex11", Decimal(12), "more than asked", "Eve")
    assert error.value.bonus
    two.mark("s1", "ex11", Decimal(12), "more than asked", "Eve", bonus=True)
    grade = two.grade("s1", "ex11")
    assert (grade.points, grade.maximum) == (12, 10)
    for wrong in (Decimal(1000), Decimal(-1), Decimal("NaN"), Decimal("12.345")):
        with pytest.raises(WrongMarkError):
            two.mark("s1", "ex11", wrong, "because", "Eve", bonus=True)


def test_many_files_of_one_upload_are_one_try(store, report):
    with store.transaction(BatchImport(), complete=True):
        for number, reached in enumerate([1, 9, 3], 1):
            one = report(reached, handed_in=f"guess{number}", attempt=number)
            store.record(one, "s1", "Zoë", numbered=False)
    store.set_policy("best")
    assert store.grade("s1", "ex11").points == 3
    with store.transaction(BatchImport(), complete=True):
        for number, reached in enumerate([1, 9, 3, 2], 1):
            one = report(reached, handed_in=f"guess{number}", attempt=number)
            store.record(one, "s1", "Zoë", numbered=False)
    assert store.grade("s1", "ex11").points == 3, "the last of each batch is a try"


def test_what_a_system_has_numbered_is_a_try_each(store, report):
    with store.transaction(BatchImport(), complete=True):
        for number, reached in enumerate([1, 9, 3], 1):
            store.record(report(reached, handed_in=f"h{number}", attempt=number), "s1", "Zoë")
    store.set_policy("best")
    assert store.grade("s1", "ex11").points == 9


def test_a_seed_ends_with_a_complete_batch(store):
    seed = store.open_seed()
    assert store.open_seed() == store.seed == seed
    store.end_round(seed + 1)
    assert store.open_seed() == seed
    store.end_round(seed)
    assert store.open_seed() != seed


def test_what_was_judged_keeps_its_seed_also_when_removed(store, undo, report):
    file = SubmittedFile("ex11.py", b"x = 1")
    kept = store.record(report(3, seed=5), "s1", "Zoë", file=file)
    undo.remove_student("s1", WHY)
    assert store.judged_under() == [("ex11", "ex11.py", kept.submission_hash, 5)]
