"""How an exercise stands, and which one is next."""

import pytest
from support.attempts import attempt, key

from grader.progress.standing import Standing, following, standing

HERE, OTHER = "0" * 64, "1" * 64  # grading hashes: attempts are made with the first


def test_without_an_attempt_nothing_is_known():
    assert standing({}, HERE, key(1)) == Standing(None, changed=False, outdated=False)
    assert not standing({}, HERE, None).solved


def test_an_answer_as_it_was_graded_has_not_changed():
    known = {key(1): attempt(12), key(2): attempt(20)}
    now = standing(known, HERE, key(1))
    assert (now.best.reached, now.changed, now.solved) == (20, False, True)


def test_an_answer_that_was_never_graded_has_changed():
    assert standing({key(1): attempt(12)}, HERE, key(3)).changed


def test_an_answer_that_is_gone_has_not_changed():
    assert not standing({key(1): attempt(12)}, HERE, None).changed


def test_points_by_other_checks_are_told_as_such():
    now = standing({key(1): attempt(20)}, OTHER, key(1))
    assert now.outdated
    assert now.best.solved
    assert not now.solved


def test_points_by_the_present_checks_go_first():
    better = attempt(20).model_copy(update={"grading_hash": OTHER})
    now = standing({key(1): attempt(12), key(2): better}, HERE, key(2))
    assert (now.best.reached, now.outdated, now.changed) == (12, False, True)


@pytest.mark.parametrize(
    ("solved", "last", "expected"),
    [
        ("", None, "a"),
        ("a", None, "b"),
        ("", "b", "b"),
        ("b", "b", "c"),
        ("bc", "b", "a"),
        ("abc", "b", None),
        ("a", "elsewhere", "b"),
    ],
)
def test_the_exercise_to_go_on_with(solved, last, expected):
    assert following(list("abc"), solved, last) == expected
