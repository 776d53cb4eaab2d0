"""Canvas's gradebook, filled in and read back as Canvas reads it."""

import csv
from dataclasses import replace
from decimal import Decimal

import pytest
from support.text_blocks import block

from grader.batch.errors import BatchError
from grader.batch.lms.exports.canvas import Canvas, write_canvas
from grader.batch.models import GradeRow, MatchedFile
from grader.batch.outputs import Rules
from grader.batch.outputs.rules import Worth
from grader.batch.prepare_export import prepare
from grader.gradebook.unreachable_points import UNREACHABLE

ADA = GradeRow("1001", "Ada Lovelace", "ex11", "graded", Decimal("7.50"), Decimal(10))
BOB = GradeRow("1002", "Боб", "ex11", "graded", Decimal(4), Decimal(10))
CY = GradeRow("1003", "Cy", "ex11", "missing", Decimal(0), Decimal(10))
PART = replace(ADA, status="incomplete", reached=Decimal(8), reachable=Decimal(8))
TEN = {"ex11": Worth(Decimal(10), Decimal(10))}

EXPORT = """\
Student,ID,SIS User ID,SIS Login ID,Section,Essay (5),Softmax (77),Current Score
,,,,,,Manual Posting,
    Points Possible,,,,,20,10,(read only)
"Lovelace, Ada",1001,A1,ada,One,3,,15
Боб,1002,A2,bob,One,4,3.5,20
Cy,1003,A3,cy,One and Two,4,EX,20
Dan,1004,A4,dan,One,,N/A,20
"Student, Test",9,,t,One,,,
"""
OWN = [
    ["", "", "", "", "", "Manual Posting"],
    ["    Points Possible", "", "", "", "", "10"],
]


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def export(tmp_path, text=EXPORT):
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def filled(tmp_path, rows, rules=None, text=EXPORT, titles=None):
    """Return the lines that Canvas gets and what was told."""
    out = tmp_path / "canvas.csv"
    titles = {"ex11": "Softmax"} if titles is None else titles
    written = write_canvas(rows, out, export(tmp_path, text), titles, rules=rules)
    return read(out), written


def reasons(written):
    return {kept.student: kept.reason for kept in written.kept}


def test_the_export_is_filled_in(tmp_path):
    lines, written = filled(tmp_path, [ADA, BOB, replace(ADA, student="x", name="Nobody")])
    assert lines == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Softmax (77)"],
        *OWN,
        ["Lovelace, Ada", "1001", "A1", "ada", "One", "7.5"],
        ["Боб", "1002", "A2", "bob", "One", "4"],
    ]
    assert (written.grades, written.changed, written.kept[0].student) == (2, 2, "Nobody")
    assert written.strangers == ["Nobody"]


def test_first_and_last_name_may_have_columns_of_their_own(tmp_path):
    text = block("""
        LastName,FirstName,ID,SIS User ID,SIS Login ID,Section,Ex11 Softmax (77),Final Score
            Points Possible,,,,,,10,(read only)
        Lovelace,Ada,1001,A1,ada,One,,
    """)
    lines, written = filled(tmp_path, [ADA], text=text, titles={})
    assert lines[0][:3] == ["LastName", "FirstName", "ID"]
    assert lines[1:] == [
        ["    Points Possible", "", "", "", "", "", "10"],
        ["Lovelace", "Ada", "1001", "A1", "ada", "One", "7.5"],
    ]
    assert written.kept == []


@pytest.mark.parametrize("kind", ["graded", "missing", "unreadable"])
def test_whoever_is_excused_stays_so(kind, tmp_path):
    rows = [
        ADA,
        replace(CY, status=kind, reached=Decimal(9)),
        replace(CY, student="1004", name="Dan", status=kind, reached=Decimal(9)),
    ]
    zero = Rules(zero=frozenset({"missing", "unreadable"}), allow_lower=True)
    for rules in (Rules(), zero):
        lines, written = filled(tmp_path, rows, rules)
        assert [line[-1] for line in lines[3:]] == ["7.5", "EX", "N/A"]
        assert reasons(written) == {"Cy": "excused", "Dan": "excused"}


@pytest.mark.parametrize("status", ["missing", "unreadable", "ungraded", "needs_review"])
def test_what_was_not_judged_leaves_the_cell_as_it_was(status, tmp_path):
    rows = [replace(ADA, status=status), replace(BOB, status=status, reached=Decimal(0))]
    lines, written = filled(tmp_path, rows)
    assert [line[-1] for line in lines[3:]] == ["3.5"]  # an empty cell would take a grade away
    assert reasons(written) == {"Lovelace, Ada": status, "Боб": status}


