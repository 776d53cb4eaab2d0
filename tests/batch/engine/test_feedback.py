"""Pages of feedback of a class that was judged: what is on them, and what never is."""

import json
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest
from support.pages import require_harmless
from support.text_blocks import block

from grader.batch.errors import BatchError
from grader.batch.feedback.hand_back import hand_back
from grader.batch.feedback.pages import feedback_of
from grader.batch.models import Student
from grader.batch.summary import Summary
from grader.course.languages import Translator
from grader.gradebook.policy import Grade

ADA = block("""
    import numpy as np
    MARK_OF_ADA = "</pre><script>alert(1)</script>"
    def softmax(x):
        e = np.exp(x - x.max(axis=0))
        return e / e.sum(axis=0)
""")
BOB = "def softmax(x) return x  # MARK_OF_BOB\n"


@pytest.fixture
def graded(course):
    """Grade two students of the built-in course; returns the rows, and what was planned."""
    planned = course.entries(
        [("ada", "ex11", ADA), ("bob", "ex11", BOB)], roster=["ada", "bob", "cyd"]
    )
    return course.run(planned), planned


def feedback(course, graded, planned, grades=(), students=()):
    out = course.folder / "out"
    return feedback_of(course.course, out, "en", graded.rows, planned, students, grades)


def test_each_page_is_that_of_its_student_and_shows_nothing_hidden(course, graded):
    result, planned = graded
    students = [Student("ada", "Ada", "fr"), Student("bob", "Bob", "xx")]
    given, without = feedback(course, result, planned, students=students)
    done = hand_back(given, without, course.folder / "out", None, "")
    assert (done.pages, done.without, done.archive) == (2, [], "")
    pages = {}
    for student in ("ada", "bob"):
        path = course.folder / "out" / "feedback" / student / "feedback.html"
        pages[student] = require_harmless(path.read_text(encoding="utf-8"))
    assert [page.tags[0][1]["lang"] for page in pages.values()] == ["fr", "en"]
    assert "MARK_OF_ADA" in pages["ada"].text
    assert "MARK_OF_BOB" in pages["bob"].text
    for student, other in (("ada", "BOB"), ("bob", "ADA")):
        assert f"MARK_OF_{other}" not in pages[student].text
    exercise = course.course.exercise("ex11")
    concealed = [id_ for id_ in exercise.model.checks if id_.startswith("test_other")]
    assert len(concealed) == 3
    teacher = json.loads(
        (course.folder / "out" / "reports" / "ada" / "ex11-1.json").read_text(encoding="utf-8")
    )
    assert {check["id"] for check in teacher["checks"]} >= set(concealed)
    for lang in ("en", "fr", "ru"):
        titles = exercise.prose(lang).front.checks
        for page in pages.values():
            assert not [id_ for id_ in concealed if id_ in page.text or titles[id_] in page.text]
    assert "12 points sur 20" in given[0].comment()
    assert not [id_ for id_ in concealed if id_ in given[0].comment()]


def test_what_the_teacher_has_decided_is_told(course, graded):
    result, planned = graded
    grades = [
        Grade("ada", "Ada", "ex11", "marked", Decimal("7.5"), Decimal(20), mark=SimpleNamespace()),
        Grade("bob", "Bob", "ex11", "graded", Decimal(3), Decimal(20)),
    ]
    given, _ = feedback(course, result, planned, grades)
    pages = {one.student: one.page().decode() for one in given}
    assert "Your teacher has given 7.5 of 20 points" in pages["ada"]
    assert "Another attempt of yours counts, with 3 of 20 points." in pages["bob"]
    assert "7.5 of 20" in given[0].comment()


def test_what_was_not_judged_has_no_page_and_is_told_of(course, graded):
    result, planned = graded
    result.rows = [
        row_as(row, "ungraded" if row.student == "bob" else row.status) for row in result.rows
    ]
    given, without = feedback(course, result, planned)
    assert [one.student for one in given] == ["ada"]
    assert [(one.student, one.reason) for one in without] == [("Bob", "ungraded")]
    done = hand_back(given, without, course.folder / "out", None, "")
    summary = Summary(Translator("en"), result, [], handed_back=done)
    told = [line.text for line in summary.lines(80, "utf-8")]
    assert told[told.index("Without feedback to hand back") + 2].strip() == "Bob"
    assert summary.data()["feedback"]["without"] == [{"student": "Bob", "reason": "ungraded"}]
    assert [line.text for line in summary.handing_back(80)] == [
        "Feedback: 1 page in the folder feedback"
    ]


def row_as(row, status):
    return replace(row, status=status)


def test_a_report_that_cannot_be_read_back_stops_with_a_sentence(course, graded):
    result, planned = graded
    (course.folder / "out" / "reports" / "ada" / "ex11-1.student.json").write_text("{", "utf-8")
    given, without = feedback(course, result, planned)
    with pytest.raises(BatchError) as caught:
        hand_back(given, without, course.folder / "out", None, "")
    assert "ex11-1.student.json cannot be read back" in caught.value.sentence(Translator("en"))
