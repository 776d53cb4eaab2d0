"""Worksheets as PHP writes them: a quotation mark after a backslash is not doubled."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.text_blocks import block

from grader.batch.errors import BatchError
from grader.batch.php_csv import lines_of
from grader.batch.tables import read_table

ODD = [
    'x = ["\\"", "b"]',
    'print("\\"", 1)',
    '\\alpha\\"{o}, ok',
    'open("C:\\dir\\", "r")',
    "Ann/Anna Back\\",
    '\\\\"',
    '"',
    "\\",
    "two\nlines, and more",
    "",
    "plain",
]


def cell_of_php(cell):
    """Write a cell as PHP's fputcsv does."""
    if not set(cell) & set(',"\\\n\r\t '):
        return cell
    written, escaped = '"', False
    for sign in cell:
        if sign == "\\":
            escaped = True
        elif sign == '"' and not escaped:
            written += '"'
        else:
            escaped = False
        written += sign
    return written + '"'


def table_of_php(rows):
    return "".join(",".join(map(cell_of_php, row)) + "\n" for row in rows)


@given(st.lists(st.tuples(*[st.sampled_from(ODD)] * 2), min_size=1, max_size=5))
def test_every_cell_comes_back(cells):
    rows = [["Identifier", "Name", "Text", "Date"]]
    rows += [[f"Participant {n}", *odd, "-"] for n, odd in enumerate(cells, 1)]
    assert [line for _, line in lines_of(table_of_php(rows), ",")] == rows


@pytest.mark.parametrize("odd", ODD)
def test_a_worksheet_is_read_whatever_a_student_pasted(odd, tmp_path):
    rows = [["Identifier", "Text", "Date"], ["Participant 1", odd, "-"], ["Participant 2", "", "x"]]
    path = tmp_path / "sheet.csv"
    path.write_text(table_of_php(rows), encoding="utf-8", newline="")
    table = read_table(path)
    assert [table.header, *(row for _, row in table.rows)] == rows
    assert table.rows[1][0] == 3 + odd.count("\n")


def test_a_backslash_in_a_table_by_the_rules_is_a_letter(tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text(
        block("""
            id,name
            1,"Ann ""Back\\\"""
            2,"Bob\\"
        """),
        encoding="utf-8",
    )
    assert [row for _, row in read_table(path).rows] == [["1", 'Ann "Back\\"'], ["2", "Bob\\"]]


def test_what_cannot_be_read_in_any_way_is_refused(tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text('id,name\n1,"a\\"b"c"d\n', encoding="utf-8")
    with pytest.raises(BatchError, match=r"batch.table_broken"):
        read_table(path)


@pytest.mark.parametrize("piece", ['\\",', '"\\",', '"\\","\\",', '\\""'])
def test_no_text_takes_long(piece):
    began = time.process_time()
    lines_of('a,b,c\n1,"' + piece * 100_000, ",")
    assert time.process_time() - began < 10
