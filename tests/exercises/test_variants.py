"""Any style of a right answer passes, and wrong answers are told in words what is wrong."""

import pytest
from exercises.variants import SOLUTIONS, WRONG, devices, is_named, is_right, judged

LEAST_NAMED = 0.9


@pytest.mark.slow
@pytest.mark.parametrize(
    ("folder", "device"),
    [(folder, device) for folder in SOLUTIONS for device in devices(folder)],
    ids=lambda value: getattr(value, "name", value),
)
def test_right_answers_of_any_style_pass(folder, device):
    reports = dict(judged(folder, device))
    assert len(reports) >= 6
    assert [name for name, report in reports.items() if not is_right(report)] == []


@pytest.mark.slow
@pytest.mark.parametrize("folder", WRONG, ids=lambda folder: folder.name)
def test_wrong_answers_fail_and_are_named(folder):
    reports = dict(judged(folder, devices(folder)[-1]))
    assert len(reports) >= 10
    assert [name for name, report in reports.items() if is_right(report)] == []
    named = [name for name, report in reports.items() if is_named(report)]
    assert len(named) >= LEAST_NAMED * len(reports), sorted(set(reports) - set(named))
