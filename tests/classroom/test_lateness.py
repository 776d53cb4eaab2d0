"""How late an attempt is, to the second, by the clock of the class; and what that takes off."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classroom.lateness import Delay, after_penalty, days_late, delay_of
from grader.classroom.rules import ExerciseRules

PARIS = ZoneInfo("Europe/Paris")
DEADLINE = dt.datetime(2026, 11, 20, 23, 59, tzinfo=PARIS)
GRACE = dt.timedelta(minutes=15)
NONE = dt.timedelta()


def utc(*when):
    return dt.datetime(*when, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("at", "grace", "days"),
    [
        (utc(2026, 11, 20, 22, 59), NONE, 0),
        (utc(2026, 11, 20, 22, 59, 1), NONE, 1),
        (utc(2026, 11, 20, 23, 14), GRACE, 0),
        (utc(2026, 11, 20, 23, 14, 1), GRACE, 1),
        (utc(2026, 11, 21, 22, 59), GRACE, 1),  # days are counted from the deadline itself
        (utc(2026, 11, 21, 22, 59, 1), GRACE, 2),
        (utc(2026, 11, 25, 12), NONE, 5),
        (utc(2020, 1, 1), NONE, 0),
        (dt.datetime(2026, 11, 21, 0, 30, tzinfo=PARIS), NONE, 1),
        (dt.datetime(2026, 11, 20, 17, 59, tzinfo=ZoneInfo("America/Montreal")), NONE, 0),
    ],
)
def test_days_that_have_begun(at, grace, days):
    assert days_late(at, DEADLINE, grace) == days


def test_a_day_ends_at_the_same_time_of_day_where_the_clock_is_put_back():
    deadline = dt.datetime(2026, 10, 24, 23, 59, tzinfo=PARIS)  # the next day has 25 hours
    assert days_late(utc(2026, 10, 25, 22, 59), deadline, NONE) == 1
    assert days_late(utc(2026, 10, 25, 22, 59, 1), deadline, NONE) == 2


def test_a_day_ends_at_the_same_time_of_day_where_the_clock_is_put_forward():
    deadline = dt.datetime(2027, 3, 27, 23, 59, tzinfo=PARIS)  # the next day has 23 hours
    assert days_late(utc(2027, 3, 28, 21, 59), deadline, NONE) == 1
    assert days_late(utc(2027, 3, 28, 21, 59, 1), deadline, NONE) == 2


def test_the_grace_is_a_length_of_time_also_where_the_clock_is_put_back():
    deadline = dt.datetime(2026, 10, 25, 2, 30, tzinfo=PARIS)  # 02:30 summer time
    assert days_late(utc(2026, 10, 25, 1, 30), deadline, dt.timedelta(hours=1)) == 0
    assert days_late(utc(2026, 10, 25, 1, 30, 1), deadline, dt.timedelta(hours=1)) == 1


def test_the_end_of_the_calendar_is_late():
    assert days_late(dt.datetime.max.replace(tzinfo=dt.UTC), DEADLINE, NONE) > 2_900_000


@given(st.integers(0, 10**7))
def test_days_are_the_least_number_that_covers_the_delay(seconds):
    at = DEADLINE.astimezone(dt.UTC) + dt.timedelta(seconds=seconds)
    days = days_late(at, DEADLINE, NONE)
    assert at <= (DEADLINE + dt.timedelta(days=days)).astimezone(dt.UTC)
    assert not days or at > (DEADLINE + dt.timedelta(days=days - 1)).astimezone(dt.UTC)


def test_without_a_time_or_a_deadline_nothing_is_late():
    rules = ExerciseRules(deadline=DEADLINE, penalty=Decimal(10))
    assert delay_of(None, DEADLINE, rules) == Delay()
    assert delay_of(utc(2027, 1, 1), None, rules) == Delay()


def test_the_cap_is_the_most_that_is_taken_off():
    rules = ExerciseRules(penalty=Decimal("7.5"), cap=Decimal(20))
    percents = [
        delay_of(DEADLINE + dt.timedelta(days=days), DEADLINE, rules).percent for days in range(5)
    ]
    assert percents == [0, Decimal("7.5"), 15, 20, 20]


@pytest.mark.parametrize(
    ("of", "points", "reachable", "percent", "after"),
    [
        ("maximum", "8", "10", "20", "6"),
        ("reached", "8", "10", "20", "6.4"),
        ("maximum", "1", "10", "20", "0"),  # never below zero
        ("reached", "8", "10", "100", "0"),
        ("maximum", "20", "20", "12.5", "17.5"),  # of the points that could be reached
        ("maximum", "0.07", "0.3", "3.33", "0.06001"),
    ],
)
def test_the_penalty_is_exact(of, points, reachable, percent, after):
    rules = ExerciseRules(of=of)
    found = after_penalty(Decimal(points), Decimal(reachable), Delay(1, Decimal(percent)), rules)
    assert found == Decimal(after)


@given(
    st.decimals(0, 10**9, places=2), st.decimals(0, 10**9, places=2), st.decimals(0, 100, places=2)
)
def test_nothing_is_given_and_nothing_falls_below_zero(points, reachable, percent):
    for of in ("maximum", "reached"):
        found = after_penalty(points, reachable, Delay(1, percent), ExerciseRules(of=of))
        assert 0 <= found <= points
        assert percent or found == points
