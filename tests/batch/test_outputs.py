"""Grades on their way out, read back as a spreadsheet and Gradescope read them."""

import csv
import json
import re
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.batch.errors import BatchError
from grader.batch.lms.exports.canvas import write_canvas
from grader.batch.lms.exports.gradescope import write_gradescope
from grader.batch.models import GradeRow
from grader.batch.outputs import Rules, latest_attempts, with_overrides, write_grades
from grader.batch.outputs.grades import COLUMNS
from grader.gradebook.policy import Grade
from grader.report.csv_escape import escape_formula
from grader.report.models import CheckResult, ExerciseInfo, Message, Report

ADA = GradeRow("1001", "Ada Lovelace", "ex11", "graded", Decimal("7.50"), Decimal(10))
BOB = GradeRow("1002", "Боб", "ex11", "missing", Decimal(0), Decimal(10))
CY = GradeRow("1003", "Cy", "ex11", "ungraded", None, Decimal(10))


def cells(path, encoding="utf-8"):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


def test_grades_are_a_table_with_documented_columns(tmp_path):
    late = replace(ADA, late=True, attempt=2, submitted_at="2026-11-20T10:00:00+00:00")
    path = tmp_path / "out" / "grades.csv"
    write_grades([late, BOB, CY], path)
    header, ada, bob, cy = cells(path)
    assert tuple(header) == COLUMNS
    assert ada == [
        *("1001", "Ada Lovelace", "ex11", "graded", "7.5", "10", "10", "7.5", "yes", "2"),
        *("2026-11-20T10:00:00+00:00", "", ""),
    ]
    assert bob[3:6] == ["missing", "", "10"]
    assert cy[3:6] == ["ungraded", "", "10"]
    assert [one.name for one in path.parent.iterdir()] == ["grades.csv"]


def test_a_byte_order_mark_is_an_option(tmp_path):
    write_grades([BOB], tmp_path / "a.csv", bom=True)
    write_grades([BOB], tmp_path / "b.csv")
    assert (tmp_path / "a.csv").read_bytes() == b"\xef\xbb\xbf" + (tmp_path / "b.csv").read_bytes()


