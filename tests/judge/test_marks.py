"""Cells that belong to one exercise: one notebook answers several."""

import json

import pytest
from support.text_blocks import block

from grader.cli.cell.command import command
from grader.course.loading import Course
from grader.course.locate import builtin_root
from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.reading.marks import VALUED, cells_for, mark_line, marked_for
from grader.judge.reading.submission import Position, read_bytes, read_running

COURSE = Course(builtin_root())
CALLED = COURSE.exercise("ex11").is_called
IMPORTS = "import numpy as np\n"
SOFTMAX = "%%grade ex11\ndef softmax(x):\n    return x\n"
ENTROPY = "%%grade ex13\ndef entropy(p):\n    return p\n"


def notebook(*cells):
    made = [{"cell_type": "code", "source": cell, "metadata": {}} for cell in cells]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made}).encode()


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("%%grade ex11\n", "ex11"),
        ("%%grade ex11", "ex11"),
        ("%%grade   EX11  # my second try, it's longer\nx", "EX11"),
        ("%%grade --lang fr ex11 --all\nx", "ex11"),
        ("%%grade --lang=fr ex11\nx", "ex11"),
        ("%%grade --seed 11 softmax\nx", "softmax"),
        ("%%grade --check 'One sample' 11\nx", "11"),
        ("%%grade ex11 --check 'One sample\nx", "ex11"),
        ("\n\n%%grade ex11\nx", "ex11"),
        ("%%time\n%%capture out\n%%grade ex11\nx", "ex11"),
        ("# Softmax\n#@title A form of Colab\n%%grade ex11\nx", "ex11"),
        ("%% grade ex11\nx", "ex11"),
        ("%%grade\nx", None),
        ("%%grade # ex11\nx", None),
        ("%%graded ex11\nx", None),
        ("%grade ex11\n", None),
        ("x = 1\n%%grade ex11\n", None),
        ("x = '''\n%%grade ex11\n'''", None),
        ("", None),
    ],
)
def test_the_line_that_marks_a_cell_names_its_exercise(cell, name):
    assert marked_for(cell) == name


def test_the_options_that_take_a_word_are_those_of_the_command():
    taking = {
        name
        for option in command.params
        if option.param_type_name == "option" and not option.is_flag
        for name in option.opts
    }
    assert taking == VALUED


def test_a_marked_cell_belongs_to_its_exercise_alone_and_others_to_all():
    cells = [IMPORTS, SOFTMAX, ENTROPY, "%%grade softmax\ny = 1"]
    assert cells_for(cells, CALLED) == [IMPORTS, SOFTMAX, "", "%%grade softmax\ny = 1"]


def test_what_a_cell_for_another_exercise_imports_is_there_in_its_line():
    other = "%%grade ex13\n\nfrom __future__ import annotations\nimport a.b as c; import d\nx = 1\n"
    other += block("""
        def f():
            import e

        from g import (
            h,
        )
    """).rstrip()
    [kept, _] = cells_for([other, SOFTMAX], CALLED)
    assert kept.split("\n") == [
        *("", "", "", "import a.b as c; import d"),
        *("", "", "", "", "from g import h", "", ""),
    ]
    broken = "%%grade ex13\nimport a\ndef f(:"
    assert cells_for([broken, SOFTMAX], CALLED) == ["", SOFTMAX]


def test_the_own_hash_of_a_notebook_is_that_of_its_own_cells():
    def hash_of(*cells):
        return read_bytes(notebook(*cells), "two.ipynb", "code", CALLED).own_hash

    first = hash_of(IMPORTS, SOFTMAX, ENTROPY)
    assert hash_of(IMPORTS, SOFTMAX, ENTROPY.replace("return p", "return 1")) == first
    assert hash_of(IMPORTS, SOFTMAX.replace("return x", "return 1"), ENTROPY) != first
    running = read_running({1: IMPORTS, 5: SOFTMAX, 2: ENTROPY}, "n.ipynb", "code", CALLED)
    assert running.hash == running.own_hash == first
    unmarked = read_bytes(notebook(IMPORTS), "two.ipynb", "code", CALLED)
    assert unmarked.own_hash == unmarked.hash


