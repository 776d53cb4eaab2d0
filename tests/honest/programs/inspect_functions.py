"""What a function takes, and how it was written."""

import inspect


def scale(x, by=2, *rest, flag=False):
    """Scale."""
    return x * by


def run():
    names = list(inspect.signature(scale).parameters)
    return [names, inspect.getdoc(scale), inspect.getsource(scale).splitlines()[0]]


EXPECTED = [["x", "by", "rest", "flag"], "Scale.", "def scale(x, by=2, *rest, flag=False):"]
