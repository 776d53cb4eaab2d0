"""Source as a teacher reads it: nothing hidden, nothing left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.text_blocks import block

from grader.report.visible import numbered, written_out


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("x = 1\n", "x = 1\n"),
        ("\tx", "\\tx"),
        ("a\x0cb", "a\\fb"),
        (
            block("""
                #\x1b]
                import torch
                #\x07"""),
            block(r"""
                #\x1b]
                import torch
                #\x07"""),
        ),
        ("# \x9d0;hidden\x9c", "# \\x9d0;hidden\\x9c"),
        ("a\x85b\u2028c\u2029d\x0be", "a\\x85b\\u2028c\\u2029d\\x0be"),
        ("if user\u202e != admin\u2066", "if user\\u202e != admin\\u2066"),
        ("soft\u200bmax\ufeff", "soft\\u200bmax\\ufeff"),
        ("x\xa0=\u30001", "x\\xa0=\\u30001"),
        ("\u3164 = 1; \u2800; a\ufe0f", "\\u3164 = 1; \\u2800; a\\ufe0f"),
        ("\U000e0041\U000f0000\ud800\uffff", "\\U000e0041\\U000f0000\\ud800\\uffff"),
        ("softm\u0430x = \u0435", "softm\\u0430x = \u0435"),
        ("слой, Δx, σ_x, é, 日本, 😀", "слой, Δx, σ_x, é, 日本, 😀"),
        ("'\\x1b'", "'\\x1b'"),
    ],
)
def test_signs_without_ink_become_escapes(text, seen):
    assert written_out(text) == seen


@given(st.text(alphabet=st.characters(), max_size=200))
def test_no_sign_is_lost_and_only_a_line_feed_ends_a_line(text):
    seen = written_out(text)
    assert len(seen) >= len(text)
    assert seen.count("\n") == text.count("\n")
    assert len(seen.splitlines()) <= seen.count("\n") + 1
    assert all(line.isprintable() for line in seen.split("\n"))
    assert all(sign in seen for sign in text if sign.isascii() and sign.isprintable())


def test_lines_have_numbers_in_a_column():
    assert numbered(["a", "", "c"], ["9", "10", "11"]) == [" 9  a", "10", "11  c"]
