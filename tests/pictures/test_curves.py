"""Two curves: what is drawn of long, short, broken and boundless ones."""

import math
from itertools import pairwise

import numpy as np
import pytest

from grader.course.languages import LANGUAGES, Translator
from grader.pictures import Curves
from grader.pictures.curves import MOST_POINTS
from grader.pictures.draw_curves import HEIGHT, LEFT, TOP, WIDTH, ticks
from grader.pictures.scene import Circle, Path, Text

EN = Translator("en")
FALLING = [2.0 * 0.9**k for k in range(40)]
DEEP = [10.0**-k for k in range(6)]
HOSTILE = [
    None,
    "text",
    3.0,
    [],
    [None, "x", [1], 10**400, 1j, True],
    [math.nan] * 40,
    [math.inf, -math.inf, 1e308, -1e308, 5e-324],
    np.full(10**6, np.inf),
    np.zeros((3, 3)),
    np.array(["a"]),
    np.array([1 + 1j]),
    np.float64(2),
    {1: 2},
]


def beside(got, right=FALLING):
    return Curves.beside(got, right, over="epochs", of="loss")


def strokes(curves):
    """Return the strokes of the two curves: the submission's, and the broken ones."""
    wide = [m for m in curves.scene(EN).marks if isinstance(m, Path) and m.width == 2]
    drawn = [mark for mark in wide if len(mark.points) > 2 or mark.points[0][1] > TOP]
    return [m for m in drawn if not m.broken], [m for m in drawn if m.broken]


def test_a_line_for_each_curve_with_its_ends():
    got, right = beside([2.0] * 40).lines(EN, 80)
    assert got.startswith("your result  ")
    assert got.endswith("  2 … 2")
    assert right.startswith("reference    ")
    assert len(set(right[13:53])) > 4


def test_the_alternative_text_says_how_they_go():
    first, got, right = beside([2.0, 3.0, 1.0], [2.0, 1.0, 0.5]).sentences(EN)
    assert first == "Two curves: loss over epochs."
    assert got == "your result: first 2, last 1, between 1 and 3."
    assert right == "reference: first 2, last 0.5, between 0.5 and 2."


def test_equal_curves_lie_on_each_other():
    (got,), (right,) = strokes(beside(FALLING))
    assert got.points == right.points


def test_a_curve_ends_where_a_number_is_missing():
    got, _ = strokes(beside([*FALLING[:10], math.nan, *FALLING[11:]]))
    assert len(got) == 2
    assert beside([math.nan, 1.0]).lines(EN, 80)[-1] == "× stands where a number is not finite."


def test_a_boundless_curve_leaves_the_right_one_its_room():
    curves = beside([2.0 * 3**k for k in range(40)])
    assert curves.range[1] < 6
    assert curves.outside > 30
    assert "^" in curves.lines(EN, 80)[0]
    _, (right,) = strokes(curves)
    heights = [y for _, y in right.points]
    assert max(heights) - min(heights) > HEIGHT / 4


def test_losses_of_many_sizes_are_drawn_by_their_logarithms():
    curves = beside([2.0, 0.0, -1.0, math.nan, 1e-3, 1e-4], DEEP)
    (right,) = strokes(curves)[1]
    steps = {round(y2 - y1, 6) for (_, y1), (_, y2) in pairwise(right.points)}
    assert len(steps) == 1
    assert {"0.0001", "0.01", "1"} <= {
        m.text for m in curves.scene(EN).marks if isinstance(m, Text)
    }
    assert curves.outside == 2
    assert not beside(FALLING).logarithmic


def test_another_number_of_steps_is_told():
    assert "Number of steps: 39 instead of 40." in beside(FALLING[1:]).lines(EN, 80)


def test_what_is_not_finite_is_counted_whole():
    told = beside([*FALLING, *[math.nan] * 500]).sentences(EN)
    assert told[-1] == "500 of your numbers are not finite."


def test_a_long_curve_is_thinned_out_from_end_to_end():
    curve = beside(np.arange(10**6, dtype=float)).got
    assert len(curve.at) == MOST_POINTS
    assert (curve.at[0], curve.at[-1]) == (0, 10**6 - 1)


def test_points_of_a_short_curve_are_marked():
    assert sum(isinstance(mark, Circle) for mark in beside(FALLING[:5]).scene(EN).marks) == 5


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("number", range(len(HOSTILE)))
@pytest.mark.parametrize("as_right", [False, True])
def test_any_result_is_drawn_within_its_bounds(number, lang, as_right):
    t = Translator(lang)
    curves = beside(HOSTILE[number], HOSTILE[number] if as_right else FALLING)
    assert len(curves.model_dump_json()) < 12_000
    assert all(len(line) <= 80 for line in curves.lines(t, 80)[:2])
    assert "{{" not in curves.alternative(t)
    for mark in curves.scene(t).marks:
        if isinstance(mark, Path):
            for x, y in mark.points:
                assert 0 <= x <= LEFT + WIDTH + 0.01
                assert 0 <= y <= TOP + HEIGHT + 0.1
        if isinstance(mark, Text):
            assert math.isfinite(mark.x + mark.y)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 2.5, [0, 0.5, 1, 1.5, 2, 2.5]),
        (0, 199, [0, 50, 100, 150]),
        (1, 1, [1]),
        (0, 3, [0, 1, 2, 3]),
    ],
)
def test_ticks_are_round_numbers(low, high, expected):
    assert ticks(low, high) == pytest.approx(expected)
