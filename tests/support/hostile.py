"""Frames as no honest process sends them: altered bytes and tokens, cut, drawn out, in floods.

Everything follows from the seed of a generator, so that what was found can be had again.
"""

import random
import re
import socket
from pathlib import Path
from typing import Any, cast

import numpy as np

from grader.wire import frames, stream, values
from grader.wire.errors import ClosedError, ProtocolError

MAX_BODY = 1 << 20

Parted = tuple[list[bytes], list[tuple[int, int]], bytes]
"""A header as tokens, the places of the values in it, and the body."""

_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[-+.0-9eE]+|[a-z]+|[\[\]{},:]')
_ATOMS = [
    *(b"0 1 2 -1 3 8 255 256 1099511627776 9223372036854775807 9223372036854775808".split()),
    *(b"-9223372036854775809 0.5 -0.0 1e5 1e-400 1e999 NaN -Infinity true false null".split()),
    *(b'"" "v" "nan" "-" "-7" "1e5" "\\ud800" "\\u0661" "|O" "<U4" "|V8" "cuda" "memory"'.split()),
    *(b'"done" "raised" "failed" "ask" "ready" "answer" "why" "$" [] {} [[]] [0,0] [4]'.split()),
    *(b'"%s"' % name.encode() for name in values.DTYPES),
    b"9" * 5000,
    b'"%s"' % (b"9" * 401),
    b'"%s"' % (b"x" * (values.MAX_STRING + 1)),
    b"[" * 2000 + b"]" * 2000,
    b'{"$":"a","d":"<f8","s":[0],"o":0}',
    b'{"$":"a","d":"<f8","s":[0,1099511627776,1099511627776],"o":0}',
]
_KINDS = b"f i a s T l t d g x call rng".split()
_SPECIAL = [np.nan, np.inf, -np.inf, 0.0, 5e-324]
_ENVELOPE = 2  # the operation and the id, which come first in a header
_PAYLOADS = [b"\0" * 8, b"\xff" * 8, b"\x01\0\0\0\0\0\xf0\x7f", np.array(_SPECIAL).tobytes()]


def honest() -> list[bytes]:
    """Return the bytes of frames that a student process sends."""
    description = {"type": "E", "detail": "d", "line": 3, "why": "raised", "module": None}
    arrays: list[Any] = [
        np.arange(6.0).reshape(2, 3),
        np.array([True, False]),
        np.float32(0.1),
        np.zeros(0),
    ]
    said = [
        ("ready", 0, None),
        ("done", 1, [0.5, []]),
        ("done", 1, [arrays[0], [[1, arrays[0] * 2]]]),
        ("done", 1, [tuple(arrays), []]),
        ("done", 1, [{"a": 1, 2: (None, True), "c": [10**30, float("nan")]}, []]),
        ("done", 1, [values.tensor(arrays[0], requires_grad=True), []]),
        ("done", 1, [values.GeneratorItems([1, "zwei", values.Unsupported("Value")]), []]),
        ("done", 1, {"functions": {"double": {"callable": True, "fits": True}}, "names": ["é"]}),
        ("raised", 1, description),
        ("failed", 1, {"why": "too_many_bytes", "size": 5 << 20}),
        ("ask", 1, [0, [np.array([1.0, 2.0])], {"k": values.SeededRng(3)}]),
        ("ask", 1, [0, [values.Callback(1)], {}]),
    ]
    return [b"".join(map(bytes, frames.pack(*one))) for one in said]


