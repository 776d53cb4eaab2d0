"""Answers with frames that promise too much, lie about their size or are no frames at all.

A reader that believes them runs out of memory, hangs or fails, and the failure is not the cheat's.

family: forging by breaking the reader
honest: 0
"""
import json
import os
import struct
import sys

calls = 0
NUMBER = 1 << 50  # is replaced by that of the question


def array(shape, offset, dtype="<f8"):
    return answer({"$": "a", "d": dtype, "s": shape, "o": offset})


def answer(value, changed=()):
    return message("done", {"$": "l", "v": [value, {"$": "l", "v": list(changed)}]})


def message(operation, value):
    return json.dumps({"op": operation, "id": NUMBER, "v": value}).encode()


def broken():
    deep = "[" * 100_000 + "]" * 100_000
    yield b"\0" * 64
    yield struct.pack("<4sIQ", b"NNG1", 10, 1 << 62)
    yield struct.pack("<4sIQ", b"NNG1", 0xFFFFFFFF, 0)
    for header in (
        b"{}",
        b"null",
        b"\xff\xfe",
        deep.encode(),
        b'{"op": "done", "id": 1e999, "v": NaN}',
        b'{"op": "done", "id": 99999999999999999999999, "v": null}',
        b'{"op": ["done"], "id": 2, "v": null}',
        array([-1], 0),
        array([1 << 62], 0),
        array([1 << 40] * 32, 0),
        array([1], 1 << 62),
        array([1], -8),
        array([1], 0, "|O"),
        array([True, 1.5], 0),
        answer(0, [{"$": "l", "v": [1 << 62, 0]}, {"$": "t", "v": [True, 0]}]),
        answer({"$": "d", "v": [[{"$": "l", "v": []}, 0]]}),
        answer({"$": "i", "v": "\u0661" * 300}),
        answer({"$": "T", "v": 5, "t": "float64", "p": "cpu", "g": False}),
        message("ask", {"$": "l", "v": [0, {"$": "l", "v": [1]}, {"$": "d", "v": []}]}),
        message("failed", {"$": "d", "v": [["why", "too_many_bytes"], ["size", -1]]}),
        message("raised", {"$": "d", "v": [["why", "raised"]]}),
        message("ready", None),
    ):
        yield struct.pack("<4sIQ", b"NNG1", len(header), 0) + header


FRAMES = list(broken())


def softmax(x):
    global calls
    frame = sys._getframe()
    while "header" not in frame.f_locals:
        frame = frame.f_back
    number = str(frame.f_locals["header"]["id"]).rjust(len(str(NUMBER))).encode()
    data = FRAMES[(int(abs(float(x.sum())) * 64) + calls) % len(FRAMES)]
    data = data.replace(str(NUMBER).encode(), number)
    calls += 1
    for descriptor in range(3, 1024):
        try:
            os.write(descriptor, data)
        except OSError:
            pass
    return None
