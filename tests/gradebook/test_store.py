"""What a gradebook keeps, and what counts."""

from decimal import Decimal

import pytest

from grader.course.languages import LANGUAGES, Translator
from grader.gradebook.errors import (
    ID_LIMIT,
    LongStudentIdError,
    UnknownStudentError,
    WrongMarkError,
)
from grader.gradebook.store import Store, SubmittedFile
from grader.gradebook.texts import error_sentence

NAMES = [
    "Zoë Müller",
    "Дмитрий Иванов",
    "山田 太郎",
    "👩🏽‍🔬 family 👨‍👩‍👧",
    "O'Brien; DROP TABLE students; --",
    "=HYPERLINK(1)",
    "a\\u0041b\\",
    "tab\tnew\nline",
    "nul\0byte",
    "undecodable \udcff.py",
    "n" * 200,
    "é" * 200,
    " ",
    "",
]


def test_the_same_judgement_again_changes_nothing(store, report):
    first = store.record(report(7), "s1", "Zoë")
    again = store.record(report(7), "s1", "Zoë")
    assert again.id == first.id
    history = store.history("s1")
    assert (len(history.attempts), history.changes) == (1, [])


def test_every_attempt_is_kept_and_the_policy_decides(store, report):
    for number, points in enumerate([4, 9, 9, 6], 1):
        store.record(report(points, handed_in=f"h{number}", attempt=number), "s1", "Zoë")
    grade = store.grade("s1", "ex11")
    assert (grade.points, grade.attempt.attempt, grade.attempts) == (6, 4, 4)
    store.set_policy("best")
    best = store.grade("s1", "ex11")
    assert (best.points, best.attempt.attempt) == (9, 3)
    assert [one.points for one in store.history("s1").attempts] == [4, 9, 9, 6]


def test_two_files_of_one_attempt_are_both_kept(store, report):
    store.record(report(4, handed_in="h1"), "s1", "Zoë")
    store.record(report(3, handed_in="h2"), "s1", "Zoë")
    assert len(store.history("s1").attempts) == 2
    assert store.grade("s1", "ex11").points == 3


def test_where_the_source_tells_the_time_it_decides_what_is_latest(store, report):
    # The second download numbers from 1 again, and the resumed run records out of order.
    store.record(report(8, handed_in="new"), "s1", "Zoë", submitted_at="2026-02-01T10:00:00+01:00")
    old = report(5, handed_in="old", attempt=2)
    store.record(old, "s1", "Zoë", submitted_at="2026-02-01T08:59:00Z")
    assert store.grade("s1", "ex11").points == 8


def test_the_graders_own_fault_is_never_a_zero_and_takes_no_grade(store, report):
    store.record(report(7), "s1", "Zoë")
    store.record(report(0, "ungraded"), "s1", "Zoë")
    assert store.grade("s1", "ex11").points == 7
    store.record(report(0, "ungraded", handed_in="other"), "s2", "Max")
    grade = store.grade("s2", "ex11")
    assert (grade.status, grade.points) == ("ungraded", None)
    store.record(report(3, handed_in="other"), "s2", "Max")
    assert store.grade("s2", "ex11").points == 3


def test_with_best_an_ungraded_attempt_loses_to_a_zero(store, report):
    store.set_policy("best")
    store.record(report(0, handed_in="a"), "s1", "Zoë")
    store.record(report(0, "ungraded", handed_in="b", attempt=2), "s1", "Zoë")
    assert store.grade("s1", "ex11").points == 0


def test_another_judgement_of_the_same_attempt_is_logged_with_its_causes(store, report):
    store.record(report(7, grading_hash="old"), "s1", "Zoë")
    store.record(report(9, grading_hash="new", version="0.2.0"), "s1", "Zoë")
    (change,) = store.history("s1").changes
    assert (change.old_points, change.new_points) == (7, 9)
    assert change.why == "grading_hash grader_version"
    assert store.grade("s1", "ex11").points == 9


def test_a_mark_stands_on_top_and_survives_another_judgement(store, report):
    attempt = store.record(report(2), "s1", "Zoë")
    store.mark("s1", "ex11", Decimal("7.25"), "right in another form", "teacher")
    store.replace_judgement(attempt, report(3, grading_hash="new"))
    grade = store.grade("s1", "ex11")
    assert (grade.status, grade.points, grade.mark.who) == ("marked", Decimal("7.25"), "teacher")
    store.mark("s1", "ex11", None, "by mistake", "teacher")
    assert store.grade("s1", "ex11").points == 3
    assert [mark.points for mark in store.history("s1").marks] == [Decimal("7.25"), None]


@pytest.mark.parametrize("points", ["-1", "10.01", "NaN", "Infinity", "1.005"])
def test_a_mark_that_is_none_is_refused(store, report, points):
    store.record(report(2), "s1", "Zoë")
    with pytest.raises(WrongMarkError):
        store.mark("s1", "ex11", Decimal(points), "reason", "teacher")
    assert store.history("s1").marks == []


def test_a_mark_has_a_reason_and_a_student(store, report):
    store.record(report(2), "s1", "Zoë")
    with pytest.raises(WrongMarkError):
        store.mark("s1", "ex11", Decimal(1), "  ", "teacher")
    with pytest.raises(UnknownStudentError):
        store.mark("s2", "ex11", Decimal(1), "reason", "teacher")


