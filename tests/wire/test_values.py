"""Values on the wire: what crosses arrives equal, what is forged is refused."""

import contextlib
import json
import math
import socket

import hypothesis.extra.numpy as st_numpy
import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from grader.wire import frames, stream, values
from grader.wire.errors import ClosedError, ProtocolError, TooLargeError

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**60), 10**60)
    | st.floats(allow_nan=False)
    | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=5) | st.integers(-5, 5), inner, max_size=4)
    ),
    max_leaves=15,
)
arrays = st_numpy.arrays(
    dtype=st.sampled_from([np.dtype(d) for d in ("?", "i1", "<i8", "<f2", "<f4", "<f8", "<c16")]),
    shape=st_numpy.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4),
)


def over_a_socket(value):
    here, there = socket.socketpair()
    with here, there:
        stream.send(here, frames.pack("call", 1, value))
        return stream.Reader(there).receive()[1]


@given(plain)
@settings(max_examples=200, deadline=None)
def test_plain_values_arrive_equal_and_of_the_same_type(value):
    arrived = over_a_socket(value)
    assert arrived == value
    assert type(arrived) is type(value)


@given(arrays)
@settings(max_examples=200, deadline=None)
def test_arrays_arrive_with_shape_dtype_and_bits(array):
    arrived = over_a_socket(array)
    assert arrived.shape == array.shape
    assert arrived.dtype == array.dtype
    assert arrived.tobytes() == array.tobytes()


def test_non_finite_floats_scalars_and_tensors_arrive():
    arrived = over_a_socket([math.nan, math.inf, -math.inf, np.float32(0.1), values.tensor([1.0])])
    assert math.isnan(arrived[0])
    assert arrived[1:3] == [math.inf, -math.inf]
    assert type(arrived[3]) is np.float32
    assert arrived[4].dtype == "float64"
    assert arrived[4].array.tolist() == [1.0]


def test_views_and_big_endian_arrays_arrive_as_plain_copies():
    matrix = np.arange(6.0).reshape(2, 3)
    assert over_a_socket(matrix.T[::-1]).tolist() == matrix.T[::-1].tolist()
    assert over_a_socket(np.array([1.5, 2.5], dtype=">f8")).tolist() == [1.5, 2.5]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (object(), "object"),
        (len, "builtin_function_or_method"),
        ({1, 2}, "set"),
        (b"bytes", "bytes"),
        (np.zeros(1).view(np.recarray), "recarray"),
        (np.ma.masked_array([1]), "MaskedArray"),
        (np.array([None]), "ndarray of dtype object"),
        (np.array(["text"]), "ndarray of dtype <U4"),
    ],
)
def test_other_types_are_named_and_nothing_of_them_crosses(value, name):
    assert over_a_socket(value) == values.Unsupported(name)


def test_too_deep_and_too_many_values_are_refused_where_they_start():
    nested = []
    for _ in range(values.MAX_DEPTH + 1):
        nested = [nested]
    with pytest.raises(TooLargeError):
        frames.pack("call", 1, nested)
    with pytest.raises(TooLargeError):
        frames.pack("call", 1, list(range(values.MAX_NODES + 1)))
    with pytest.raises(TooLargeError):
        frames.pack("call", 1, np.zeros(2000), max_body=8000)


HOSTILE = [
    {"$": "a", "d": "<f8", "s": [2], "o": 0},
    {"$": "a", "d": "<f8", "s": [-1], "o": 0},
    {"$": "a", "d": "<f8", "s": [2**62, 2**62], "o": 0},
    {"$": "a", "d": "<f8", "s": [1], "o": -8},
    {"$": "a", "d": "<f8", "s": [1], "o": 1},
    {"$": "a", "d": "<f8", "s": [True], "o": 0},
    {"$": "a", "d": "<f8", "s": 1, "o": 0},
    {"$": "a", "d": "<f8", "s": [1] * 33, "o": 0},
    {"$": "a", "d": "|O", "s": [1], "o": 0},
    {"$": "a", "d": ["<f8"], "s": [1], "o": 0},
    {"$": "s", "d": "<f8", "s": [1], "o": 0},
    {"$": "T", "v": 1, "t": "float32", "p": "cpu", "g": False},
    {"$": "T", "v": {"$": "a", "d": "<f8", "s": [1], "o": 0}, "t": 1, "p": "cpu", "g": False},
    {"$": "d", "v": [[{"$": "l", "v": []}, 1]]},
    {"$": "d", "v": [[{"$": "t", "v": [1, 2]}, 1]]},
    {"$": "d", "v": [[{"$": "i", "v": str(2**61 - 1 << 8)}, 1]]},
    {"$": "d", "v": [[1]]},
    {"$": "d", "v": 1},
    {"$": "l"},
    {"$": "g", "v": [], "e": 1},
    {"$": "f", "v": "1.5"},
    {"$": "i", "v": "1e9"},
    {"$": "i", "v": "9" * 401},
    {"$": "i", "v": "\u0661"},
    {"$": "x"},
    {"$": "call", "v": -1},
    {"$": "rng", "v": 0.5},
    {"$": "pickle", "v": ""},
    {"$": 1},
    {},
    [],
    2**63,
    "x" * (values.MAX_STRING + 1),
]


