"""What is printed, and where."""

import sys


def run():
    print("printed", flush=True)
    print("said aloud", file=sys.stderr)
    sys.stdout.write("and this\n")
    sys.stdout.buffer.write(b"bytes\n")
    return [sys.stdout.encoding, sys.stdin.readable(), sys.version_info >= (3, 11)]


EXPECTED = ["utf-8", True, True]
