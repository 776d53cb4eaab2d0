"""A text among the answers: its points wait, and its key points are told."""

from decimal import Decimal
from pathlib import Path

import pytest
from support.languages import LANGUAGES

from grader.cli.context import Context
from grader.cli.grade_and_show import exit_code, localised_for
from grader.course.loading import Course
from grader.course.questions import shown_questions
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge
from grader.report.audience import for_audience
from grader.report.consistency import contradiction
from grader.report.models import Report

ROOT = Path(__file__).resolve().parents[2]
REST = """\
looked_for: [w, b]
minimised: error
black_box: {a: inputs, b: parameters, c: outputs, d: error}
"""


@pytest.fixture(scope="module")
def exercise():
    """The exercise of the course that asks for a text."""
    return Course(ROOT).exercise("ex01")


@pytest.fixture(scope="module")
def judged(exercise):
    """Judge the answer to the text, where everything else is right or as told."""

    def judged(purpose, rest=REST):
        data = f"{rest}purpose: {purpose}\n".encode()
        with Judge(exercise) as judge:
            return judge.judge(read_bytes(data, "ex01.yaml", "quiz"))

    return judged


def test_the_points_of_a_text_wait_and_those_of_the_others_stand(judged):
    report = judged("weights with a small error")
    text = report.checks[-1]
    assert (report.status, report.reached, report.waiting, report.reachable) == (
        *("needs_review", Decimal(7), Decimal(3)),
        Decimal(10),
    )
    assert (text.status, text.reached, text.blame) == ("needs_review", 0, None)
    assert [(one.id, one.points) for one in text.key_points] == [
        *(("parameters", 1), ("smallest_error", 1)),
        ("unseen_data", 1),
    ]
    assert text.answer == "weights with a small error"
    assert contradiction(report) is None
    assert exit_code(report) == 1
    assert Report.model_validate_json(report.model_dump_json()) == report


def test_a_blank_text_is_wrong_and_shows_no_key_points(judged):
    report = judged("")
    text = report.checks[-1]
    assert (report.status, report.reached, report.waiting) == ("graded", 7, 0)
    assert (text.key_points, text.answer) == ([], None)


def test_a_student_is_not_handed_the_text_again(judged):
    report = judged("a secret of mine")
    told = for_audience(report, "student")
    assert "a secret of mine" not in told.model_dump_json()
    assert told.checks[-1].key_points == report.checks[-1].key_points
    assert contradiction(told) is None


def test_a_text_cannot_steer_a_terminal(judged):
    report = judged(r'"\e[31mred\a \u202e\u0000end"')
    assert report.checks[-1].answer == "red end"


def test_key_points_come_to_the_points_of_their_question(judged):
    report = judged("weights")
    report.checks[-1].key_points = report.checks[-1].key_points[:2]
    assert contradiction(report).id == "key_points"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_tells_the_key_points_in_the_students_language(exercise, judged, lang, printed):
    points = exercise.prose(lang).front.key_points["purpose"]
    told = localised_for(judged("weights, ``"), exercise, Context(lang), "student")
    text = " ".join(printed(told).split())
    in_a_line = [" ".join(one.split()) for one in points.values()]
    assert all(f"{n}. {one}" in text for n, one in enumerate(in_a_line, 1))
    assert "weights, ``" not in text
    first = " ".join(told.checks[-1].feedback[0].text.split())
    assert text.index(first) < text.index("1. ")
    teachers = localised_for(judged("weights, ``"), exercise, Context(lang), "teacher")
    assert "| weights, ``\n" in printed(teachers)
    assert "| weights, ``\n" in printed(teachers, everything=True)


def test_a_long_text_is_quoted_line_by_line(exercise, judged, printed):
    told = localised_for(judged("word " * 2000), exercise, Context("en"), "teacher")
    quoted = [line for line in printed(told).split("\n") if line.lstrip().startswith("| word")]
    assert len(quoted) > 40
    assert all(len(line) <= 80 for line in quoted)


def test_what_is_wrong_beside_a_text_is_mended_first(exercise, judged):
    wrong = judged("weights", rest="minimised: weights\n")
    way = localised_for(wrong, exercise, Context("en"), "student").next
    assert (way.id, way.args["check"]) == ("next.mend", "minimised")
    right = localised_for(judged("weights"), exercise, Context("en"), "student").next
    assert right.id == "next.solved"


@pytest.mark.parametrize(
    ("lang", "lines", "teacher"),
    [
        ("en", "2 lines", "A teacher"),
        ("fr", "2 lignes", "enseignant"),
        ("ru", "2", "преподаватель"),
    ],
)
def test_the_question_says_how_long_a_text_is_and_who_reads_it(exercise, lang, lines, teacher):
    how = shown_questions(exercise, lang)[-1].how
    assert lines in how
    assert teacher in how
