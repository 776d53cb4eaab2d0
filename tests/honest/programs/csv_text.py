"""Rows of text."""

import csv
import io


def run():
    text = io.StringIO()
    csv.DictWriter(text, ["x", "y"]).writerows([{"x": 1, "y": "a,b"}, {"x": 2, "y": 'c"d'}])
    return list(csv.reader(io.StringIO(text.getvalue())))


EXPECTED = [["1", "a,b"], ["2", 'c"d']]
