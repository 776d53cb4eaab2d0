"""The rules of a class on the rows of a batch: in every table, and in what a system imports."""

import csv
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest

from grader.batch.class_rules import ruled_rows, under_rules, with_teams
from grader.batch.class_summary import rules_data, rules_lines
from grader.batch.lms.exports.canvas import write_canvas
from grader.batch.lms.exports.gradescope import write_gradescope
from grader.batch.lms.exports.moodle import write_moodle
from grader.batch.models import GradeRow, Student
from grader.batch.outputs import Rules, latest_attempts, write_grades
from grader.batch.outputs.grades import COLUMNS, RULES_COLUMNS
from grader.classroom.reading import read_class
from grader.classroom.students import StudentsRules
from grader.course.languages import Translator

ADA = GradeRow(
    *("1001", "Ada Lovelace", "ex11", "graded", Decimal("7.50"), Decimal(10)),
    submitted_at="2026-11-22T10:00:00+00:00",
    submission_hash="aa",
)
BOB = GradeRow("1002", "Боб", "ex11", "missing", Decimal(0), Decimal(10))
CY = replace(ADA, student="1003", name="Cy", reached=Decimal(9), submitted_at=None)
STUDENTS = [Student("1001", "Ada Lovelace"), Student("1002", "Боб"), Student("1003", "Cy")]
LATE = "deadline: 2026-11-20T10:00Z\npenalty: 10%\n"


@pytest.fixture
def rules(tmp_path):
    def read(text):
        file = tmp_path / "class.yaml"
        file.write_text(text, encoding="utf-8")
        return read_class(file)

    return read


@pytest.fixture
def under(rules):
    """Return rows under the rules of a text."""

    def under(text, *rows, students=STUDENTS):
        return under_rules(rows, rules(text), students, None, "held-back")[0]

    return under


