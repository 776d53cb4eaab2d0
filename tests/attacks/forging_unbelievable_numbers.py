"""Describes its failures with numbers that nobody expects: lines and sizes of 360 digits, below 0.

Whoever counts, divides, pluralises or prints them may break, and the break would be the grader's.

family: forging the description of a failure
honest: 0
"""

import sys

process = sys.modules["grader.student.process"]
HUGE = 10**360
LINES = [HUGE, -HUGE, True, 0, -1, 2**63, None]
DETAILS = ["\x1b[2J" * 9, "{}%s%(x)s{{n}}", "\ud800\u202e\0", "\x9d" * 2000, None, "", "[Errno 28]"]
WHYS = ["raised", "exit", "input", "import", "syntax", "not_written", "memory"]
calls = 0


class Endless(Exception):
    pass


def described(error, submission):
    return {
        "type": ["PermissionError", "OSError", "a" * 9999, "", "{0}", "%d", "_"][calls % 7],
        "detail": DETAILS[calls % 7],
        "line": LINES[calls % 7],
        "why": WHYS[calls // 7 % 7],
        "module": ["", None, "x" * 9999, "{module}", "\n", "numpy", "a.b"][calls % 7],
    }


process.describe = described


def softmax(x):
    global calls
    calls += 1
    if calls % 3 == 0:
        size = [HUGE, -HUGE, 0, 1, -1, 2**64][calls // 3 % 6]
        raise process.TooLargeError(["bytes", "values"][calls // 18 % 2], size)
    raise Endless