class Hostile:
    """An endless source of altered frames, all of which follow from the seed."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)  # noqa: S311 - mutations, no secrets
        self._whole = honest()
        self._parts = [_parted(frame) for frame in self._whole]
        self._trees = [
            b"".join(tokens[a:b]) for tokens, places, _ in self._parts for a, b in places
        ]
        self._values = [tree for tree in self._trees if tree.startswith(b'{"$":')]

    def frames(self) -> bytes:
        """Return bytes that should be one frame: mostly one, sometimes less, sometimes a flood."""
        kind = self._draw.random()
        if kind < 0.2:
            return self._cut(self._draw.choice(self._whole))
        if kind < 0.95:
            return self._forged()
        flood = [self._draw.choice(self._whole) for _ in range(self._draw.randrange(2, 6))]
        return self._cut(b"".join([*flood, self._forged()]))

    def _cut(self, frame: bytes) -> bytes:
        """Alter bytes wherever they stand."""
        draw = self._draw
        data = bytearray(frame)
        for _ in range(draw.randrange(1, 4)):
            at = draw.randrange(len(data) + 1)
            match draw.randrange(6):
                case 0 | 1:
                    data[at : at + 1] = bytes([draw.randrange(256)])
                case 2:
                    data[at : at + 8] = draw.choice(_PAYLOADS)
                case 3:
                    del data[at : at + draw.randrange(1, 20)]
                case 4:
                    data[at:at] = data[at : at + draw.randrange(1, 40)]
                case 5:
                    del data[at:]
        return bytes(data)

    def _forged(self) -> bytes:
        """Put other values into a header, mostly so that it stays JSON of the promised length."""
        draw = self._draw
        tokens, places, body = draw.choice(self._parts)
        end = len(tokens)
        pieces: list[bytes] = []
        within = places if draw.random() < 0.2 else places[_ENVELOPE:] or places
        chosen = draw.sample(within, min(len(within), draw.choice([1, 1, 1, 2, 3])))
        for start, stop in sorted(chosen, reverse=True):
            if stop <= end:  # not within a value that is replaced already
                pieces = [self._value(), *tokens[stop:end], *pieces]
                end = start
        header = b"".join([*tokens[:end], *pieces])
        if not body or draw.random() < 0.2:
            body = draw.choice(self._parts)[2]
        if draw.random() < 0.2:
            body = self._cut(body)
        promised = [len(header), len(body)]
        if draw.random() < 0.05:
            promised[draw.randrange(2)] = draw.choice([0, 1, 15, 400, MAX_BODY, 2**31, 2**32 - 1])
        return frames.HEAD.pack(frames.MAGIC, *promised) + header + body

    def _value(self) -> bytes:
        draw = self._draw
        value = draw.choice(draw.choice([_ATOMS, self._trees, self._values]))
        match draw.randrange(20):
            case 0:
                return b"[%b,%b]" % (value, draw.choice(self._trees))
            case 1:
                return b'{"$":"l","v":[%b,%b]}' % (value, draw.choice(self._trees))
            case 2:
                return b'{"$":"%b","v":%b}' % (draw.choice(_KINDS), value)
            case 3:
                depth = draw.randrange(1, 20)
                return b'{"$":"l","v":[' * depth + value + b"]}" * depth
        return value


def _parted(frame: bytes) -> Parted:
    """Return a frame's header as tokens, the places of the values in it, and the body."""
    header_length, _ = frames.parse_head(frame[: frames.HEAD.size])
    end = frames.HEAD.size + header_length
    tokens = _TOKEN.findall(frame[frames.HEAD.size : end])
    places: list[tuple[int, int]] = []
    open_: list[int] = []
    for at, token in enumerate(tokens):
        if token in b"[{":
            open_.append(at)
        elif token in b"]}":
            places.append((open_.pop(), at + 1))
        elif token not in b",:" and tokens[at + 1] != b":":
            places.append((at, at + 1))
    return tokens, places[:-1], frame[end:]


class Fed:
    """Stands in for the judge's end of a socket of which these bytes come, and then nothing."""

    def __init__(self, data: bytes) -> None:
        self._rest = memoryview(data)

    def recv_into(self, into: memoryview) -> int:
        count = min(len(into), len(self._rest))
        into[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def read(data: bytes) -> tuple[int, ClosedError | ProtocolError]:
    """Read frames until they end or are refused; return how many there were, and the error."""
    reader = stream.Reader(cast("socket.socket", Fed(data)))
    count = 0
    while True:
        try:
            reader.receive(max_body=MAX_BODY)
        except (ClosedError, ProtocolError) as error:
            return count, error
        count += 1


def memory() -> float:
    """Return the MiB of memory that this process has in use."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    resident = re.search(r"VmRSS:\s*(\d+)", status)
    assert resident is not None
    return int(resident[1]) / 1024
