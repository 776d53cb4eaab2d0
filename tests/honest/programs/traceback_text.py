"""Where an exception came from."""

import sys
import traceback


def broken():
    raise ValueError("here")


def run():
    try:
        broken()
    except ValueError:
        lines = traceback.format_exc().splitlines()
        frames = traceback.extract_tb(sys.exc_info()[2])
    return [lines[-1], frames[-1].name, frames[-1].line]


EXPECTED = ["ValueError: here", "broken", 'raise ValueError("here")']
