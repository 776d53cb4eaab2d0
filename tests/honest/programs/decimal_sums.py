"""Exact decimal numbers."""

from decimal import Decimal, getcontext, localcontext


def run():
    getcontext().prec = 28
    with localcontext() as context:
        context.prec = 5
        third = Decimal(1) / 3
    return [str(Decimal("0.1") + Decimal("0.2")), str(third)]


EXPECTED = ["0.3", "0.33333"]
