"""Streams in memory."""

import io


def run():
    text = io.TextIOWrapper(io.BytesIO(b"one\ntwo\n"), encoding="ascii")
    buffered = io.BufferedReader(io.BytesIO(b"abc"))
    return [[line.strip() for line in text], buffered.peek(1)[:1].decode()]


EXPECTED = [["one", "two"], "a"]
