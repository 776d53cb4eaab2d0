"""Patterns in text."""

import re


def run():
    found = re.findall(r"(?P<name>\w+)=(\d+)", "a=1, bc=22")
    return [found, re.sub(r"\s+", " ", "a \n b"), bool(re.fullmatch("(?i)ABC", "abc"))]


EXPECTED = [[("a", "1"), ("bc", "22")], "a b", True]
