"""No failing report of the course is longer than a screen, and its sentence stands high up.

`grader validate` proves it of the known wrong answers; here are those that do not run.
"""

import re
from pathlib import Path

import pytest
from support.languages import LANGUAGES

from grader.judge.validation.on_a_screen import is_high_up
from grader.report.terminal import LINES

ROOT = Path(__file__).resolve().parents[2]
RAISED = {
    "an exception": 'raise ValueError("the sizes " + str(list(range(40))) + " do not fit")',
    "an unknown name": "return numbr + 1",
    "a wrong index": "return [][3]",
}


def broken_answers(exercise):
    """Return the stub of an exercise, and answers that raise or cannot be read."""
    stub = exercise.stub_source
    raising = {
        title: re.sub(r"raise NotImplementedError.*", lambda _, line=line: line, stub)
        for title, line in RAISED.items()
    }
    return {**raising, "the stub": stub, "no colon": stub.replace(":\n", "\n", 1)}


def code_exercises():
    return sorted(path.parent.name for path in (ROOT / "exercises").glob("*/checks.py"))


@pytest.mark.slow
@pytest.mark.parametrize("name", code_exercises())
def test_every_failing_report_fits_a_screen(name, course, judged, read):
    exercise = course.exercise(name)
    reports = judged(name, broken_answers(exercise))
    too_long, too_low = [], []
    for title, report in reports.items():
        for lang in LANGUAGES:
            for plainly in (True, False):
                told, lines = read(report, lang, plain=plainly)
                if len(lines) > LINES:
                    too_long.append((title, lang, len(lines)))
            if told.causes and not is_high_up(*read(report, lang)):
                too_low.append((title, lang))
    assert not too_long
    assert not too_low
