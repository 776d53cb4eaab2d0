"""Values on several lines."""

import pprint
import reprlib


def run():
    return [pprint.pformat({"b": 1, "a": [1, 2]}), reprlib.repr(list(range(99)))]


EXPECTED = ["{'a': [1, 2], 'b': 1}", "[0, 1, 2, 3, 4, 5, ...]"]
