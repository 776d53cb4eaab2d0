"""A histogram of shares: in lines, in words, and as a scene."""

from decimal import Decimal
from itertools import pairwise

import pytest
from support.languages import LANGUAGES

from grader.course.languages import Translator
from grader.pictures.files import as_svg
from grader.pictures.histogram import Histogram
from grader.pictures.scene import Cell, Text

SHARES = [Decimal(text) for text in ("0", "0.0999", "0.1", "0.5", "0.9999", "1", "1", "1.2")]
DRAWN = Histogram.of(SHARES)


def test_every_share_is_in_one_tenth_and_all_points_have_their_own():
    assert DRAWN.counts == (2, 1, 0, 0, 0, 1, 0, 0, 0, 1, 3)
    assert Histogram.of([]).counts == (0,) * 11


def test_in_words_only_what_is_there_is_told():
    told = DRAWN.sentences(Translator("en"))
    assert told[0] == "8 students."
    assert told[-1] == "All points: 3."
    assert "From 0% to under 10%: 2." in told
    assert len(told) == 6


def test_as_text_it_fits():
    lines = DRAWN.lines(Translator("en"), 40)
    assert len(lines) == 11
    assert max(map(len, lines)) <= 40
    assert lines[-1].startswith("100%     3  █")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_bars_stand_side_by_side_with_their_numbers(lang):
    scene = DRAWN.scene(Translator(lang))
    cells = [mark for mark in scene.marks if isinstance(mark, Cell)]
    assert len(cells) == 5
    assert max(cells, key=lambda one: one.height) is cells[-1]
    assert all(first.x + first.width < second.x for first, second in pairwise(cells))
    assert all(one.x >= 0 and one.x + one.width <= scene.width for one in cells)
    texts = [mark.text for mark in scene.marks if isinstance(mark, Text)]
    assert "3" in texts


def test_it_can_be_drawn():
    assert b"<svg" in as_svg(DRAWN, "Shares", Translator("en"))