def test_a_student_who_handed_in_nothing_has_a_row_and_can_be_marked(store, report):
    store.record(report(2), "s1", "Zoë")
    store.add_student("s2", "Max")
    grade = store.grade("s2", "ex11")
    assert (grade.status, grade.points, grade.maximum) == ("missing", 0, 10)
    store.mark("s2", "ex11", Decimal(8), "oral", "teacher", Decimal(10))
    assert store.grade("s2", "ex11").points == 8


def test_what_needs_review_is_open_until_it_is_marked(store, report):
    store.record(report(2, "needs_review"), "s1", "Zoë")
    store.record(report(2), "s2", "Max")
    assert [item.grade.student for item in store.needs_review()] == ["s1"]
    store.mark("s1", "ex11", Decimal(5), "looked at", "teacher")
    assert store.needs_review() == []
    store.mark("s1", "ex11", None, "wrong student", "teacher")
    assert len(store.needs_review()) == 1


def test_with_best_an_earlier_attempt_may_need_review(store, report):
    store.record(report(2, "needs_review", handed_in="a"), "s1", "Zoë")
    store.record(report(4, handed_in="b", attempt=2), "s1", "Zoë")
    assert store.needs_review() == []
    store.set_policy("best")
    assert [item.attempt.attempt for item in store.needs_review()] == [1]


def test_an_attempt_after_a_mark_is_shown_to_the_teacher(store, report):
    store.record(report(2, handed_in="a"), "s1", "Zoë")
    store.mark("s1", "ex11", Decimal(5), "looked at", "teacher")
    store.record(report(9, handed_in="b", attempt=2), "s1", "Zoë")
    (item,) = store.needs_review()
    assert (item.reason, item.attempt.attempt, item.grade.points) == ("after_mark", 2, 5)


@pytest.mark.parametrize("name", NAMES)
def test_names_of_every_kind_come_back_as_given(store, report, name):
    id_ = f"id {name}"
    store.record(report(2), id_, name, report_path=name, file=SubmittedFile(name, b"x"))
    store.record(report(2), "other", "Other")
    found = store.student(id_)
    assert (found.id, found.name) == (id_, name)
    (attempt,) = store.history(id_).attempts
    assert attempt.report_path == name
    assert store.submission(attempt) == SubmittedFile(name, b"x")


@pytest.mark.parametrize("sign", ["a", "Ж", "山", "😀", "\\", "\0", "\ud800"])
def test_an_id_of_255_signs_of_any_kind_is_kept_and_a_longer_one_refused(store, report, sign):
    store.record(report(2), sign * ID_LIMIT, "Zoë")
    assert store.student(sign * ID_LIMIT).name == "Zoë"
    with pytest.raises(LongStudentIdError) as refused:
        store.add_student(sign * (ID_LIMIT + 1), "Max")
    told = [error_sentence(refused.value, Translator(lang)) for lang in LANGUAGES]
    assert len(set(told)) == len(LANGUAGES)
    assert all("256" in sentence and len(sentence) < 400 for sentence in told)
    with pytest.raises(LongStudentIdError):
        store.record(report(2), sign * 5000, "Max")
    assert len(store.students()) == 1


def test_a_student_is_found_by_id_or_by_a_name_that_only_one_has(store):
    store.add_student("4711", "Zoë Müller")
    store.add_student("4712", "Max")
    store.add_student("4713", "Max")
    assert store.student("zoë müller").id == "4711"
    with pytest.raises(UnknownStudentError) as several:
        store.student("Max")
    assert several.value.several == ("4712", "4713")
    assert error_sentence(several.value, Translator("en")) == (
        "The gradebook has several students Max. Give the id of one: 4712, 4713."
    )
    with pytest.raises(UnknownStudentError) as close:
        store.student("Zoe Müller")
    assert close.value.close == ("4711",)
    assert error_sentence(close.value, Translator("en")) == (
        "The gradebook has no student Zoe Müller. Did you mean 4711?"
    )


def test_the_name_given_last_stays(store):
    store.add_student("1", "Zoe")
    store.add_student("1", "Zoë")
    assert store.student("1").name == "Zoë"


def test_report_and_bytes_come_back_as_they_were(store, report):
    data = bytes(range(256)) * 5
    kept = report(3, handed_in=None)
    attempt = store.record(kept, "s1", "Zoë", file=SubmittedFile("ex11.py", data))
    assert store.report(attempt) == kept
    assert store.submission(attempt) == SubmittedFile("ex11.py", data)
    bare = store.record(report(3), "s2", "Max")
    assert store.submission(bare) is None


def test_late_and_path_are_kept_and_an_absent_one_takes_nothing_away(store, report):
    store.record(report(3), "s1", "Zoë", late=True, report_path="results/aa.json")
    store.record(report(3), "s1", "Zoë")
    (attempt,) = store.history("s1").attempts
    assert (attempt.late, attempt.report_path) == (True, "results/aa.json")
    store.record(report(3), "s1", "Zoë", late=False)
    assert store.history("s1").attempts[0].late is False


def test_the_secret_seed_is_made_once(place, store):
    seed = store.seed
    with Store.open(place) as again:
        assert again.seed == seed
    assert 0 <= seed < 2**53


def test_seeds_of_any_size_are_kept(store, report):
    attempt = store.record(report(3, seed=2**80), "s1", "Zoë")
    assert store.history("s1").attempts[0].seed == attempt.seed == 2**80


def test_together_is_all_or_nothing(store, report):
    def half():
        with store.transaction():
            store.record(report(3), "s1", "Zoë")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert store.students() == []
    with store.transaction():
        store.record(report(3), "s1", "Zoë")
        store.record(report(4), "s2", "Max")
    assert len(store.grades()) == 2