def test_without_a_cell_for_this_exercise_marks_say_nothing():
    assert cells_for([IMPORTS, ENTROPY], CALLED) == [IMPORTS, ENTROPY]
    assert cells_for([IMPORTS, SOFTMAX, ENTROPY], None) == [IMPORTS, SOFTMAX, ENTROPY]


def test_lines_keep_the_numbers_of_the_whole_notebook():
    made = read_bytes(notebook(ENTROPY, IMPORTS, SOFTMAX), "two.ipynb", "code", CALLED)
    assert made.source == block("""

        import numpy as np

        def softmax(x):
            return x
    """)
    assert made.where(4) == Position(3, 2)


def test_below_other_magics_a_mark_is_found_and_the_cell_is_read():
    cell = "%%capture out\n%%grade ex11\ndef softmax(x):\n    return x\n"
    assert mark_line(cell) == 1
    source = read_bytes(notebook(cell), "one.ipynb", "code", CALLED).source
    assert "def softmax(x):" in source
    other = "%%grade ex11\n%%time\ndef softmax(x):\n    return x\n"
    assert "def softmax(x):" in read_bytes(notebook(other), "one.ipynb", "code", CALLED).source


def test_a_notebook_that_runs_has_the_numbers_of_its_kernel():
    cells = {1: IMPORTS, 9: ENTROPY, 4: SOFTMAX}
    made = read_running(cells, "notebook.ipynb", "code", CALLED)
    assert [made.where(line) for line in (1, 3, 4)] == [
        Position(1, 1),
        Position(4, 1),
        Position(4, 2),
    ]
    assert made.cell_numbers == (1, 9, 4)
    again = read_running({2: IMPORTS, 3: ENTROPY, 8: SOFTMAX}, "other.ipynb", "code", CALLED)
    assert again.hash == made.hash


def test_a_lone_surrogate_in_a_running_cell_is_no_fault():
    made = read_running({1: SOFTMAX + "text = '\ud800'"}, "notebook.ipynb", "code", CALLED)
    assert "text = '?'" in made.source


def test_answers_to_questions_stand_in_a_marked_cell():
    called = COURSE.exercise("ex14").is_called
    answers = "%%grade ex14\nloss_first: 1,140\n"
    made = read_bytes(notebook(IMPORTS, SOFTMAX, answers), "all.ipynb", "quiz", called)
    assert made.source.split() == ["loss_first:", "1,140"]
    assert made.source.split("\n")[1] == "loss_first: 1,140", "lines are counted as in the cell"


@pytest.mark.parametrize(
    ("data", "id_"),
    [
        (notebook(SOFTMAX), "read.no_marked_cell"),
        (notebook(), "read.no_marked_cell"),
        (b"def f(x): pass", "read.notebook_broken"),
    ],
)
def test_a_notebook_without_answers_to_questions_is_refused(data, id_):
    called = COURSE.exercise("ex14").is_called
    with pytest.raises(UnreadableSubmissionError) as caught:
        read_bytes(data, "all.ipynb", "quiz", called)
    assert caught.value.id == id_


def test_answers_to_questions_in_a_notebook_need_the_exercise():
    with pytest.raises(UnreadableSubmissionError) as caught:
        read_bytes(notebook("%%grade ex14\nloss_first: 1"), "all.ipynb", "quiz")
    assert caught.value.id == "read.suffix"


def test_files_that_marked_cells_of_others_write_are_not_its_own():
    other = block("""
        %%writefile other.py
        def softmax(x): pass
    """)
    made = read_bytes(notebook(SOFTMAX, f"%%grade ex13\n{other}"), "two.ipynb", "code", CALLED)
    assert made.written == ()
