"""The file that was graded, with marks where the report speaks of a line."""

from support import samples

from grader.judge.reading.submission import read_bytes
from grader.judge.reading.written_lines import lines_as_written
from grader.pages.source import AROUND, LONGEST, Line, marked_source
from grader.report.localise import localise
from grader.report.models import LoadResult, ShownCall


def lines(*texts, cell=None):
    return [Line(cell, number, text) for number, text in enumerate(texts, 1)]


def marked(report, written):
    """Return heading, and the marked lines with their marks in words."""
    source = marked_source(localise(report, None, "en"), "answer.py", written)
    found = {
        (block.heading, line.number): [f"{one.word} {one.checks}".strip() for one in line.marks]
        for block in source.blocks
        for line in block.lines
        if line.marks
    }
    return source, found


def raising(name, **where):
    args = {"function": "softmax", "type": "ValueError", "detail": "no", **where}
    return samples.check(
        name, "error", title=name, feedback=[samples.message("call.raised", **args)]
    )


def test_the_line_that_stops_is_marked_once_for_all_its_checks():
    report = samples.report(raising("test_a", line=2), raising("test_b", line=2))
    source, found = marked(report, lines("def softmax(x):", "    return x.no"))
    assert found == {("", 2): ["ERROR test_a + 1 more check"]}
    assert source.heading == "answer.py: the lines in question"


def test_a_wrong_result_marks_the_last_definition_of_what_was_called():
    call = ShownCall(function="softmax(x)", program=["softmax(x)"])
    check = samples.check("test_a", "failed", title="One", call=call)
    written = lines("def softmax(x): pass", "def other(x): pass", "def softmax(x): return x")
    assert marked(samples.report(check), written)[1] == {("", 3): ["FAIL One"]}


def test_what_is_said_of_another_file_marks_nothing_here():
    report = samples.report(raising("test_a", line=2, file="helper.py"))
    source, found = marked(report, lines("import helper", "x = 1"))
    assert found == {}
    assert source.heading == "answer.py"


def test_a_line_that_the_file_does_not_have_is_left_alone():
    report = samples.report(raising("test_a", line=99))
    assert marked(report, lines("x = 1"))[1] == {}


def test_cells_are_counted_each_for_itself():
    written = [*lines("a", "b"), *lines("c", "d")]
    written = [Line(1 if n < 2 else 2, one.number, one.text) for n, one in enumerate(written)]
    source, found = marked(samples.report(raising("test_a", line=2, cell=2)), written)
    assert found == {("Cell 2", 2): ["ERROR test_a"]}
    assert [block.heading for block in source.blocks] == ["Cell 1", "Cell 2"]


def test_notes_and_faults_of_loading_are_marked():
    note = samples.message("note.raised", line=1, type="OSError", detail="no")
    load = LoadResult(status="error", feedback=[samples.message("load.syntax", line=2), note])
    report = samples.report(samples.check("test_a", "not_run"), load=load)
    assert marked(report, lines("a", "b"))[1] == {("", 1): ["NOTE"], ("", 2): ["ERROR"]}


def test_in_an_answer_file_the_question_is_marked():
    check = samples.check("loss_mean", "failed", title="The mean?")
    report = samples.report(check, samples.check("loss_first"))
    report.exercise.kind = "quiz"
    written = lines("loss_first: 1", "# loss_mean: no", "  loss_mean : 2")
    assert marked(report, written)[1] == {("", 3): ["FAIL"]}


def test_a_long_file_is_shown_around_its_marks():
    total, at = 5 * LONGEST, 3 * LONGEST
    report = samples.report(raising("test_a", line=at))
    source, _ = marked(report, lines(*["x"] * total))
    shown = source.blocks[0].lines
    assert [line.number for line in shown if line.number > AROUND + 1] == [
        *range(at - AROUND, at + AROUND + 1)
    ]
    assert sum("lines are left out here" in line.left_out for line in shown) == 1
    left_out = total - at - AROUND
    assert source.blocks[0].left_out == f"… ({left_out} lines are left out here)"


NOTEBOOK = b"""{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
{"cell_type": "markdown", "metadata": {}, "source": "text"},
{"cell_type": "code", "metadata": {}, "outputs": [], "source": ["%matplotlib inline\\n", "x = 1"]},
{"cell_type": "code", "metadata": {}, "outputs": [], "source": "y = 2"}]}"""


def test_a_notebook_is_shown_as_it_was_written():
    found = lines_as_written(read_bytes(NOTEBOOK, "ex11.ipynb", "code"))
    assert [(at.cell, at.line, text) for at, text in found] == [
        (1, 1, "%matplotlib inline"),
        (1, 2, "x = 1"),
        (2, 1, "y = 2"),
    ]


def test_a_file_is_shown_as_it_was_written():
    found = lines_as_written(read_bytes(b"x = 1\r\n\r\ny = 2\n", "ex11.py", "code"))
    assert [(at.cell, at.line, text) for at, text in found] == [
        (None, 1, "x = 1"),
        (None, 2, ""),
        (None, 3, "y = 2"),
    ]
