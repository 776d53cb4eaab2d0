"""Any style of a right answer passes, and wrong answers are told in words what is wrong."""

import pytest
from exercises.variants import SOLUTIONS, WRONG, is_named, is_right, judged

LEAST_NAMED = 0.9


@pytest.mark.slow
@pytest.mark.parametrize("folder", SOLUTIONS, ids=lambda folder: folder.name)
def test_right_answers_of_any_style_pass(folder):
    reports = dict(judged(folder))
    assert len(reports) >= 6
    assert [name for name, report in reports.items() if not is_right(report)] == []


@pytest.mark.slow
@pytest.mark.parametrize("folder", WRONG, ids=lambda folder: folder.name)
def test_wrong_answers_fail_and_are_named(folder):
    reports = dict(judged(folder))
    assert len(reports) >= 10
    assert [name for name, report in reports.items() if is_right(report)] == []
    named = [name for name, report in reports.items() if is_named(report)]
    assert len(named) >= LEAST_NAMED * len(reports), sorted(set(reports) - set(named))
