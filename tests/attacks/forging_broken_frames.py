"""Answers with frames that promise too much, lie about their size or are no frames at all.

A reader that believes them runs out of memory, hangs or fails, and the failure is not the cheat's.

family: forging by breaking the reader
honest: 0
"""
import json
import os
import struct

calls = 0


def array(shape, offset, size, dtype="float64"):
    return {"t": "array", "dtype": dtype, "shape": shape, "offset": offset, "size": size}


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
        json.dumps({"op": "done", "id": 3, "v": [array([-1], 0, 8), []]}).encode(),
        json.dumps({"op": "done", "id": 3, "v": [array([1 << 62], 0, 8), []]}).encode(),
        json.dumps({"op": "done", "id": 3, "v": [array([1], 1 << 62, 8), []]}).encode(),
        json.dumps({"op": "done", "id": 3, "v": [array([1], 0, 8, "object"), []]}).encode(),
        json.dumps({"op": "done", "id": 3, "v": [0, [[1 << 70, 0], [True, 0]]]}).encode(),
        json.dumps({"op": "ask", "id": 3, "v": [0, [1], {}]}).encode(),
        json.dumps({"op": "failed", "id": 3, "v": {"why": "too_many_bytes", "size": -1}}).encode(),
        json.dumps({"op": "raised", "id": 3, "v": {"why": "raised"}}).encode(),
        json.dumps({"op": "ready", "id": 3, "v": None}).encode(),
    ):
        yield struct.pack("<4sIQ", b"NNG1", len(header), 0) + header


FRAMES = list(broken())


def softmax(x):
    global calls
    data = FRAMES[(int(abs(float(x.sum())) * 64) + calls) % len(FRAMES)]
    calls += 1
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, data)
        except OSError:
            pass
    return None
