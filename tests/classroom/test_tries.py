"""Which attempt counts under the rules of a class, alone and in a team."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from grader.classroom.errors import ClassFileError
from grader.classroom.rules import ExerciseRules, Permission
from grader.classroom.tries import Try, decided, of_team, ruled

DEADLINE = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
LATE = "deadline: 2026-11-20T12:00Z\npenalty: 10%\n"


def made(points, day=20, student="ann", number=1, status="graded", content="", at=True):
    time = dt.datetime(2026, 11, day, 10, tzinfo=dt.UTC) if at else None
    value = None if points is None else Decimal(points)
    return Try(student, number, time, status, value, Decimal(10), Decimal(10), content)


def points(one):
    return Fraction(-1) if one.after is None else Fraction(one.after)


def counted(rules, tries, student="ann", default="latest"):
    """Return the points after the rules of the attempt that counts, by whom, and the days."""
    by = {}
    for one in tries:
        by.setdefault(one.student, []).append(one)
    found = decided(rules, "ex11", student, lambda one: by.get(one, []), default, points).counts
    return found and (found.after, found.made.student, found.days)


@pytest.mark.parametrize(
    ("counts", "after", "days"), [("latest", 7, 2), ("best", Decimal("8.5"), 0), ("first", 3, 0)]
)
def test_latest_best_and_first(for_class, counts, after, days):
    tries = [made(3, 18), made("8.5", 19), made(9, 22, number=3)]
    rules = for_class(f"counts: {counts}\n{LATE}", ("ann", "Ann"))
    assert counted(rules, tries) == (after, "ann", days)


def test_without_a_choice_the_policy_of_the_gradebook_decides(for_class):
    rules = for_class("", ("ann", "Ann"))
    assert counted(rules, [made(8), made(3)], default="best")[0] == 8
    assert counted(rules, [made(8), made(3)], default="latest")[0] == 3


def test_of_equally_good_attempts_the_less_late_counts_then_the_last(for_class):
    rules = for_class(f"counts: best\ncap: 0\n{LATE}", ("ann", "Ann"))
    assert counted(rules, [made(8, 19), made(8, 25)]) == (8, "ann", 0)
    first, last = made(8, 18), made(8, 19, number=2)
    found = decided(rules, "ex11", "ann", lambda _: [first, last], "latest", points)
    assert found.counts.made is last


def test_only_the_first_attempts_count(for_class):
    rules = for_class("attempts: 2\ncounts: best", ("ann", "Ann"))
    tries = [made(1), made(2, number=2), made(10, number=3)]
    assert counted(rules, tries)[0] == 2
    found = decided(rules, "ex11", "ann", lambda _: tries, "latest", points)
    assert [one.over for one in found.tries] == [False, False, True]


def test_what_could_not_be_judged_through_no_fault_of_theirs_is_no_attempt(for_class):
    rules = for_class("attempts: 1\ncounts: best", ("ann", "Ann"))
    tries = [made(None, status="ungraded"), made(5, number=2), made(9, number=3)]
    assert counted(rules, tries)[0] == 5


def test_an_attempt_without_a_time_is_never_late_and_that_is_known():
    rules = ExerciseRules(deadline=DEADLINE, penalty=Decimal(50))
    (one,) = ruled([made(8, at=False)], rules, DEADLINE)
    assert (one.after, one.days, one.undated) == (8, 0, True)
    (one,) = ruled([made(8, at=False)], ExerciseRules(), None)
    assert not one.undated


def test_nobody_has_a_grade_without_an_attempt(for_class):
    assert counted(for_class(LATE, ("ann", "Ann")), []) is None


CLASS = (("ann", "Ann"), ("bob", "Bob"), ("cy", "Cy"))
TEAM = "teams: {Duo: [ann, Bob]}\n"


@pytest.mark.parametrize("student", ["ann", "bob"])
def test_a_team_has_one_grade(for_class, student):
    rules = for_class(f"counts: best\n{TEAM}{LATE}", *CLASS)
    tries = [made(5, 18), made(9, 19, "bob"), made(10, 19, "cy")]
    assert counted(rules, tries, student) == (9, "bob", 0)
    assert counted(rules, tries, "cy") == (10, "cy", 0)


def test_nobody_else_gets_the_grade_of_a_team(for_class):
    rules = for_class(TEAM, *CLASS)
    assert counted(rules, [made(9)], "cy") is None
    assert counted(rules, [made(9)], "stranger") is None


def test_more_time_of_one_member_is_the_teams(for_class):
    rules = for_class(f"{TEAM}extensions: {{bob: 3 days}}\n{LATE}", *CLASS)
    assert counted(rules, [made(9, 23)], "ann") == (9, "ann", 0)
    assert counted(rules, [made(9, 23, "cy")], "cy")[2] == 3


def test_attempts_of_a_team_are_counted_together_and_one_upload_once(for_class):
    rules = for_class(f"attempts: 2\ncounts: latest\n{TEAM}", *CLASS)
    upload = {"content": "aa", "day": 18}
    tries = [
        *(made(3, student="ann", **upload), made(3, student="bob", **upload)),
        made(6, 19, "bob", number=2, content="bb"),
        made(9, 20, "ann", number=2, content="cc"),
    ]
    assert counted(rules, tries) == (6, "bob", 0)


def test_the_order_in_a_team_is_that_of_the_times():
    ann, bob = [made(1, 18), made(3, 20)], [made(2, 19, "bob")]
    assert [one.points for one in of_team([ann, bob])] == [1, 2, 3]


def test_without_times_the_better_of_simultaneous_attempts_comes_later():
    ann = [made(7, at=False), made(4, at=False, number=2)]
    bob = [made(2, student="bob", at=False), made(6, student="bob", at=False, number=2)]
    assert [one.points for one in of_team([ann, bob])] == [2, 7, 4, 6]
    assert [one.points for one in of_team([ann])] == [7, 4]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("teams: {A: [ann, bob], B: [Bob]}", "bob is in the teams more than once"),
        ("teams: {A: [Bob, bob]}", "bob is in the teams more than once"),
        ("teams: {A: [Twin, cy]}", "Twin is the name of several students (t1, t2)"),
        (f"{LATE}extensions: {{twin: 1 day}}", "write the id of the one that is meant"),
        ("exercises: {ex11: {teams: {A: [Twin]}}}", "exercises.ex11.teams.A"),
    ],
)
def test_teams_and_names_that_leave_a_doubt_are_refused(for_class, text, sentence):
    with pytest.raises(ClassFileError) as caught:
        for_class(text, *CLASS, ("t1", "Twin"), ("t2", "Twin"))
    assert sentence in str(caught.value)


def test_who_is_not_there_is_told_and_gets_nothing(for_class):
    rules = for_class(f"{LATE}extensions: {{Nemo: 1 day}}\nteams: {{A: [ann, Dori]}}", *CLASS)
    assert list(rules.unknown) == ["Nemo", "Dori"]
    assert rules.team("ex11", "ann").members == ("ann",)


def test_names_are_found_without_regard_to_case_and_composition(for_class):
    text = f"{LATE}extensions: {{ZOE\u0301  müller: 5 days, 007: 5 days}}"
    rules = for_class(text, ("s1", "Zoé Müller"), ("7", "Seven"), ("007", "Bond"))
    assert not rules.unknown
    assert rules.deadline("ex11", ["s1"]) > DEADLINE
    assert rules.deadline("ex11", ["007"]) > DEADLINE
    assert rules.deadline("ex11", ["7"]) == DEADLINE


NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def ago(seconds):
    return NOW - dt.timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("previous", "wait", "left"),
    [
        ([], 0, 3),
        ([ago(600)], 0, 2),
        ([ago(599)], 1, 2),
        ([ago(0.5), ago(9999)], 600, 1),
        ([ago(9999)] * 3, None, 0),
        ([ago(9999)] * 4, None, 0),
        ([ago(-3600)], 600, 2),  # by a clock that is ahead
    ],
)
def test_one_more_attempt(previous, wait, left):
    rules = ExerciseRules(attempts=3, pause=dt.timedelta(minutes=10))
    found = rules.may_try(previous, NOW)
    assert found == Permission(wait, left)
    assert found.allowed == (wait == 0)


def test_without_rules_everything_may_be_tried():
    assert ExerciseRules().may_try([ago(0)] * 100, NOW) == Permission(0, None)