def table(rows, tmp_path):
    write_grades(rows, tmp_path / "grades.csv")
    with (tmp_path / "grades.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_table_has_raw_points_and_those_after_the_rules(under, tmp_path):
    ada, bob, cy = table(under(LATE, ADA, BOB, CY), tmp_path)
    assert tuple(ada) == (*COLUMNS, *RULES_COLUMNS)
    assert [ada[name] for name in ("points", "entered", "counts", "days_late")] == [
        *("7.5", "5.5", "yes", "2"),
    ]
    assert (ada["penalty"], ada["after_rules"]) == ("2", "5.5")
    assert (bob["points"], bob["entered"], bob["counts"], bob["days_late"]) == ("", "", "yes", "")
    assert (cy["after_rules"], cy["days_late"], cy["penalty"]) == ("9", "", "0")


def test_without_rules_nothing_is_different(tmp_path):
    assert tuple(table([ADA, BOB], tmp_path)[0]) == COLUMNS


def test_the_grade_stands_in_one_row_and_the_sum_is_what_goes_in(under, tmp_path):
    second = replace(ADA, attempt=2, reached=Decimal(3), submission_hash="bb")
    third = replace(ADA, attempt=3, reached=Decimal(10), submission_hash="cc")
    rows = table(under("counts: best\nattempts: 2\n", ADA, second, third), tmp_path)
    assert [row["counts"] for row in rows] == ["yes", "no", "no"]
    assert [row["entered"] for row in rows] == ["7.5", "", ""]
    assert [row["after_rules"] for row in rows] == ["7.5", "3", "10"]


def test_a_team_has_one_grade_and_nobody_else_has_it(under, tmp_path):
    rows = under("teams: {Duo: [1001, Боб]}\n" + LATE, ADA, BOB, CY)
    ada, bob, cy = table(rows, tmp_path)
    assert (ada["team"], ada["handed_in_by"], ada["entered"]) == ("Duo", "", "5.5")
    assert (bob["team"], bob["handed_in_by"], bob["entered"]) == ("Duo", "1001", "5.5")
    assert (bob["status"], bob["points"]) == ("missing", "")
    assert (cy["team"], cy["entered"]) == ("", "9")
    final = {row.student: (row.status, row.after) for row in latest_attempts(rows)}
    assert final["1002"] == ("graded", Decimal("5.5"))


def test_a_member_without_a_row_gets_one(under, tmp_path):
    text = "teams: {Duo: [1001, Боб], Solo: [1003]}"
    rows = table(under(text, ADA), tmp_path)
    assert [(row["student_id"], row["status"], row["entered"]) for row in rows] == [
        ("1001", "graded", "7.5"),
        ("1002", "missing", "7.5"),
    ]


def test_a_member_whom_nobody_knows_gets_none(rules):
    own = StudentsRules(rules("teams: {Duo: [1001, Nemo]}"), [("1001", "Ada Lovelace")])
    assert with_teams([ADA], own, {"1001": "Ada Lovelace"}) == [ADA]
    assert list(own.unknown) == ["Nemo"]


WORKSHEET = (
    "Identifier,Full name,ID number,Status,Grade,Maximum Grade,Last modified (grade)\n"
    "Participant 5,Ada Lovelace,1001,Submitted for grading,,10.00,-\n"
    "Participant 6,Боб,1002,No submission,,10.00,-\n"
    "Participant 7,Cy,1003,Submitted for grading,,10.00,-\n"
)


def test_moodle_gets_the_grade_after_the_rules(under, tmp_path):
    (tmp_path / "worksheet.csv").write_text(WORKSHEET, encoding="utf-8")
    rows = under("teams: {Duo: [1001, Боб]}\n" + LATE, ADA, BOB, CY)
    counting = latest_attempts(rows)
    written = write_moodle(counting, tmp_path / "worksheet.csv", tmp_path / "moodle.csv")
    text = (tmp_path / "moodle.csv").read_text(encoding="utf-8")
    assert written.grades == 3
    cells = {line[0]: line[1] for line in csv.reader(text.splitlines())}
    assert [cells[f"Participant {number}"] for number in (5, 6, 7)] == ["5.5", "5.5", "9"]


def test_canvas_gets_the_grade_after_the_rules(under, tmp_path):
    write_canvas(latest_attempts(under(LATE, ADA, BOB, CY)), tmp_path / "canvas.csv")
    lines = list(csv.reader((tmp_path / "canvas.csv").read_text(encoding="utf-8").splitlines()))
    assert [(line[0], line[-1]) for line in lines[2:]] == [("Ada Lovelace", "5.5"), ("Cy", "9")]


def test_gradescope_gets_each_submission_after_its_own_penalty(under, tmp_path):
    write_gradescope(under(LATE, ADA), tmp_path)
    (file,) = tmp_path.glob("*/ex11-1/results.json")
    assert '"score": 5.5' in file.read_text(encoding="utf-8")
    assert '"points": 7.5' in file.read_text(encoding="utf-8")


def test_a_penalty_is_taken_off_before_points_are_put_in_proportion(rules):
    part = replace(ADA, maximum=Decimal(20), reachable=Decimal(15))
    own = StudentsRules(rules(LATE), [("1001", "")])
    row = latest_attempts(ruled_rows([part], own, "scaled"))[0]
    assert row.after == Decimal("4.5")  # 7.5 − 2 · 10 % of 15
    from grader.batch.outputs.rules import Worth, awarded  # noqa: PLC0415

    worths = {"ex11": Worth(Decimal(15), Decimal(20))}
    award = awarded({"ex11": row}, worths, Rules(unreachable="scaled"))
    assert award.points == 6  # 4.5 · 20 / 15
    assert awarded({"ex11": row}, worths, Rules(), part=True).points == Decimal("4.5")
    assert awarded({"ex11": row}, worths, Rules()) == "unreachable"


def lines(rows, own, lang, width=80):
    found = rules_lines(rows, own, "moodle.csv", Translator(lang), width)
    return [line.text for line in found]


def test_the_summary_lists_who_was_late_and_what_could_not_be_decided(rules):
    text = f"{LATE}extensions: {{Nemo: 1 day}}\nattempts: 1"
    second = replace(ADA, attempt=2, submission_hash="bb")
    rows, own = under_rules([ADA, second, CY], rules(text), STUDENTS, None, "held-back")
    told = "\n".join(lines(rows, own, "en", 300))
    assert "ex11  Ada Lovelace (1001)  2 days late  −2 (20%), so 5.5" in told
    assert "1 attempt has no known time, so it is not late." in told
    assert "1 attempt is one too many and does not count." in told
    assert "class.yaml names students who are not there" in told
    assert "Nemo" in told
    assert "The grades in moodle.csv are those after these rules." in told
    assert all(len(line) <= 80 for line in lines(rows, own, "ru"))
    assert "20\u00a0%" in "\n".join(lines(rows, own, "fr"))
    data = rules_data(rows, own)
    assert (data["undated"], data["over"], data["unknown"]) == (1, 1, ["Nemo"])
    assert data["late"] == [
        {"student": "1001", "exercise": "ex11", "days": 2, "penalty": 2.0, "after": 5.5}
    ]


def test_a_name_is_text_in_the_table(under, tmp_path):
    evil = replace(ADA, student="=1+1", name="=1+1")
    mate = replace(BOB, student="mate")
    students = [Student("=1+1", "=1+1"), Student("mate", "")]
    text = "teams: {'=cmd': ['=1+1', mate]}"
    rows = table(under(text, evil, mate, students=students), tmp_path)
    assert [row["team"] for row in rows] == ["'=cmd", "'=cmd"]
    assert rows[1]["handed_in_by"] == "'=1+1"


def test_marks_are_final(rules):
    from grader.batch.class_rules import rows_of_gradebook  # noqa: PLC0415
    from grader.classroom.tries import Decision  # noqa: PLC0415
    from grader.gradebook.policy import Grade  # noqa: PLC0415

    own = StudentsRules(rules(LATE), [("1001", "")])
    mark = SimpleNamespace(points=Decimal(10))
    grade = Grade(
        *("1001", "Ada", "ex11", "marked", Decimal(10), Decimal(10)),
        mark=mark,
        decision=Decision(own.team("ex11", "1001")),
    )
    (row,) = latest_attempts(rows_of_gradebook([ADA], [grade]))
    assert (row.status, row.after) == ("marked", Decimal(10))