def test_a_zero_is_the_teacher_s_decision_and_a_lower_grade_another(tmp_path):
    rows = [replace(CY, student="1001", name="Ada Lovelace"), replace(BOB, reached=Decimal(3))]
    zero = Rules(zero=frozenset({"missing"}))
    lines, written = filled(tmp_path, rows, zero)
    assert [line[-1] for line in lines[3:]] == ["0", "3.5"]
    assert reasons(written) == {"Боб": "lower"}
    lines, written = filled(tmp_path, rows, replace(zero, allow_lower=True))
    assert [line[-1] for line in lines[3:]] == ["0", "3"]


def test_words_in_a_cell_are_the_teacher_s(tmp_path):
    lines, written = filled(tmp_path, [BOB], text=EXPORT.replace("3.5", "incomplete"))
    assert [line[-1] for line in lines[3:]] == ["incomplete"]
    assert reasons(written) == {"Боб": "text"}


def test_without_a_roster_all_of_the_export_are_the_class_but_the_test_student(tmp_path):
    out = tmp_path / "canvas.csv"
    zero = Rules(zero=frozenset({"missing"}), allow_lower=True)
    for rules, grades in ((Rules(), ["7.5"]), (zero, ["7.5", "0"])):
        sheet = Canvas(export(tmp_path), TEN, {"ex11": "Softmax"}, rules, listed=False)
        written = sheet.write([ADA], out)
        assert [line[-1] for line in read(out)[3:]] == grades
    assert written.kept == []


def test_canvas_s_own_name_for_a_student_goes_with_the_id(tmp_path):
    rows = [replace(ADA, name="lovelaceada"), replace(BOB, name="group3")]
    lines, written = filled(tmp_path, rows)
    assert [line[1] for line in lines[3:]] == ["1001"]
    assert written.strangers == ["group3"]


@pytest.mark.parametrize(
    ("old", "new", "titles", "id_"),
    [
        ("Softmax", "Softmax", {"ex11": "Other"}, "batch.template_columns"),
        ("Section", "Group", {"ex11": "Softmax"}, "batch.template_columns"),
        ("Student,", "Person,", {"ex11": "Softmax"}, "batch.template_columns"),
        (",10,(read", ",(read only),(read", {"ex11": "Softmax"}, "batch.template_read_only"),
        (",10,(read", ",100,(read", {"ex11": "Softmax"}, "batch.maximum"),
        ("Essay", "Ex11 bis", {}, "batch.template_columns"),
        ("1001", "5001", {"ex11": "Softmax"}, "batch.template_nobody"),
    ],
)
def test_what_cannot_be_filled_in_is_refused_before_anything_is_judged(
    old, new, titles, id_, tmp_path
):
    text = EXPORT.replace(old, new, 1).replace("Lovelace, Ada", "Lovelace, Eve")
    who = MatchedFile("1001", "Eve Lovelace", "ex11", "ex11.py", bytes)
    path = export(tmp_path, text.replace("Ex11 bis", "Ex1 bis"))
    with pytest.raises(BatchError, match=id_):
        prepare("canvas", path, titles, Rules(), TEN, [who], listed=False)


def test_several_columns_are_asked_about(tmp_path):
    text = EXPORT.replace("Softmax", "Ex 11").replace("Essay", "ex11 bis")
    with pytest.raises(BatchError, match=r"batch.template_several") as told:
        filled(tmp_path, [ADA], text=text, titles={})
    assert told.value.arguments["columns"] == "ex11 bis (5), Ex 11 (77)"
    lines, _ = filled(tmp_path, [ADA], text=text, titles={"ex11": "Ex 11"})
    assert lines[0][-1] == "Ex 11 (77)"
    text = EXPORT.replace("Softmax", "Ex 11: softmax")
    assert filled(tmp_path, [ADA], text=text, titles={})[0][0][-1] == "Ex 11: softmax (77)"


def test_points_are_converted_when_asked_for(tmp_path):
    text = EXPORT.replace(",10,(read", ",100,(read")
    lines, _ = filled(tmp_path, [ADA], Rules(scale=True), text)
    assert lines[3][-1] == "75"
    lines, _ = filled(tmp_path, [PART], Rules(scale=True, unreachable="scaled"), text)
    assert lines[3][-1] == "100"


