import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.text_blocks import block

from grader.report.clean import ARGUMENT_LIMIT, TEXT_LIMIT, clean, clean_argument, clean_tail


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[2J\x1b[1;1Hhome", "home"),
        ("\x9b31mred", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bPdevice control\x1b\\text", "text"),
        ("\x1b]never closed", "never closed"),
        ("\x1b[31", ""),
        ("\x1bcreset", "reset"),
        ("\x1b\x1b[0m[31mnested", "[31mnested"),
        ("null\0byte", "nullbyte"),
        ("bell\a back\b", "bell back"),
        ("abc\u202edcba\u202c\u2066\u2069", "abcdcba"),
        ("lone \ud800 surrogate", "lone � surrogate"),
        (
            "10 %\r50 %\r100 %",
            block("""
                10 %
                50 %
                100 %"""),
        ),
        ("windows\r\nend", "windows\nend"),
        (
            "a\u2028b\x85c\vd",
            block("""
                a
                b
                c
                d"""),
        ),
        ("tab\tstays\n", "tab\tstays\n"),
        ("é ё 日本 👩‍👩‍👧 ∂", "é ё 日本 👩‍👩‍👧 ∂"),
    ],
)
def test_what_steers_a_terminal_is_taken_out(dirty, expected):
    assert clean(dirty) == expected


@given(st.text(alphabet=st.characters(), max_size=300))
def test_any_text_becomes_json_and_stays_clean(text):
    once = clean(text)
    once.encode("utf-8")
    assert clean(once) == once
    assert not any(ord(sign) < 32 and sign not in "\n\t" for sign in once)
    assert "\x1b" not in once
    assert "\x9b" not in once


def test_length_is_bounded_and_a_cut_is_announced():
    assert clean("x" * 10_000_000) == "x" * (TEXT_LIMIT - 1) + "…"
    assert clean("abcdef", 4) == "abc…"


def test_of_output_the_end_is_kept():
    assert clean_tail("a" * 10_000 + "end").endswith("aend")
    assert len(clean_tail("a" * 10_000)) == TEXT_LIMIT


def test_an_argument_is_one_line():
    assert clean_argument("shapes\n  (3,)\tand\r\n(4,)") == "shapes (3,) and (4,)"
    assert len(clean_argument("x" * 10_000)) == ARGUMENT_LIMIT


@pytest.mark.parametrize("value", [1, 2.5, True, None])
def test_other_arguments_stay(value):
    assert clean_argument(value) is value


def test_numbers_that_json_lacks_become_text():
    assert clean_argument(float("nan")) == "nan"
    assert clean_argument(float("-inf")) == "-inf"
