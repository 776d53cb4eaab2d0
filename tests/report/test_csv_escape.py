"""Cells that no spreadsheet runs, whatever it separates by."""

import csv
import io
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.cells import undone

from grader.report import csv_escape as cells

SEPARATORS = [",", ";", "\t", "|", "\n", "\r\n"]
SIGNS = ["=", "+", "-", "@", "%", "＝", "＋", "－", "＠"]
PIECES = [*SEPARATORS, *SIGNS, "'", '"', " ", "\xa0", "\0", "\r", "\ufeff", "a", "1+1", "\udcff"]
texts = st.text() | st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def is_formula(cell):
    """Tell whether a spreadsheet that takes off blanks and quotes would run a cell."""
    return re.match(r"""[\s"\0\ufeff]*[=+\-@%＝＋－＠]""", cell) is not None


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "-1", "@SUM(A1)", " =1", "\xa0=1", "＝1+1", "|cmd", " |cmd", "%0A", "'=1"),
        *("\0=1", "\ufeff=1", '"=1"', '=cmd|"/c calc"!A1', "\n", "\tAda", "\r\nAda", "\0"),
    ],
)
def test_no_cell_begins_a_formula(text):
    assert cells.escape_formula(text) == f"'{text}"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Mal;=HYPERLINK(0);x", "Mal;'=HYPERLINK(0);x"),
        ('Mal;"=1"', 'Mal;\'"=1"'),
        ("Mal; \xa0=1", "Mal;' \xa0=1"),
        ("a,+1\t-1|@x\r\n=1", "a,'+1\t'-1|'@x\r\n'=1"),
        ("a;;=1", "a;;'=1"),
        ("\t=1", "'\t'=1"),
        ("a\u2028=1", "a\u2028'=1"),
        ("a;'=1", "a;''=1"),
        ("=1;=2", "'=1;'=2"),
    ],
)
def test_no_separator_inside_a_cell_begins_one(text, safe):
    assert cells.escape_formula(text) == safe
    assert undone(safe) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "Zoë", "4711", "O'Brien", "a=b", "2026-01-01T00:00:00+00:00", "Lovelace, Ada"),
        *("reports/ada.lovelace/ex11-1.json", "a-b; c+d", "’t Hooft, Gerard", "a 'b'"),
    ],
)
def test_an_innocent_cell_stays_as_it_is(text):
    assert cells.escape_formula(text) == text


@given(texts)
@example("'")
@example(";'")
@example("a;'=1\n''")
@example("|'")
def test_every_cell_can_be_read_back(text):
    assert undone(cells.escape_formula(text)) == text


@given(texts, st.sampled_from(SEPARATORS))
@example("Mal;=HYPERLINK(0);x", ";")
def test_no_spreadsheet_finds_a_formula_in_a_cell(text, separator):
    safe = cells.escape_formula(text)
    assert not [piece for piece in safe.split(separator) if is_formula(piece)]


@given(texts, st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]), st.sampled_from(";\t|"))
@example("Mal;=HYPERLINK(0);x", csv.QUOTE_ALL, ";")
@example('Mal";=1', csv.QUOTE_MINIMAL, ";")
@example(';";=1', csv.QUOTE_ALL, ";")
def test_no_line_of_a_table_holds_a_formula_for_other_separators(text, quoting, separator):
    line = io.StringIO(newline="")
    csv.writer(line, quoting=quoting).writerow(["42", cells.escape_formula(text), "10"])
    read = csv.reader(io.StringIO(line.getvalue(), newline=""), delimiter=separator)
    assert not [cell for row in read for cell in row if is_formula(cell)]
    naive = re.split(f"[{separator}\r\n]", line.getvalue())
    assert not [cell for cell in naive if is_formula(cell)]
