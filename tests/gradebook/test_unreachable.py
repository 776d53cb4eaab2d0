"""Points that a device could not show: how they are entered, kept, compared and told."""

import csv
import io
import json
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import samples

from grader.course.languages import Translator
from grader.gradebook.regrade import NewJudgement, apply_regrade
from grader.gradebook.sheet import sheet
from grader.gradebook.store import Store
from grader.gradebook.unreachable_points import UNREACHABLE, entered_of, points_to_enter, rounded
from grader.gradebook.view import grade_data, grade_lines, history_data, history_lines

T = Translator("en")


def of(points, reachable, *, device="cpu", maximum=25, handed_in="aa", **fields):
    """Make a report of so many points on a device that could show so many."""
    checks = [samples.check("test_here", points=reachable)]
    checks[0].reached = Decimal(points)
    if reachable < maximum:
        rest = maximum - reachable
        checks.append(samples.check("test_there", "not_run", rest, reason="device"))
    fields.setdefault("status", "graded" if reachable == maximum else "incomplete")
    return samples.report(
        *checks,
        reachable=Decimal(reachable),
        submission_hash=handed_in,
        grading_hash="same",
        device=device,
        **fields,
    )


@pytest.fixture
def book(tmp_path):
    """A gradebook in a file."""
    with Store.open(tmp_path / "g.sqlite") as opened:
        yield opened


# How they are entered


@pytest.mark.parametrize(
    ("points", "reachable", "maximum", "scaled", "raw", "held_back"),
    [
        (20, 20, 25, "25", "20", None),
        (13, 20, 25, "16.25", "13", None),
        ("7.5", 9, 10, "8.33333", "7.5", None),
        ("0.05", 3, 10, "0.16667", "0.05", None),
        (0, 20, 25, "0", "0", None),
        (0, 0, 25, None, None, None),
        (25, 25, 25, "25", "25", "25"),
        (0, 25, 25, "0", "0", "0"),
    ],
)
def test_each_choice_enters_so_many_points(points, reachable, maximum, scaled, raw, held_back):
    numbers = [Decimal(number) for number in (points, reachable, maximum)]
    for choice, told in zip(UNREACHABLE, (scaled, raw, held_back), strict=True):
        exact = points_to_enter(*numbers, choice)
        assert (None if exact is None else rounded(exact)) == (told and Decimal(told)), choice


def test_half_of_the_last_decimal_is_rounded_up():
    assert rounded(
        points_to_enter(Decimal("0.01"), Decimal(16), Decimal("0.04"), "scaled")
    ) == Decimal("0.00003")


hundredths = st.integers(0, 10_000).map(lambda number: Decimal(number) / 100)


@given(st.tuples(hundredths, hundredths, hundredths).map(sorted))
def test_a_perfect_answer_is_perfect_and_no_other_one(numbers):
    points, reachable, maximum = numbers
    for choice in UNREACHABLE:
        exact = points_to_enter(points, reachable, maximum, choice)
        if exact is None:
            assert choice == "held-back" or not reachable
            continue
        assert 0 <= rounded(exact) <= maximum
        if choice == "scaled" and maximum:
            assert (rounded(exact) == maximum) == (points == reachable)


@given(st.lists(hundredths, min_size=2, max_size=6), hundredths)
def test_who_has_more_has_no_less_entered(several, maximum):
    reachable = max(several)
    found = [points_to_enter(points, reachable, maximum, "scaled") for points in sorted(several)]
    assert all(one is two is None or one <= two for one, two in pairwise(found))


@pytest.mark.parametrize("choice", UNREACHABLE)
@pytest.mark.parametrize(
    ("status", "points", "goes_in"),
    [
        ("marked", 30, 30),
        ("missing", 0, 0),
        ("unreadable", 0, 0),
        ("needs_review", 12, None),
        ("ungraded", None, None),
    ],
)
def test_what_no_device_decides_is_entered_as_ever(status, points, goes_in, choice):
    given_points = None if points is None else Decimal(points)
    assert entered_of(status, given_points, Decimal(20), Decimal(25), choice) == goes_in


# What is kept, and what counts


def test_the_choice_is_kept_and_changes_what_is_entered_alone(book):
    book.record(of(20, 20), "s1", "Zoë")
    found = {}
    for choice in (None, *UNREACHABLE):
        if choice is not None:
            book.set_unreachable(choice)
        grade = book.grade("s1", "ex11")
        assert (grade.points, grade.reachable, grade.maximum) == (20, 20, 25)
        found[choice] = grade.entered
    assert found == {None: None, "scaled": 25, "raw": 20, "held-back": None}
    assert book.history("s1").changes == []


@pytest.mark.parametrize(
    ("choice", "points", "goes_in"),
    [("scaled", 19, Decimal("23.75")), ("raw", 21, 21), ("held-back", 21, 21)],
)
def test_the_best_of_attempts_that_could_reach_different_points(choice, points, goes_in, book):
    book.set_policy("best")
    book.set_unreachable(choice)
    book.record(of(21, 25, device="sim", handed_in="aa", attempt=1), "s1", "Zoë")
    book.record(of(19, 20, handed_in="bb", attempt=2), "s1", "Zoë")
    grade = book.grade("s1", "ex11")
    assert (grade.points, grade.entered) == (points, goes_in)


