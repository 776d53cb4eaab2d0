"""Grades on their way out, read back as a spreadsheet and the three systems read them."""

import csv
import json
import re
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.batch.models import Row
from grader.batch.outputs import (
    chosen,
    marked,
    write_canvas,
    write_grades,
    write_gradescope,
    write_moodle,
)
from grader.batch.outputs.grades import COLUMNS
from grader.batch.problems import BatchProblem
from grader.course.languages import Translator
from grader.gradebook.policy import Grade
from grader.report.cells import safe
from grader.report.models import CheckResult, ExerciseInfo, Message, Report

ADA = Row("1001", "Ada Lovelace", "ex11", "graded", Decimal("7.50"), Decimal(10))
BOB = Row("1002", "Боб", "ex11", "missing", Decimal(0), Decimal(10))
CY = Row("1003", "Cy", "ex11", "ungraded", None, Decimal(10))

WORKSHEETS = {
    "en": "Identifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments",
    "fr": "Identifiant,Nom complet,Adresse de courriel,Statut,Note,Note maximale,"
    "La note peut être modifiée,Dernière modification (travail remis),"
    "Dernière modification (note),Commentaires",
    "ru": "Идентификатор,Полное имя,Адрес электронной почты,Состояние,Оценка,"
    "Максимальная оценка,Оценка может быть изменена,Последнее изменение (ответ),"
    "Последнее изменение (оценка),Отзыв",
}
PARTICIPANT = {"en": "Participant ", "fr": "Participant ", "ru": "Участник"}


def cells(path, encoding="utf-8"):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


def worksheet(tmp_path, lang="en", maximum="10.00", encoding="utf-8-sig"):
    header, participant = WORKSHEETS[lang], PARTICIPANT[lang]
    lines = [
        f'{participant}{number},"{name}",{number}@x.org,Submitted,,"{maximum}",Yes,"a, b",-,'
        for number, name in ((1003, "Cy"), (1001, "Lovelace, Ada"), (1002, "Боб"), (1004, "Eve"))
    ]
    path = tmp_path / "worksheet.csv"
    path.write_text("\n".join([header, *lines, ""]), encoding=encoding)
    return path


def test_grades_are_a_table_with_documented_columns(tmp_path):
    late = replace(ADA, late=True, attempt=2, submitted_at="2026-11-20T10:00:00+00:00")
    path = tmp_path / "out" / "grades.csv"
    write_grades([late, BOB, CY], path)
    header, ada, bob, cy = cells(path)
    assert tuple(header) == COLUMNS
    assert ada == [
        *("1001", "Ada Lovelace", "ex11", "graded", "7.5", "10", "yes", "2"),
        *("2026-11-20T10:00:00+00:00", "", ""),
    ]
    assert bob[3:6] == ["missing", "0", "10"]
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
    assert line[0] == line[1] == line[8] == line[10] == safe(name)


def test_a_title_of_the_teacher_s_own_is_what_canvas_knows(tmp_path):
    write_canvas([ADA], tmp_path / "canvas.csv", titles={"ex11": "Loss, -log p"})
    assert cells(tmp_path / "canvas.csv")[0][-1] == "Loss, -log p"


