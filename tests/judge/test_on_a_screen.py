"""A student sees at once what a report says: that is proved for every known wrong answer."""

import pytest
from support.text_blocks import block

from grader.course.loading import Course
from grader.judge.validation import on_a_screen
from grader.judge.validation.exercise import prove
from grader.judge.validation.on_a_screen import is_high_up
from grader.report.reader import for_reader
from grader.report.terminal import printed

CHECKS = """\
def test_one(student, reference, rng):
    x = np.round(64 * rng.normal(size=5)) / 64
    assert_close(student.double(x), reference.double(x))
"""
SQUARED = block("""
    def double(x):
        return x * x
""")
MISCONCEPTION = "answers/ex01_double/misconceptions/squared.py"
PROSE = """\
---
title: Twice as much
feedback:
  squared: |
    {sentence}
---
Write `double(x)`.
"""


@pytest.fixture
def proved(court):
    (court.root / "answers/ex01_double/remarks/added_to_itself.py").unlink()
    court.exercise(CHECKS, wrong={"squared": SQUARED})

    def proved(sentence):
        court.write("i18n/en/ex01_double.md", PROSE.format(sentence=sentence))
        problems = prove(Course(court.root).exercise("ex01")).problems
        return [str(one) for one in problems if "its report" in str(one)]

    return proved


def test_a_short_sentence_fits(proved):
    assert proved("This is the square, and twice the argument is asked for.") == []


def test_a_report_is_no_longer_than_a_screen(proved, monkeypatch):
    monkeypatch.setattr(on_a_screen, "LINES", 5)
    problems = proved("This is the square, and twice the argument is asked for.")
    assert [problem.partition(" has ")[0] for problem in problems] == [
        f"{MISCONCEPTION}: its report in {lang}" for lang in ("en", "fr", "ru")
    ]
    assert problems[0].endswith(
        "lines, more than a screen under seed 7: shorten what is said of this answer"
    )


def test_a_sentence_of_which_only_the_end_is_shown_is_found(proved):
    first = proved("\n\n    ".join(f"Line {n} of what is to be said." for n in range(30)))[0]
    assert first.startswith(
        f"{MISCONCEPTION}: its report in en does not begin with the mistake to mend first"
    )


def test_the_first_sentence_stands_high_up(court):
    court.exercise(CHECKS, wrong={"squared": SQUARED})
    court.write("i18n/en/ex01_double.md", PROSE.format(sentence="This is the square."))
    read = for_reader(court.judge(SQUARED), Course(court.root).exercise("ex01"), "en", "student")
    lines = printed(read, plain=True)
    assert is_high_up(read, lines)
    assert not is_high_up(read, ["Something else."] * 5 + lines)
