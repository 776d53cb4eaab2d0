"""From submissions to rows and reports."""

import json
from decimal import Decimal

from support.text_blocks import block

from grader.course.unreadable import UnreadableSubmissionError
from grader.report.models import Report

RIGHT = block("""
    def double(x):
        return 2 * x
""")
SQUARED = block("""
    def double(x):
        return x ** 2
""")
RAISES = block("""
    def double(x):
        raise ValueError('not yet')
""")
EXITS = block("""
    import sys


    def double(x):
        sys.exit(0)
""")
DIES = block("""
    import os


    def double(x):
        os._exit(0)
""")
PRINTS = block("""
    def double(x):
        print('x' * 100_000)
        return 2 * x
""")
BROKEN = block("""
    def double(x)
        return 2 * x
""")


def refuse():
    raise UnreadableSubmissionError("read.special", file="pipe.py")


def break_off():
    raise OSError(5, "Input/output error")


def test_every_submission_gets_its_own_verdict(tiny, four):
    texts = {"a": RIGHT, "b": SQUARED, "c": RAISES, "d": EXITS, "e": DIES, "f": PRINTS, "g": BROKEN}
    graded = tiny.grade(*((name, "ex01", text) for name, text in texts.items()))
    points = {row.student: (row.status, row.reached) for row in graded.rows}
    assert points["a"] == points["f"] == four
    assert points["b"][1] < 4
    assert [points[name] for name in "cdeg"] == [("graded", Decimal(0))] * 4
    assert next(row for row in graded.rows if row.student == "b").misconceptions == ("squared",)
    assert "squared" in str(graded.sentences)
    assert graded.complete


def test_reports_of_both_audiences_are_written(tiny):
    graded = tiny.grade(("ann", "ex01", RIGHT), ("ann", "ex02", "half: 0.25\n"))
    assert [row.report for row in graded.rows] == [
        "reports/ann/ex01-1.json",
        "reports/ann/ex02-1.json",
    ]
    for row in graded.rows:
        path = tiny.folder / "out" / row.report
        report = Report.model_validate_json(path.read_bytes())
        assert (report.student, report.attempt, report.audience) == ("ann", 1, "teacher")
        assert report.submitted_at == "2026-01-02T03:04:05Z"
        student = Report.model_validate_json(path.with_suffix(".student.json").read_bytes())
        assert student.audience == "student"
        assert student.seed is None
        assert path.stat().st_mode & 0o077 == 0


def test_students_are_told_in_their_language(tiny):
    graded = tiny.grade(("ann", "ex01", RIGHT), lang="fr")
    report = json.loads((tiny.folder / "out" / graded.rows[0].report).read_text("utf-8"))
    assert report["lang"] == "fr"
    assert "points" in report["headline"]["text"]


def test_a_file_that_cannot_be_read_is_a_row(tiny, four):
    graded = tiny.grade(
        *(("a", "ex01", refuse), ("b", "ex01", break_off)),
        *(("c", "ex01", RIGHT), ("d", "ex01", lambda: b"\xff"), ("d", "ex02", "just some words\n")),
    )
    assert [row.status for row in graded.rows] == [
        *("unreadable", "ungraded", "graded", "unreadable", "unreadable"),
    ]
    assert (graded.rows[2].status, graded.rows[2].reached) == four
    assert graded.rows[1].reached is None
    assert not graded.complete


def test_equal_submissions_are_judged_once_and_told_to_each(tiny):
    graded = tiny.grade(("a", "ex01", RIGHT), ("b", "ex01", RIGHT), ("c", "ex01", RIGHT))
    assert len(list((tiny.folder / "out" / "results").rglob("*.json"))) == 1
    assert len({row.report for row in graded.rows}) == 3
    assert {row.reached for row in graded.rows} == {Decimal(4)}


def test_whoever_handed_in_nothing_gets_a_row(tiny):
    graded = tiny.grade(("a", "ex01", RIGHT), roster=("a", "b"))
    row = graded.rows[1]
    assert (row.student, row.status, row.reached, row.report) == ("b", "missing", Decimal(0), None)


def test_what_is_stored_is_not_judged_again(tiny, reports):
    first = tiny.grade(("a", "ex01", RIGHT), ("b", "ex01", SQUARED))
    before = reports(tiny.folder / "out")
    second = tiny.grade(("a", "ex01", RIGHT), ("b", "ex01", SQUARED))
    assert (first.judged, second.judged) == (2, 0)
    assert second.rows == first.rows
    assert reports(tiny.folder / "out") == before


def test_a_damaged_result_is_made_again(tiny):
    tiny.grade(("a", "ex01", RIGHT))
    (stored,) = (tiny.folder / "out" / "results").rglob("*.json")
    stored.write_text("{")
    assert tiny.grade(("a", "ex01", RIGHT)).judged == 1
    assert Report.model_validate_json(stored.read_bytes()).passed


def test_ungraded_is_never_stored(tiny):
    tiny.grade(("b", "ex01", break_off))
    assert list((tiny.folder / "out").glob("results/**/*.json")) == []


def test_a_large_submission_passes_through(tiny, four):
    text = RIGHT + "# filler\n" * 6_000
    assert (
        tiny.points(tiny.grade(("a", "ex01", text), ("b", "ex01", text + "#")))["b", "ex01"] == four
    )