@pytest.mark.parametrize(
    ("unreachable", "cell"), [("scaled", "10"), ("raw", "8"), ("held-back", None)]
)
def test_the_teacher_chooses_how_a_part_is_entered(unreachable, cell, tmp_path):
    lines, written = filled(tmp_path, [PART], Rules(unreachable=unreachable))
    cells = {line[0]: line[-1] for line in lines[3:]}
    assert cells.get("Lovelace, Ada") == cell
    assert reasons(written) == ({} if cell else {"Lovelace, Ada": "unreachable"})


def test_an_assignment_that_asks_for_the_part_alone_gets_it(tmp_path):
    for unreachable in UNREACHABLE:
        lines, written = filled(
            tmp_path, [PART], Rules(unreachable=unreachable), EXPORT.replace(",10,(", ",8,(")
        )
        assert (lines[3][-1], written.part) == ("8", {"ex11"})


@pytest.mark.parametrize(
    ("unreachable", "cell"), [("scaled", "6"), ("raw", "7.5"), ("held-back", None)]
)
def test_where_a_part_is_asked_for_who_could_reach_more_is_decided_of(unreachable, cell, tmp_path):
    text = EXPORT.replace(",10,(", ",8,(")
    lines, _ = filled(
        tmp_path,
        [ADA, replace(PART, student="1002", name="Боб")],
        Rules(unreachable=unreachable),
        text,
    )
    assert {line[0]: line[-1] for line in lines[3:]}.get("Lovelace, Ada") == cell


def test_a_bonus_is_taken_by_canvas(tmp_path):
    lines, _ = filled(tmp_path, [replace(ADA, status="marked", reached=Decimal(12))])
    assert lines[3][-1] == "12"


# Without a template


def test_a_table_from_scratch_has_no_empty_cell(tmp_path):
    rows = [
        *(ADA, replace(ADA, exercise="ex15", maximum=Decimal(8))),
        *(BOB, replace(BOB, exercise="ex15", maximum=Decimal(8), status="needs_review")),
        *(CY, replace(CY, exercise="ex15", maximum=Decimal(8))),
    ]
    written = write_canvas(rows, tmp_path / "canvas.csv", titles={"ex11": "Softmax (77)"})
    assert read(tmp_path / "canvas.csv") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Softmax (77)", "ex15"],
        ["    Points Possible", "", "", "", "", "10", "8"],
        ["Ada Lovelace", "1001", "", "", "", "7.5", "7.5"],
    ]
    assert (written.grades, reasons(written)) == (2, {"Боб": "needs_review", "Cy": "missing"})
    write_canvas([ADA], tmp_path / "canvas.csv", sis=True)
    assert read(tmp_path / "canvas.csv")[2][1:3] == ["", "1001"]


def test_from_scratch_a_part_is_no_whole(tmp_path):
    written = write_canvas([PART], tmp_path / "canvas.csv")
    assert len(read(tmp_path / "canvas.csv")) == 2
    assert reasons(written) == {ADA.name: "unreachable"}
    for unreachable, cell in (("scaled", "10"), ("raw", "8")):
        write_canvas([PART], tmp_path / "canvas.csv", rules=Rules(unreachable=unreachable))
        assert read(tmp_path / "canvas.csv")[1:] == [
            ["    Points Possible", "", "", "", "", "10"],
            ["Ada Lovelace", "1001", "", "", "", cell],
        ]


def test_a_title_of_the_teacher_s_own_is_what_canvas_knows(tmp_path):
    write_canvas([ADA], tmp_path / "canvas.csv", titles={"ex11": "Loss, -log p"})
    assert read(tmp_path / "canvas.csv")[0][-1] == "Loss, -log p"


def test_a_text_typed_on_the_page_is_never_a_zero(tmp_path):
    lost = GradeRow("1004", "Dan", "ex11", "missing", None, Decimal(10))
    text = EXPORT.replace("N/A", "")
    zero = Rules(zero=frozenset({"missing"}))
    lines, written = filled(tmp_path, [ADA, lost], zero, text)
    assert lines[-1][0] == "Dan"
    lines, written = filled(tmp_path, [ADA, lost], replace(zero, typed=frozenset({"1004"})), text)
    assert "Dan" not in [line[0] for line in lines]
    assert reasons(written)["Dan"] == "elsewhere"
