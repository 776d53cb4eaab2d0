"""How long a statement takes."""

import timeit


def run():
    return timeit.timeit("sum(range(10))", number=10) > 0


EXPECTED = True