@pytest.mark.parametrize("name", ["=1+1", "Mal;=HYPERLINK(0);x", 'Mal";\t=1', "two\n+1", "'=1"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_is_a_formula_whatever_a_spreadsheet_separates_by(name, separator, tmp_path):
    row = replace(ADA, student=name, name=name, submitted_at=name, report=name)
    write_grades([row], tmp_path / "grades.csv")
    write_canvas([row], tmp_path / "canvas.csv")
    for path in tmp_path.iterdir():
        with path.open(encoding="utf-8", newline="") as file:
            read = [cell for line in csv.reader(file, delimiter=separator) for cell in line]
        assert not [cell for cell in read if re.match(r"[\s\"]*[=+\-@]", cell)]
    line = cells(tmp_path / "grades.csv")[1]
    assert line[0] == line[1] == line[10] == line[12] == escape_formula(name)


@pytest.mark.parametrize("status", ["missing", "unreadable"])
def test_a_zero_in_the_table_was_judged_or_decided(status, tmp_path):
    row = replace(BOB, status=status)
    write_grades([row], tmp_path / "open.csv")
    write_grades([row], tmp_path / "decided.csv", zero={status})
    assert cells(tmp_path / "open.csv")[1][3:5] == [status, ""]
    assert cells(tmp_path / "decided.csv")[1][3:5] == [status, "0"]


def test_the_table_tells_what_could_be_reached(tmp_path):
    part = replace(ADA, status="incomplete", reached=Decimal(6), reachable=Decimal(8))
    nothing = replace(part, reached=Decimal(0), reachable=Decimal(0))
    entered = {"held-back": "", "raw": "6", "scaled": "7.5"}
    for unreachable, cell in entered.items():
        write_grades([part, nothing], tmp_path / "g.csv", unreachable=unreachable)
        _, one, none = cells(tmp_path / "g.csv")
        assert one[3:8] == ["incomplete", "6", "10", "8", cell]
        assert none[3:8] == ["incomplete", "0", "10", "0", ""], "nothing was judged"


def test_what_waits_for_the_teacher_is_not_entered(tmp_path):
    write_grades([replace(ADA, status="needs_review"), CY], tmp_path / "g.csv")
    assert [line[4:8] for line in cells(tmp_path / "g.csv")[1:]] == [
        ["7.5", "10", "10", ""],
        ["", "10", "10", ""],
    ]


def test_a_mark_over_the_maximum_is_the_teacher_s_own_affair(tmp_path):
    write_grades([replace(ADA, status="marked", reached=Decimal(12))], tmp_path / "g.csv")
    assert cells(tmp_path / "g.csv")[1][4:6] == ["12", "10"]


@given(name=st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_name_comes_back_whole(name, tmp_path_factory):
    path = tmp_path_factory.mktemp("out") / "grades.csv"
    write_grades([replace(ADA, name=name), BOB], path)
    lines = cells(path)
    assert len(lines) == 3
    assert lines[1][1] == escape_formula(name)


@pytest.mark.parametrize("points", ["-1", "11", "NaN", "Infinity"])
def test_points_that_cannot_be_are_refused(points, tmp_path):
    path = tmp_path / "grades.csv"
    with pytest.raises(BatchError, match=r"batch.points"):
        write_grades([replace(ADA, reached=Decimal(points))], path)
    assert not path.exists()


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(BatchError, match=r"batch.not_written"):
        write_grades([ADA], tmp_path / "file" / "grades.csv")


def test_of_several_attempts_the_latest_counts():
    attempts = [
        replace(ADA, attempt=1, reached=Decimal(9)),
        replace(ADA, attempt=3, reached=None),
        replace(ADA, attempt=2, reached=Decimal(9)),
        BOB,
    ]
    assert [(one.name, one.attempt) for one in latest_attempts(attempts)] == [
        (ADA.name, 3),
        (BOB.name, 1),
    ]


def test_with_a_gradebook_its_policy_and_the_teacher_s_marks_count():
    rows = [ADA, replace(ADA, attempt=2, reached=Decimal(1)), BOB, CY]
    mark = SimpleNamespace(points=Decimal(6))
    grades = [
        Grade("1001", "Ada", "ex11", "graded", Decimal("7.5"), Decimal(10), attempts=2),
        Grade("1002", "Боб", "ex11", "marked", Decimal(6), Decimal(10), mark=mark),
        Grade("9999", "Eve", "ex11", "graded", Decimal(6), Decimal(10)),
    ]
    counted = {row.name: (row.status, row.reached) for row in latest_attempts(rows, grades)}
    assert counted == {
        "Ada Lovelace": ("graded", Decimal("7.5")),
        "Боб": ("marked", 6),
        "Cy": ("ungraded", None),
    }
    handed_in = [ADA, replace(BOB, status="graded"), BOB]
    assert [row.reached for row in with_overrides(handed_in, grades)] == [ADA.reached, 6, 0]


# Gradescope


def test_results_for_gradescope(tmp_path):
    def check(name, reached, visibility):
        return CheckResult(
            id=name,
            maximum=Decimal(5),
            reached=Decimal(reached),
            status="passed" if reached == "5" else "failed",
            visibility=visibility,
            feedback=[Message(id="x", text=f"about {name}")],
        )

    checks = [check("test_shape", "5", "shown"), check("test_canary", "2.5", "hidden")]
    report = Report(
        exercise=ExerciseInfo(id="ex11", slug="softmax", kind="code", course="nn"),
        status="graded",
        audience="teacher",
        reached=Decimal("7.5"),
        reachable=Decimal(10),
        maximum=Decimal(10),
        checks=checks,
    )
    (tmp_path / "r.json").write_text(report.model_dump_json(), encoding="utf-8")
    rows = [replace(ADA, report="r.json"), replace(ADA, student="../../etc", attempt=2), BOB, CY]
    written = write_gradescope(rows, tmp_path / "gs", tmp_path)
    files = sorted((tmp_path / "gs").rglob("results.json"))
    assert len(files) == 2
    assert (written.grades, written.left_open) == (2, ["Cy"])
    text = (tmp_path / "gs" / "1001" / "ex11-1" / "results.json").read_text(encoding="utf-8")
    result = json.loads(text)
    assert "canary" not in text
    assert result["score"] == sum(test["score"] for test in result["tests"]) == 7.5
    assert [test["max_score"] for test in result["tests"]] == [5, 5]
    assert result["tests"][0]["output"] == "about test_shape"


def test_gradescope_gets_what_was_judged_or_decided(tmp_path):
    rows = [
        replace(ADA, student=status, status=status, reached=Decimal(0))
        for status in ("graded", "unreadable", "needs_review", "missing")
    ]
    written = write_gradescope(rows, tmp_path / "a")
    assert sorted(one.name for one in (tmp_path / "a").iterdir()) == ["graded"]
    assert [kept.reason for kept in written.kept] == ["unreadable", "needs_review"]
    write_gradescope(rows, tmp_path / "b", rules=Rules(zero=frozenset({"unreadable"})))
    assert sorted(one.name for one in (tmp_path / "b").iterdir()) == ["graded", "unreadable"]


def test_gradescope_gets_no_part_for_the_whole(tmp_path):
    row = replace(ADA, status="incomplete", reached=Decimal(8), reachable=Decimal(8))
    assert [kept.reason for kept in write_gradescope([row], tmp_path).kept] == ["unreachable"]
    assert not list(tmp_path.iterdir())
    for unreachable, score in (("raw", 8), ("scaled", 10)):
        write_gradescope([row], tmp_path, rules=Rules(unreachable=unreachable))
        result = json.loads((tmp_path / "1001/ex11-1/results.json").read_text())
        assert result["score"] == score
        told = result["extra_data"]
        assert (told["points"], told["reachable"], told["maximum"]) == (8, 8, 10)


def test_gradescope_shows_no_check_of_another_device_as_failed(tmp_path):
    def check(name, **fields):
        return CheckResult(id=name, maximum=Decimal(5), **fields)

    elsewhere = Message(id="x", text="It needs another device.")
    report = Report(
        exercise=ExerciseInfo(id="ex11", slug="softmax", kind="code", course="nn"),
        status="incomplete",
        headline=Message(id="headline.of_a_test", text="All that can be checked here is right."),
        reached=Decimal(5),
        reachable=Decimal(5),
        maximum=Decimal(10),
        checks=[
            check("test_shape", reached=Decimal(5), status="passed"),
            check("test_gpu", status="not_run", reason="device", feedback=[elsewhere]),
        ],
    )
    (tmp_path / "r.json").write_text(report.model_dump_json(), encoding="utf-8")
    row = replace(ADA, status="incomplete", reached=Decimal(5), reachable=Decimal(5))
    row = replace(row, report="r.json")
    write_gradescope([row], tmp_path / "gs", tmp_path, Rules(unreachable="scaled"))
    result = json.loads((tmp_path / "gs/1001/ex11-1/results.json").read_text())
    assert result["score"] == 10
    assert result["tests"][0]["status"] == "passed"
    gpu = {"name": "test_gpu", "output": "It needs another device.", "visibility": "visible"}
    assert result["tests"][1] == gpu
    assert result["output"].splitlines() == [
        "All that can be checked here is right.",
        "Points: 5 of 5 that can be reached here (10 in all)",
    ]


def test_students_whose_ids_differ_by_case_alone_have_files_of_their_own(tmp_path):
    rows = [
        replace(ADA, student=student) for student in ("ada", "Ada", "ADA", "z\u00e9", "ze\u0301")
    ]
    assert write_gradescope(rows, tmp_path).grades == len(rows)
    folders = {one.name for one in tmp_path.iterdir()}
    assert "ada" in folders
    assert len({name.casefold() for name in folders}) == len(rows)
    assert sorted(len(name.rpartition("-")[2]) for name in folders) == [3, 24, 24, 24, 24]


def test_a_mark_of_the_teacher_s_own_stands_alone(tmp_path):
    write_gradescope([replace(ADA, report="none.json")], tmp_path, tmp_path)
    result = json.loads((tmp_path / "1001" / "ex11-1" / "results.json").read_text())
    assert result["score"] == 7.5
    assert [(test["name"], test["score"]) for test in result["tests"]] == [("ex11", 7.5)]
