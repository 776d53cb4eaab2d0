"""The CSV of a gradebook in a spreadsheet."""

import csv
import io

import pytest

from grader.gradebook.sheet import COLUMNS, safe, sheet
from grader.gradebook.store import Store


def rows(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        " =1",
        "\r\n=1",
        "＝1+1",
        "\n",
        "'=1",
        '=cmd|"/c calc"!A1',
    ],
)
def test_no_cell_is_a_formula(text):
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Zoë", "4711", "O'Brien", "a=b", "2026-01-01T00:00:00+00:00"])
def test_an_innocent_cell_stays_as_it_is(text):
    assert safe(text) == text


def test_names_with_quotes_and_line_ends_stay_one_cell(tmp_path, report):
    names = ['Zoë "Zo" Müller', "a,b;c", "two\nlines", "=1+1", "nul\0", "odd \udcff"]
    with Store.open(tmp_path / "g.sqlite") as store:
        for number, name in enumerate(names):
            store.record(report(7), str(number), name, late=True)
        store.enrol("zz", "Max")
        data = sheet(store.grades())
    found = rows(data)
    assert [row["name"] for row in found] == [
        *names[:3],
        "'=1+1",
        "nul\ufffd",
        "odd \ufffd",
        "Max",
    ]
    assert tuple(found[0]) == COLUMNS
    assert (found[0]["points"], found[0]["maximum"], found[0]["late"]) == ("7", "10", "yes")
    assert (found[-1]["status"], found[-1]["points"]) == ("missing", "0")


def test_an_ungraded_row_has_no_points(tmp_path, report):
    with Store.open(tmp_path / "g.sqlite") as store:
        store.record(report(0, "ungraded"), "s1", "Zoë")
        assert rows(sheet(store.grades()))[0]["points"] == ""


def test_a_mark_for_excel_on_demand():
    assert sheet([], bom=True).startswith(b"\xef\xbb\xbfstudent_id,")
    assert sheet([]).startswith(b"student_id,")