@given(name=st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_name_comes_back_whole(name, tmp_path_factory):
    path = tmp_path_factory.mktemp("out") / "grades.csv"
    write_grades([replace(ADA, name=name), BOB], path)
    lines = cells(path)
    assert len(lines) == 3
    assert lines[1][1] == safe(name)


@pytest.mark.parametrize("points", ["-1", "11", "NaN", "Infinity"])
def test_points_that_cannot_be_are_refused(points, tmp_path):
    path = tmp_path / "grades.csv"
    with pytest.raises(BatchProblem, match=r"batch.points"):
        write_grades([replace(ADA, reached=Decimal(points))], path)
    assert not path.exists()


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(BatchProblem, match=r"batch.not_written"):
        write_grades([ADA], tmp_path / "file" / "grades.csv")


def test_of_several_attempts_the_latest_counts():
    attempts = [
        replace(ADA, attempt=1, reached=Decimal(9)),
        replace(ADA, attempt=3, reached=None),
        replace(ADA, attempt=2, reached=Decimal(9)),
        BOB,
    ]
    assert [(one.name, one.attempt) for one in chosen(attempts)] == [(ADA.name, 3), (BOB.name, 1)]


def test_with_a_gradebook_its_policy_and_the_teacher_s_marks_count():
    rows = [ADA, replace(ADA, attempt=2, reached=Decimal(1)), BOB, CY]
    mark = SimpleNamespace(points=Decimal(6))
    grades = [
        Grade("1001", "Ada", "ex11", "graded", Decimal("7.5"), Decimal(10), attempts=2),
        Grade("1002", "Боб", "ex11", "marked", Decimal(6), Decimal(10), mark=mark),
        Grade("9999", "Eve", "ex11", "graded", Decimal(6), Decimal(10)),
    ]
    counted = {row.name: (row.status, row.reached) for row in chosen(rows, grades)}
    assert counted == {
        "Ada Lovelace": ("graded", Decimal("7.5")),
        "Боб": ("marked", 6),
        "Cy": ("ungraded", None),
    }
    handed_in = [ADA, replace(BOB, status="graded"), BOB]
    assert [row.reached for row in marked(handed_in, grades)] == [ADA.reached, 6, 0]


# Moodle


@pytest.mark.parametrize("lang", WORKSHEETS)
def test_the_worksheet_of_moodle_is_filled_in_and_else_as_it_was(lang, tmp_path):
    template = worksheet(tmp_path, lang)
    out = tmp_path / "filled.csv"
    written = write_moodle([ADA, BOB, CY], template, out)
    before, after = cells(template, "utf-8-sig"), cells(out)
    grade = before[0].index({"en": "Grade", "fr": "Note", "ru": "Оценка"}[lang])
    assert [line[grade] for line in after[1:]] == ["", "7.5", "0", ""]
    for line in (*before, *after):
        line[grade] = ""
    assert after == before
    assert (written.grades, written.left_open, written.strangers) == (2, ["Cy"], [])


def test_points_of_several_exercises_are_added_up(tmp_path):
    rows = [ADA, replace(ADA, exercise="ex15", reached=Decimal("2.25"))]
    write_moodle(rows, worksheet(tmp_path), tmp_path / "filled.csv")
    assert cells(tmp_path / "filled.csv")[2][4] == "9.75"


@pytest.mark.parametrize("maximum", ["7.49", "7,00", "", "-"])
def test_a_grade_over_the_maximum_is_refused(maximum, tmp_path):
    out = tmp_path / "filled.csv"
    with pytest.raises(BatchProblem, match=r"batch.over_maximum"):
        write_moodle([ADA], worksheet(tmp_path, maximum=maximum), out)
    assert not out.exists()


def test_what_a_worksheet_holds_does_not_steer_the_terminal(tmp_path):
    with pytest.raises(BatchProblem) as told:
        write_moodle([ADA], worksheet(tmp_path, maximum="\x1b[2J7"), tmp_path / "filled.csv")
    assert "\\x1b[2J7" in told.value.sentence(Translator("en"))


def test_students_by_another_id_or_name_are_found_and_strangers_told(tmp_path):
    rows = [
        replace(ADA, student="1001@x.org"),
        replace(ADA, student="s7", name="EVE"),
        replace(ADA, student="s8", name="Nobody"),
    ]
    written = write_moodle(rows, worksheet(tmp_path), tmp_path / "filled.csv")
    assert [line[4] for line in cells(tmp_path / "filled.csv")[1:]] == ["", "7.5", "", "7.5"]
    assert written.strangers == ["Nobody"]


def test_two_students_of_one_line_are_refused(tmp_path):
    rows = [replace(ADA, student="a", name="Eve"), replace(ADA, student="b", name="Eve")]
    with pytest.raises(BatchProblem, match=r"batch.template_students"):
        write_moodle(rows, worksheet(tmp_path), tmp_path / "filled.csv")


@pytest.mark.parametrize(
    ("old", "new", "id_"),
    [
        ("Grade,", "Mark,", "batch.template_columns"),
        ("Identifier", "Who", "batch.template_columns"),
        ("Last modified (grade)", "When", "batch.template_columns"),
        ("Maximum grade", "Scale", "batch.template_scale"),
    ],
)
def test_a_table_that_moodle_would_not_take_is_refused(old, new, id_, tmp_path):
    path = worksheet(tmp_path)
    text = path.read_text(encoding="utf-8").replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BatchProblem, match=id_):
        write_moodle([ADA], path, tmp_path / "filled.csv")


# Canvas


def test_a_table_for_canvas(tmp_path):
    rows = [ADA, BOB, CY, replace(ADA, exercise="ex15", maximum=Decimal(8))]
    written = write_canvas(rows, tmp_path / "canvas.csv", titles={"ex11": "Softmax (77)"})
    assert cells(tmp_path / "canvas.csv") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Softmax (77)", "ex15"],
        ["    Points Possible", "", "", "", "", "10", "8"],
        ["Ada Lovelace", "1001", "", "", "", "7.5", "7.5"],
        ["Боб", "1002", "", "", "", "0", ""],
        ["Cy", "1003", "", "", "", "", ""],
    ]
    assert (written.grades, written.left_open) == (3, ["Cy"])
    write_canvas([ADA], tmp_path / "canvas.csv", sis=True)
    assert cells(tmp_path / "canvas.csv")[2][1:3] == ["", "1001"]


def test_the_export_of_canvas_is_filled_in(tmp_path):
    template = tmp_path / "export.csv"
    template.write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,Essay (5),Softmax (77),Current Score\n"
        "    Points Possible,,,,,20,10,(read only)\n"
        '"Lovelace, Ada",1001,A1,ada,One,3,,15\n'
        '"Боб",1002,A2,bob,One,4,6,20\n'
        '"Student, Test",9,,t,One,,,\n',
        encoding="utf-8-sig",
    )
    rows = [replace(ADA, student="ada"), replace(CY, student="A2"), replace(ADA, student="x")]
    rows[2] = replace(rows[2], name="Nobody")
    out = tmp_path / "canvas.csv"
    written = write_canvas(rows, out, template, {"ex11": "Softmax"})
    assert cells(out) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Softmax (77)"],
        ["    Points Possible", "", "", "", "", "10"],
        ["Lovelace, Ada", "1001", "A1", "ada", "One", "7.5"],
        ["Боб", "1002", "A2", "bob", "One", "6"],
    ]
    assert (written.grades, written.left_open, written.strangers) == (1, ["Cy"], ["Nobody"])
    with pytest.raises(BatchProblem, match=r"batch.template_columns"):
        write_canvas([ADA], out, template, {"ex11": "Other"})
    text = template.read_text(encoding="utf-8-sig")
    template.write_text(text.replace("Softmax", "Ex 11: softmax"), encoding="utf-8")
    write_canvas([ADA], out, template)
    assert cells(out)[0][-1] == "Ex 11: softmax (77)"
    template.write_text(
        text.replace("Softmax", "Ex 11").replace("Essay", "ex11 bis"), encoding="utf-8"
    )
    with pytest.raises(BatchProblem, match=r"batch.template_columns"):
        write_canvas([ADA], out, template)


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
