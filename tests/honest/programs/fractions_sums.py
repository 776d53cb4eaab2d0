"""Exact fractions."""

from fractions import Fraction


def run():
    return str(sum(Fraction(1, n) for n in range(1, 5)))


EXPECTED = "25/12"
