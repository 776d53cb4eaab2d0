"""No failing report of the course is longer than a screen, and its sentence stands high up."""

import re
from pathlib import Path

import pytest
from support.languages import LANGUAGES

from grader.course.plain_text import markdown_to_text
from grader.report.terminal import LINES

ROOT = Path(__file__).resolve().parents[2]
HIGH_UP = 4
BEGINNING = 40  # characters of a sentence
RAISED = {
    "an exception": 'raise ValueError("the sizes " + str(list(range(40))) + " do not fit")',
    "an unknown name": "return numbr + 1",
    "a wrong index": "return [][3]",
}


def wrong_answers(exercise):
    """Return the stub of an exercise, all its misconceptions, and answers that raise."""
    folder = exercise.answers / "misconceptions"
    answers = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.py")}
    stub = exercise.stub_source
    raising = {
        title: re.sub(r"raise NotImplementedError.*", lambda _, line=line: line, stub)
        for title, line in RAISED.items()
    }
    broken = stub.replace(":\n", "\n", 1)
    return {**answers, **raising, "the stub": stub, "no colon": broken}


def code_exercises():
    return sorted(path.parent.name for path in (ROOT / "exercises").glob("*/checks.py"))


def is_high_up(told, lines):
    """Tell whether the sentence on what is to be mended first stands in the first lines."""
    first = told.causes[0]
    if first.told_at is None:
        sentence = told.load.feedback[0].text
    else:
        sentence = next(c for c in told.checks if c.id == first.told_at).feedback[0].text
    beginning = "".join(markdown_to_text(sentence, 1000).split())[:BEGINNING]
    return beginning in "".join(" ".join(lines[:HIGH_UP]).split())


@pytest.mark.slow
@pytest.mark.parametrize("name", code_exercises())
def test_every_failing_report_fits_a_screen(name, course, judged, read):
    exercise = course.exercise(name)
    reports = judged(name, wrong_answers(exercise))
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
