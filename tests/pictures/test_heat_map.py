"""Where two matrices differ: levels, blocks, and what is no matrix."""

import re
from types import SimpleNamespace

import numpy as np
import pytest

from grader.course.languages import LANGUAGES, Translator
from grader.judge.validation.hostile_results import hostile
from grader.pictures.arrays import heat_map, numbers, rows_of
from grader.pictures.heat_map import MOST_COLUMNS, MOST_ROWS
from grader.pictures.scene import Cell, Text

EN = Translator("en")
RIGHT = np.array([[1.0, -2.0, 0.5], [10.0, 4.0, -5.0]])


def levels(got, right=RIGHT):
    return [list(row.levels) for row in heat_map(got, right).rows]


def test_each_entry_has_a_sign_and_a_level_by_the_largest_right_one():
    changed = np.array([[0.05, -0.05, 0.5], [-0.5, 2.0, np.nan]])
    assert levels(RIGHT + changed) == [[1, -1, 2], [-2, 3, 9]]
    assert heat_map(RIGHT + changed, RIGHT).wrong == 6


def test_rounding_is_no_difference():
    assert levels(RIGHT.astype(np.float32) * (1 + 1e-7)) == [[0] * 3] * 2


def test_it_is_told_line_by_line_and_cell_by_cell():
    drawn = heat_map(RIGHT + np.array([[0, 0, 2.0], [np.inf, 0, 0]]), RIGHT)
    assert drawn.lines(EN, 80) == [
        "The result, shape (2, 3): wrong entries: 2 of 6.",
        "   0  1   2",
        "0  .  .  +3",
        "1  ×  .   .",
        "+ too large, - too small",
        "1, 2, 3: by up to 1 %, up to 10 %, or more of the largest right entry",
        "× no finite number",
    ]
    assert drawn.sentences(EN)[1:] == [
        "Row 0: wrong in columns 2 (too large).",
        "Row 1: wrong in columns 0 (no number).",
    ]


def test_no_shade_stands_without_a_sign():
    right = RIGHT + 0.25
    marks = heat_map(right * 1.05, right).scene(EN).marks
    shaded = [mark for mark in marks if isinstance(mark, Cell) and mark.shade != "blank"]
    signs = [
        mark for mark in marks if isinstance(mark, Text) and re.fullmatch(r"[+-]\d|×", mark.text)
    ]
    assert len(shaded) == len(signs) == 6


def test_a_small_matrix_stands_beside_the_right_one():
    texts = [m.text for m in heat_map(RIGHT + 1, RIGHT).scene(EN).marks if isinstance(m, Text)]
    assert {"2", "11", "1", "10"} <= set(texts)
    assert {"your result", "reference"} <= set(texts)


def test_no_difference_is_lost_in_a_large_matrix():
    right = np.ones((1000, 1000))
    got = right.copy()
    got[777, 333] = 0
    drawn = heat_map(got, right)
    assert len(drawn.rows) <= MOST_ROWS
    assert len(drawn.rows[0].levels) <= MOST_COLUMNS
    assert sum(level != 0 for row in drawn.rows for level in row.levels) == 1
    assert "Each cell stands for 84 × 63 entries, by the worst of them." in drawn.lines(EN, 80)


def test_of_a_dictionary_the_first_that_differs_is_drawn():
    right = {"W1": RIGHT, "b1": RIGHT[0]}
    assert heat_map({"W1": RIGHT, "b1": RIGHT[0] + 1}, right).name == "b1"
    assert heat_map({"b1": RIGHT[0], "W1": RIGHT}, right).name == "W1"
    assert heat_map({"W1": RIGHT}, right).lines(EN, 80) == ["There is no array b1."]
    assert heat_map((RIGHT, 3.0), (RIGHT, 2.0)).name == "[1]"


def test_shapes_that_differ_are_outlines():
    drawn = heat_map(RIGHT.T, RIGHT)
    assert drawn.lines(EN, 80) == ["The result has the shape (3, 2) instead of (2, 3)."]
    tall, wide = [mark for mark in drawn.scene(EN).marks if isinstance(mark, Cell)]
    assert tall.height > tall.width
    assert wide.height < wide.width


def test_what_is_no_array_is_named():
    assert heat_map([1, 2], RIGHT).lines(EN, 80) == ["The result is no array of numbers, but list."]


def test_a_tensor_is_its_array():
    assert numbers(SimpleNamespace(array=RIGHT.astype(np.float32))).shape == (2, 3)


def test_where_nothing_is_an_array_there_is_no_heat_map():
    assert heat_map(RIGHT, "text") is None
    assert heat_map(RIGHT, {}) is None


@pytest.mark.parametrize("right", [RIGHT, {"W1": RIGHT, "b1": RIGHT[0]}, (RIGHT, 2.0), 3.0])
def test_any_result_is_drawn_within_its_bounds(right):
    for name, got in hostile(right):
        drawn = heat_map(got, right)
        assert len(drawn.model_dump_json()) < 8000, name
        for lang in LANGUAGES:
            t = Translator(lang)
            assert all(len(line) <= 100 for line in drawn.lines(t, 80)), name
            told = drawn.alternative(t)
            assert not {"\x1b", "\u202e"} & set(told), name
            assert "{{" not in told, name
            drawn.scene(t)


def test_rows_are_known_again():
    assert rows_of(RIGHT[[1, 0, 1]], RIGHT) == [1, 0, 1]
    assert rows_of(RIGHT + 1, RIGHT) == [-1, -1]
    assert rows_of("text", RIGHT) == [-1]
    assert rows_of(RIGHT[:, :2], RIGHT) == [-1]
