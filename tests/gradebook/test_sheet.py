"""The CSV of a gradebook in a spreadsheet."""

import csv
import io
import re
from decimal import Decimal

import pytest

from grader.gradebook.sheet import COLUMNS, sheet
from grader.gradebook.store import Store


def rows(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_is_a_formula_whatever_a_spreadsheet_separates_by(separator, tmp_path, report):
    with Store.open(tmp_path / "g.sqlite") as store:
        for name in ("=1+1", "Mal;=HYPERLINK(0);x", 'Mal";\t=1', "two\n+1", "'=1"):
            store.record(report(7), name, name, submitted_at=name, report_path=name)
            store.mark(name, "ex11", Decimal(3), f"right; {name}", f"me;{name}")
        text = sheet(store.grades()).decode("utf-8")
    read = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    cells = [cell for line in read for cell in line]
    assert not [cell for cell in cells if re.match(r"[\s\"]*[=+\-@]", cell)]


def test_names_with_quotes_and_line_ends_stay_one_cell(tmp_path, report):
    names = ['Zoë "Zo" Müller', "a,b;c", "two\nlines", "=1+1", "nul\0", "odd \udcff"]
    with Store.open(tmp_path / "g.sqlite") as store:
        for number, name in enumerate(names):
            store.record(report(7), str(number), name, late=True)
        store.add_student("zz", "Max")
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