@pytest.mark.parametrize("tree", HOSTILE, ids=lambda tree: json.dumps(tree)[:40])
def test_forged_values_are_refused(tree):
    with pytest.raises(ProtocolError):
        values.decode(tree, b"\0" * 8)


def test_the_same_bytes_cannot_be_taken_again_and_again():
    array = {"$": "a", "d": "<f8", "s": [1], "o": 0}
    assert values.decode({"$": "l", "v": [array]}, b"\0" * 8)[0].tolist() == [0.0]
    with pytest.raises(ProtocolError, match="overlap"):
        values.decode({"$": "l", "v": [array, array]}, b"\0" * 8)


@pytest.mark.parametrize("key", [(1, 2), 2**70, frozenset()])
def test_a_mapping_with_keys_that_may_collide_is_known_by_its_type(key):
    assert over_a_socket({key: 1}) == values.Unsupported("dict with unusual keys")


@pytest.mark.parametrize("key", [None, True, "a", 1, 2.5, np.int64(3), np.str_("b")])
def test_usual_keys_cross(key):
    assert over_a_socket({key: 1}) == {key: 1}


def test_forged_booleans_cannot_be_anything_but_booleans():
    array = values.decode({"$": "a", "d": "|b1", "s": [3], "o": 0}, bytes([0, 2, 255]))
    assert array.tolist() == [False, True, True]
    assert array.view(np.uint8).max() == 1


@pytest.mark.skipif(values.EXTENDED.itemsize == 8, reason="no extended precision here")
def test_extended_precision_crosses_exactly():
    array = np.array([1 / 3, -0.0, np.inf, np.nan, 5e-324], dtype=np.longdouble) / 3
    got = over_a_socket(array)
    assert got.dtype == np.longdouble
    assert np.array_equal(got, array, equal_nan=True)
    assert over_a_socket(array[0]) == array[0]


@pytest.mark.skipif(np.finfo(np.longdouble).nmant != 63, reason="no 80-bit numbers here")
@pytest.mark.parametrize("pattern", [(0, 0x3FFF), (1 << 62, 0x7FFF), (1 << 63, 0)])
def test_bytes_that_no_arithmetic_makes_are_refused(pattern):
    body = np.array(pattern, np.uint64).tobytes()
    with pytest.raises(ProtocolError):
        values.decode({"$": "a", "d": "<f16", "s": [1], "o": 0}, body)


def test_extended_numbers_are_no_keys():
    assert isinstance(over_a_socket({np.longdouble(1): 1}), values.Unsupported | dict)
    with pytest.raises(ProtocolError):
        values.decode({"$": "d", "v": [[{"$": "s", "d": "<f16", "s": [], "o": 0}, 1]]}, b"\0" * 16)


@pytest.mark.parametrize(
    "head",
    [
        frames.HEAD.pack(b"XXXX", 2, 0),
        frames.HEAD.pack(frames.MAGIC, frames.MAX_HEADER + 1, 0),
        frames.HEAD.pack(frames.MAGIC, 2, frames.MAX_BODY + 1),
    ],
)
def test_forged_heads_are_refused_before_anything_is_read(head):
    with pytest.raises(ProtocolError):
        frames.parse_head(head)


@pytest.mark.parametrize(
    "header",
    [b"", b"nonsense", b"[" * 100_000, b"NaN", b'{"op":1,"id":1}', b'{"op":"x"}', b"\xff", b"[]",
     b'{"op":"x","id":true}', b'{"op":"done","id":1,"v":Infinity}'],
)  # fmt: skip
def test_forged_headers_are_refused(header):
    with pytest.raises(ProtocolError):
        frames.parse_header(header)


@given(st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_arbitrary_bytes_never_surprise_the_decoder(noise):
    here, there = socket.socketpair()
    with there:
        with here:
            here.sendall(noise)
        with pytest.raises((ProtocolError, ClosedError)):
            stream.Reader(there).receive()


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_mutated_frames_never_surprise_the_decoder(data):
    value = {"a": np.arange(3.0), "b": [1, (2.5, None)], "t": values.tensor([1, 2])}
    frame = bytearray(b"".join(bytes(piece) for piece in frames.pack("done", 1, value)))
    for _ in range(data.draw(st.integers(1, 4))):
        frame[data.draw(st.integers(0, len(frame) - 1))] = data.draw(st.integers(0, 255))
    here, there = socket.socketpair()
    with there:
        with here:
            here.sendall(frame)
        with contextlib.suppress(ProtocolError, ClosedError):
            stream.Reader(there).receive()
