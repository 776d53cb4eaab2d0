"""Facility and discrimination, beside the library's own correlation."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classpage.statistics import correlation, interval, item

SCORES = {
    "a": {"one": 1.0, "two": 1.0, "three": 1.0},
    "b": {"one": 1.0, "two": 0.5, "three": 1.0},
    "c": {"one": 0.0, "two": 0.5, "three": 0.0},
    "d": {"one": 0.0, "two": 0.0},
}
WORTH = {"one": 1.0, "two": 2.0, "three": 3.0}


def test_facility_is_the_mean_score_and_passed_are_those_with_all_points():
    found = item("two", SCORES, WORTH)
    assert (found.students, found.facility, found.passed) == (4, 0.5, 0.25)
    assert item("three", SCORES, WORTH).students == 3


def test_discrimination_is_the_correlation_with_the_rest_without_the_item_itself():
    found = item("one", SCORES, WORTH)
    rest = [(2 * 1 + 3) / 5, (2 * 0.5 + 3) / 5, (2 * 0.5 + 0) / 5, 0.0]
    assert found.discrimination == pytest.approx(statistics.correlation([1, 1, 0, 0], rest))


def test_it_is_negative_where_the_weak_pass_what_the_strong_fail():
    scores = {str(n): {"odd": float(n < 5), "good": n / 10, "too": n / 10} for n in range(10)}
    found = item("odd", scores, dict.fromkeys(("odd", "good", "too"), 1.0))
    assert found.discrimination < -0.8
    assert found.low < found.discrimination < found.high < 0


@pytest.mark.parametrize(
    "pairs", [[], [(0, 1), (1, 0)], [(1, 0), (1, 1), (1, 0.5)], [(0, 1), (0.5, 1), (1, 1)]]
)
def test_where_it_has_no_value_none_is_told(pairs):
    assert correlation(pairs) is None
    assert interval(correlation(pairs), len(pairs)) == (None, None)


def test_one_item_alone_has_no_rest():
    assert item("one", {"a": {"one": 1.0}, "b": {"one": 0.0}}, WORTH).discrimination is None
    with pytest.raises(ValueError, match="one"):
        item("one", {"a": {"two": 1.0}}, WORTH)


TENTHS = st.integers(0, 10).map(lambda number: number / 10)


@given(st.lists(st.tuples(TENTHS, TENTHS), min_size=3, max_size=40))
def test_the_correlation_is_that_of_the_library(pairs):
    found = correlation(pairs)
    xs, ys = zip(*pairs, strict=True)
    if len(set(xs)) == 1 or len(set(ys)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(statistics.correlation(xs, ys), abs=1e-9)
        low, high = interval(found, len(pairs))
        assert low is None or -1 <= low <= found <= high <= 1


def test_more_students_make_the_interval_narrower():
    low, high = interval(0.5, 103)
    assert (round(low, 4), round(high, 4)) == (0.3393, 0.6323)  # artanh 0.5 ± 0.196
    wide_low, wide_high = interval(0.5, 12)
    assert wide_low < low < high < wide_high
