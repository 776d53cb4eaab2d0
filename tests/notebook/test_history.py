"""The cells that count when one is graded: those that were run, as they are now."""

import pytest

from grader.notebook.history import History


def ran(*cells):
    history = History(lambda text: text)
    for number, cell in enumerate(cells, start=1):
        history.ran(number, *cell) if isinstance(cell, tuple) else history.ran(number, cell)
    return [(number, text) for number, text, _ in history.cells()]


def test_cells_count_in_the_order_in_which_they_were_run():
    assert ran("a = 1", "b = 2") == [(1, "a = 1"), (2, "b = 2")]


def test_a_cell_that_is_run_again_stands_where_it_was_with_its_new_text_and_number():
    assert ran(("a = 1", "x"), ("b = 2", "y"), ("c = 3", "x")) == [(3, "c = 3"), (2, "b = 2")]


def test_cells_with_identities_of_their_own_never_replace_each_other():
    assert ran(("a = 1", "x"), ("a = 1", "y")) == [(1, "a = 1"), (2, "a = 1")]


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ("import numpy as np", "import numpy as np\nimport torch"),
        ("def f(): pass", "# better\ndef f(): return 1"),
        ("%%grade ex11\ndef f(): pass", "%%grade ex11\ndef g(): pass\ndef f(): pass"),
        ("for i in range(3):\n    j = i", "i = j = 0"),
        ("from a.b import c as d", "d = 1"),
        ("import a.b", "import a.c"),
        ("class A: pass", "class A:\n    x = 1"),
        ("print(1)", "print(1)"),
    ],
)
def test_without_identities_what_binds_all_names_of_an_earlier_cell_replaces_it(first, again):
    assert ran(first, "z = 0", again) == [(3, again), (2, "z = 0")]


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("def f(): pass\ndef g(): pass", "def f(): pass"),
        ("print(1)", "print(2)"),
        ("x = [y for y in z]", "y = 1"),
        ("def f():\n    x = 1", "x = 2"),
        ("def f(:", "def f(): pass"),
        ("x.y = 1", "y = 2"),
    ],
)
def test_without_identities_other_cells_stay(first, other):
    assert ran(first, other) == [(1, first), (2, other)]


def test_one_cell_may_replace_several_that_stood_for_it():
    assert ran("a = 1", "b = 2", "c = 3", "a = b = 0") == [(4, "a = b = 0"), (3, "c = 3")]


def test_a_cell_that_did_not_end_is_forgotten():
    history = History(lambda text: text)
    history.ran(1, "a = 1")
    history.ran(2, "while True: pass")
    history.forget(2)
    assert history.cells() == [(1, "a = 1", True)]


def test_what_python_cannot_read_is_known_as_such():
    history = History(lambda text: text)
    history.ran(1, "%%grade ex14\nloss_mean:\n")
    history.ran(2, "await f()")
    history.ran(3, "x = '\0'")
    assert [is_python for *_, is_python in history.cells()] == [False, True, False]
