"""Examples in docstrings."""

import doctest


def double(x):
    """Double.

    >>> double(4)
    8
    """
    return 2 * x


def run():
    runner = doctest.DocTestRunner()
    for test in doctest.DocTestFinder().find(double, globs={"double": double}):
        runner.run(test)
    return list(runner.summarize(verbose=False))


EXPECTED = [0, 1]
