"""Modules that lie beside an answer: judged with it, kept with it, and judged again with it."""

from dataclasses import replace

import pytest
from support.text_blocks import block

from grader.batch.models import Helper
from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.reading.submission import read_bytes

IMPORTING = block("""
    from utils import twice


    def double(x):
        return twice(x)
""")
RIGHT = block("""
    def twice(x):
        return 2 * x
""").encode()
WRONG = block("""
    def twice(x):
        return 3 * x
""").encode()


def helper(data, name="utils.py"):
    def read():
        if isinstance(data, Exception):
            raise data
        return data

    return Helper(name, read)


@pytest.fixture
def planned(tiny):
    """Return one entry for each student, with the helpers that lie beside the same answer."""

    def plan(**helpers):
        entries = tiny.entries([(student, "ex01", IMPORTING) for student in helpers])
        return [
            replace(entry, handed=replace(entry.handed, helpers=helpers[entry.student]))
            for entry in entries
        ]

    return plan


def test_equal_answers_with_other_helpers_are_judged_apart(tiny, planned, four):
    entries = planned(a=(helper(RIGHT),), b=(helper(WRONG),), c=(), d=(helper(RIGHT),))
    graded = tiny.run(entries)
    found = tiny.points(graded)
    assert found["a", "ex01"] == found["d", "ex01"] == four
    assert found["b", "ex01"][1] < 4
    assert found["c", "ex01"] == ("graded", 0)
    assert tiny.run(entries).judged == 0, "all four are stored"


def test_a_helper_that_cannot_be_had_is_told_of(tiny, planned, reports):
    tiny.run(planned(a=(helper(UnreadableSubmissionError("read.too_large", file="utils.py")),)))
    (report,) = (
        report for path, report in reports(tiny.folder / "out").items() if "stu" not in path
    )
    assert "note.helper_unread" in [message["id"] for message in report["load"]["feedback"]]


def test_a_fault_of_the_disk_is_nobody_s_zero(tiny, planned):
    graded = tiny.run(planned(a=(helper(OSError(5, "Input/output error")),)))
    assert tiny.points(graded)["a", "ex01"] == ("ungraded", None)


def test_helpers_are_kept_in_the_gradebook_and_judged_again(tiny, planned, four, tmp_path):
    pytest.importorskip("sqlalchemy")
    from grader.batch.recorder import Recorder  # noqa: PLC0415 - needs SQLAlchemy
    from grader.gradebook.store import Store  # noqa: PLC0415

    with Store.open(tmp_path / "gradebook.sqlite") as store:
        recorder = Recorder(store)
        tiny.run(planned(a=(helper(RIGHT),)), recorded=recorder.entry_judged)
        recorder.flush()
        (attempt,) = store.attempts()
        file = store.submission(attempt)
    kept = read_bytes(file.data, file.name, "code")
    assert kept.source == IMPORTING
    assert kept.helpers == {"utils.py": RIGHT.decode()}
    again = tiny.run(tiny.entries([("z", "ex01", lambda: file.data)]), out="again")
    assert tiny.points(again)["z", "ex01"] == four