def test_a_grade_is_held_back_rather_than_an_older_lower_one_entered(book):
    book.set_policy("best")
    book.record(of(15, 25, device="sim", handed_in="aa", attempt=1), "s1", "Zoë")
    book.record(of(20, 20, handed_in="bb", attempt=2), "s1", "Zoë")
    grade = book.grade("s1", "ex11")
    assert (grade.points, grade.reachable, grade.entered) == (20, 20, None)


def test_the_same_file_on_a_device_that_shows_more_is_judged_anew(book):
    book.record(of(20, 20), "s1", "Zoë")
    book.record(of(22, 25, device="sim"), "s1", "Zoë")
    grade = book.grade("s1", "ex11")
    assert (grade.status, grade.points, grade.reachable, grade.entered) == ("graded", 22, 25, 22)
    (change,) = book.history("s1").changes
    assert (change.old_reachable, change.new_reachable, change.why) == (20, 25, "device")


def test_a_device_that_shows_less_takes_no_points_away(book):
    book.record(of(22, 25, device="sim"), "s1", "Zoë")
    book.record(of(20, 20), "s1", "Zoë")
    grade = book.grade("s1", "ex11")
    assert (grade.points, grade.reachable) == (22, 25)
    assert book.history("s1").changes == []
    attempt = book.attempts()[0]
    assert apply_regrade(book, [NewJudgement(attempt, of(20, 20))], dry_run=True)[0].change is None


def test_other_checks_or_a_file_that_can_be_read_do_count_on_any_device(book):
    book.record(of(0, 25, device="sim", status="unreadable"), "s1", "Zoë")
    book.record(of(20, 20), "s1", "Zoë")
    assert book.grade("s1", "ex11").points == 20
    other = of(12, 12, maximum=15)
    other.grading_hash = "another"
    book.record(other, "s1", "Zoë")
    assert book.grade("s1", "ex11").points == 12


def test_a_change_of_what_could_be_reached_is_a_change(book):
    book.record(of(10, 20), "s1", "Zoë")
    book.record(of(10, 22, device="sim"), "s1", "Zoë")
    (line,) = [line.text for line in history_lines(book.history("s1"), T) if "→" in line.text]
    assert "10 of 20 → 10 of 22: another device" in line
    (change,) = history_data(book.history("s1"))["changes"]
    assert [change[side]["reachable"] for side in ("old", "new")] == [20.0, 22.0]


def test_a_mark_is_out_of_the_whole_and_never_converted(book):
    book.set_unreachable("scaled")
    book.record(of(12, 20), "s1", "Zoë")
    book.mark("s1", "ex11", Decimal(23), "right on my card", "Eve")
    grade = book.grade("s1", "ex11")
    assert (grade.status, grade.reachable, grade.entered) == ("marked", 25, 23)
    book.mark("s1", "ex11", None, "a slip", "Eve")
    assert book.grade("s1", "ex11").entered == 15


# What is told


def test_the_table_has_what_could_be_reached_and_what_is_entered(book):
    book.set_unreachable("scaled")
    book.record(of(20, 20), "s1", "Zoë")
    book.record(of(24, 25, device="sim", handed_in="bb"), "s2", "Max")
    book.record(of(20, 20, status="needs_review", handed_in="cc"), "s3", "Cy")
    book.add_student("s4", "Dan")
    rows = csv.DictReader(io.StringIO(sheet(book.grades()).decode(), newline=""))
    columns = ("status", "points", "maximum", "reachable", "entered")
    assert [[row[column] for column in columns] for row in rows] == [
        ["incomplete", "20", "25", "20", "25"],
        ["graded", "24", "25", "25", "24"],
        ["needs_review", "20", "25", "20", ""],
        ["missing", "0", "25", "25", "0"],
    ]


@pytest.mark.parametrize(
    ("lang", "reached", "goes_in", "held"),
    [
        ("en", "20 of 20 in reach, 25 in all", "entered as 25 of 25", "held back"),
        ("fr", "20 sur 20 accessibles, 25 en tout", "inscrit comme 25 sur 25", "note en attente"),
        ("ru", "20 из 20 доступных, всего 25", "выставляется 25 из 25", "оценка отложена"),
    ],
)
def test_what_counts_is_shown_with_what_could_be_reached(lang, reached, goes_in, held, book):
    t = Translator(lang)
    book.record(of(20, 20), "s1", "Zoë")
    line = list(grade_lines(book.grades(), t))[1].text
    assert reached in line
    assert held in line
    book.set_unreachable("scaled")
    (grade,) = book.grades()
    assert goes_in in list(grade_lines([grade], t))[1].text
    assert (grade_data(grade)["reachable"], grade_data(grade)["entered"]) == (20.0, 25.0)
    assert any(reached in line.text for line in history_lines(book.history("s1"), t))


@pytest.mark.slow
def test_the_choice_is_made_at_a_command(grader):
    shown = grader.run("gradebook", "unreachable", "--gradebook", "g.sqlite")
    assert shown.returncode == 2, "nobody has made a gradebook yet"
    for choice in ("scaled", "raw", "held-back"):
        done = grader.run("gradebook", "unreachable", choice, "--gradebook", "g.sqlite")
        assert f"({choice})" in done.stdout
        data = grader.run("gradebook", "unreachable", "--gradebook", "g.sqlite", "--json")
        assert json.loads(data.stdout) == {"unreachable": choice}
    assert grader.run("gradebook", "unreachable", "half").returncode == 2
