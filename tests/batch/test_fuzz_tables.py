"""Rosters and worksheets in every encoding, damaged; grades that no spreadsheet alters or runs."""

import csv
import io
import json
import random
import re
import tempfile
from decimal import Decimal
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import example, given, settings
from support.cells import undone

from grader.batch.errors import BatchError
from grader.batch.lms.exports.canvas import write_canvas
from grader.batch.lms.exports.gradescope import write_gradescope
from grader.batch.lms.exports.moodle import write_moodle
from grader.batch.models import GradeRow
from grader.batch.outputs import write_grades
from grader.batch.outputs.grades import COLUMNS
from grader.batch.roster import read_roster
from grader.course.languages import LANGUAGES, Translator

ROUNDS = 5 * settings().max_examples
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1251", "cp1252", "koi8-r", "utf-32", "cp866"]
TABLES = [
    """\
id,name
1,Ada
2,Zoé Lefèvre
3,François
""",
    """\
Номер студента;Фамилия;Имя
1;Иванов;Иван
2;Семина;Анна
""",
    """\
Identifier,Full name,Email address,Grade,Maximum grade,Last modified (grade)
Participant 12,"L, Ada",a@b.c,,4.00,-
Participant 13,Bob,b@b.c,"1,5","4,00",-
""",
    """\
Student,ID,SIS User ID,SIS Login ID,Section,ex01 (77)
    Points Possible,,,,,4
Ada,12,a,a,S,
Bob,13,b,b,S,3
""",
]
PIECES = ["\n", "\r\n", '"', ",", ";", "\t", "\0", "\x1b[2J", "\u202e", "=1+1", "9" * 400, "\ufeff"]
PIECES += ["12", "13", "NaN", "1e999", "-1", "id", "Identifier", "Ada", "\u2028", "{{file}}", " "]
UNFIT = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
ROWS = [
    GradeRow("12", "Ada", "ex01", "graded", Decimal(3), Decimal(4)),
    GradeRow("13", "Bob", "ex01", "ungraded", None, Decimal(4)),
]


def damaged(draw):
    """Return a table with pieces put in or left out, in some encoding, and bytes altered."""
    text = list(draw.choice(TABLES))
    for _ in range(draw.randrange(4)):
        at = draw.randrange(len(text) + 1)
        text[at : at + draw.randrange(3)] = [draw.choice(PIECES)] * draw.randrange(1, 3)
    data = bytearray("".join(text).encode(draw.choice(ENCODINGS), "replace"))
    for _ in range(draw.choice([0, 0, 1, 3])):
        at = draw.randrange(len(data) + 1)
        data[at : at + 1] = bytes([draw.randrange(256)])
    return bytes(data)


def refused(function, *args):
    """Call; return whether it was refused, which must be in a clean sentence."""
    told = ""
    try:
        function(*args)
    except BatchError as problem:
        told = "".join(problem.sentence(Translator(lang)) for lang in LANGUAGES)
    assert not UNFIT.search(told), told
    return bool(told)


@pytest.mark.parametrize("seed", range(2))
def test_a_damaged_table_is_read_or_refused(seed, tmp_path, soon):
    draw = random.Random(seed)  # noqa: S311
    table, out = tmp_path / "table.csv", tmp_path / "out.csv"
    kept = 0
    for _ in range(ROUNDS):
        table.write_bytes(damaged(draw))
        with soon():
            if not refused(read_roster, table):
                kept += 1
                for student in read_roster(table).students:
                    assert student.id
                    assert not UNFIT.search(student.id + student.name)
            refused(write_moodle, ROWS, table, out)
            refused(write_canvas, ROWS, out, table)
    assert ROUNDS // 20 < kept < ROUNDS


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_a_table_or_refused(data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(data)
        refused(read_roster, path)


cells = st.text(max_size=8) | st.lists(st.sampled_from([*PIECES, "'", "@", "|", "%"])).map("".join)
whole = st.builds(
    GradeRow,
    student=cells,
    name=cells,
    exercise=cells,
    status=st.sampled_from(["graded", "missing", "ungraded", "unreadable"]),
    reached=st.none() | st.decimals(0, 4, places=2),
    maximum=st.just(Decimal(4)),
    late=st.none() | st.booleans(),
    attempt=st.integers(1, 99),
    submitted_at=st.none() | cells,
    report=st.none() | cells,
)


def storable(text):
    return text.encode("utf-8", "backslashreplace").decode()


@given(st.lists(whole, max_size=4))
@example([GradeRow("'=1", "\t=1", "\r-1", "graded", None, Decimal(4))])
@example([GradeRow("Mal;=1", 'Mal;"\t=1', "a\n'|-1", "graded", None, Decimal(4))])
def test_grades_read_back_as_they_were_and_no_cell_is_a_formula(rows):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grades.csv"
        write_grades(rows, path)
        lines = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8"), newline="")))
    assert lines[0] == list(COLUMNS)
    assert len(lines) == 1 + len(rows)
    for row, line in zip(rows, lines[1:], strict=True):
        found = dict(zip(COLUMNS, line, strict=True))
        for column, value in (
            ("student_id", row.student),
            ("name", row.name),
            ("exercise", row.exercise),
            ("submitted_at", row.submitted_at or ""),
            ("report", row.report or ""),
        ):
            assert undone(found[column]) == storable(value)
        for cell in line:
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "|", "%"))
            assert not cell.startswith(("\t", "\r", "\n", "\0"))
            assert not re.search(r"""[;,\t\r\n|][\s"]*[=+\-@]""", cell)


@given(st.lists(whole, max_size=3, unique_by=lambda row: (row.student, row.exercise, row.attempt)))
def test_gradescope_s_files_are_json_each_in_its_place(rows):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "out"
        written = write_gradescope(rows, root)
        found = sorted(root.rglob("results.json"))
        assert len(found) == written.grades
        assert all(len(path.relative_to(root).parts) == 3 for path in found)
        for path in found:
            assert json.loads(path.read_bytes())["score"] >= 0
