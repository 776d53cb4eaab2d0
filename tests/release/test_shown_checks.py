"""What is left out of checks.py goes, and what nothing else uses goes with it."""

import ast

from support.text_blocks import block

from grader.release.shown_checks import needed_checks, without_checks

CHECKS = block("""
    import numpy as np

    from grader import assert_close, hidden, needs

    SIZES = [1, 2]
    SECRET = [7, 30]  # sizes of the hidden check


    def draw(rng, n):
        return rng.normal(size=n)


    # Draws what students never see.
    def secret(rng):
        return [draw(rng, n) for n in SECRET]


    @needs("test_other")
    def test_one(student, reference, rng):
        assert_close(student.f(draw(rng, SIZES[0])), 1)


    # A comment on the hidden check.
    @hidden
    def test_other(student, reference, rng):
        for x in secret(rng):
            assert_close(student.f(x), reference.f(x))


    def nobody_calls_this(call, got, right):
        return False
""")


def test_a_check_goes_with_all_that_it_alone_uses():
    left = without_checks(CHECKS, {"test_other"})
    ast.parse(left)
    for gone in ("test_other(", "secret", "SECRET", "[7, 30]", "A comment", "never see"):
        assert gone not in left
    for kept in ("SIZES = [1, 2]", "def draw", "def test_one", "def nobody_calls_this"):
        assert kept in left


def test_nothing_changes_where_nothing_is_left_out():
    assert without_checks(CHECKS, ()) == CHECKS


def test_checks_that_need_others_are_known():
    assert needed_checks(CHECKS)["test_one"] == {"test_other"}
