"""What leaves no trace on a screen."""

import pytest

from grader.questions.invisible import is_invisible, visible


@pytest.mark.parametrize(
    "text", ["", " \t\n", "\u200b\ufeff", "\x00\x1b", "\u00a0\u2009", "\u3164"]
)
def test_what_nobody_can_see(text):
    assert is_invisible(text)


@pytest.mark.parametrize("text", ["0", "\u200b.", "é", "\U0001fae9", "\ue000", "\U000e0fff"])
def test_what_is_seen_if_only_as_a_box(text):
    assert not is_invisible(text)


def test_signs_without_width_part_nothing_and_spaces_stay():
    assert visible("lo\u00adss \u200bof\u2060 W") == "loss of W"
    assert visible("0.25\u00a0%") == "0.25\u00a0%"
