"""Plain values and their form on the wire: a JSON tree and raw buffers.

What can cross: None, bool, int, float, str, lists, tuples, dicts, NumPy arrays and scalars of the
dtypes below, and a few named stand-ins for values that cannot be copied: a tensor, a function, a
random generator, a drained generator, a value of a foreign type.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.wire.errors import ProtocolError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

# Bounds on a value from either side; the frame's byte limits alone would allow a million empty
# lists, whose objects take far more memory than their text. MAX_NODES and MAX_DEPTH count nested
# values, MAX_STRING characters, MAX_DIGITS digits of an int (int() of a text takes time quadratic
# in them), MAX_DIMENSIONS axes of an array (NumPy 1 had this limit; NumPy 2 allows 64).
MAX_ARRAYS = 256
MAX_DEPTH = 16
MAX_NODES = 20_000
MAX_STRING = 64 << 10
MAX_DIMENSIONS = 32
MAX_DIGITS = 400
INT64 = range(-(2**63), 2**63)
TEXTS = (str, np.str_)

DTYPES = {
    name: np.dtype(name)
    for name in [
        "|b1",
        "|i1",
        "|u1",
        "<i2",
        "<u2",
        "<i4",
        "<u4",
        "<i8",
        "<u8",
        "<f2",
        "<f4",
        "<f8",
        "<c8",
        "<c16",
    ]
}
EXTENDED = np.dtype(np.longdouble)
if EXTENDED.str == "<f16":  # on other platforms it is float64, or has another format
    DTYPES[EXTENDED.str] = EXTENDED
# Bits of the fraction of x87's 80-bit extended precision.
X87_MANTISSA = 63


@dataclass(frozen=True, eq=False)
class Tensor:
    """A torch tensor as plain data: the judge never imports torch.

    ``array`` holds the values on the CPU (bfloat16 travels as float32), ``dtype`` is torch's name
    for the type ("float32"), ``device`` names the tensor's device, or "" for the one on which the
    student process computes.
    """

    array: NDArray[Any]
    dtype: str
    device: str = ""
    requires_grad: bool = False

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the tensor."""
        return self.array.shape


def tensor(array: Any, dtype: str | None = None, *, requires_grad: bool = False) -> Tensor:
    """Return a value that becomes a torch tensor in the student process, on its device.

    ``dtype`` is torch's name ("float32", "bfloat16"), by default that of the array.
    """
    values = np.asarray(array)
    return Tensor(values, dtype or str(values.dtype), requires_grad=requires_grad)


def text_as_array(text: str) -> NDArray[np.uint8]:
    """Encode a long text as an array of bytes, which may exceed the limit of strings."""
    return np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)


def array_as_text(array: NDArray[np.uint8]) -> str:
    """Decode the text of `text_as_array`."""
    return array.tobytes().decode("utf-8", "surrogatepass")


@dataclass(frozen=True)
class SeededRng:
    """A random generator argument: becomes ``numpy.random.default_rng(seed)`` on the other side."""

    seed: int


@dataclass(frozen=True)
class Callback:
    """A function argument: the other side gets a function whose calls are answered by this side."""

    number: int


@dataclass(frozen=True)
class GeneratorItems:
    """The items of a generator; ``endless`` if it did not stop within the limit."""

    items: list[Any]
    endless: bool = False


@dataclass(frozen=True)
class Unsupported:
    """A value that cannot cross, represented by the name of its type."""

    type: str


@dataclass
class Encoded:
    """A JSON-serialisable tree and the buffers to which it refers."""

    tree: Any
    buffers: list[memoryview] = field(default_factory=list)
    size: int = 0


def plain_values_only(value: Any) -> Any:
    """Replace any value that is not plain by the name of its type."""
    return Unsupported(type(value).__qualname__)


def is_safe_dict_key(value: Any) -> bool:
    """Return True if a value may be a key: any number of other values can share one hash."""
    if type(value) is int:
        return value in INT64
    if isinstance(value, np.generic) and value.dtype.str in DTYPES:
        return value.dtype != EXTENDED
    return value is None or type(value) in {bool, float, *TEXTS}


def encode(value: Any, stand_in: Callable[[Any], Any] = plain_values_only) -> Encoded:
    """Encode a value for the wire.

    ``stand_in`` replaces a value of an unknown type by one that can cross.

    Raises:
        TooLargeError: the value has more nodes or a deeper nesting than the other side accepts.

    """
    encoder = _Encoder(stand_in)
    encoder.out.tree = encoder.node(value, 0)
    return encoder.out


class _Encoder:
    def __init__(self, stand_in: Callable[[Any], Any]) -> None:
        self.out = Encoded(None)
        self.stand_in = stand_in
        self.nodes = 0

    def node(self, value: Any, depth: int) -> Any:
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise TooLargeError("values", self.nodes)
        if value is None or type(value) is bool:
            return value
        if type(value) in TEXTS:
            if len(value) > MAX_STRING:
                raise TooLargeError("values", len(value))
            return str(value)
        if type(value) is int:
            return self._int(value)
        if type(value) is float:
            return value if math.isfinite(value) else {"$": "f", "v": repr(value)}
        if isinstance(value, np.generic) or type(value) is np.ndarray:
            return self._array(value)
        if isinstance(value, Tensor):
            return self._tensor(value, depth)
        if isinstance(value, (list, tuple, dict)):
            return self._container(value, depth)
        return self._stand_in(value, depth)

    def _stand_in(self, value: Any, depth: int) -> Any:
        if isinstance(value, Callback):
            return {"$": "call", "v": value.number}
        if isinstance(value, SeededRng):
            return {"$": "rng", "v": value.seed}
        if isinstance(value, GeneratorItems):
            items = [self.node(item, depth + 1) for item in value.items]
            return {"$": "g", "v": items, "e": value.endless}
        if isinstance(value, Unsupported):
            return {"$": "x", "v": value.type[:100]}
        return self.node(self.stand_in(value), depth + 1)

    @staticmethod
    def _int(value: int) -> Any:
        if value in INT64:
            return value
        if value.bit_length() > MAX_DIGITS * 3:
            raise TooLargeError("values", value.bit_length())
        return {"$": "i", "v": str(value)}

    def _container(self, value: Any, depth: int) -> dict[str, Any]:
        if isinstance(value, dict):
            pairs = dict.items(value)
            if not all(map(is_safe_dict_key, dict.keys(value))):
                return {"$": "x", "v": f"{type(value).__name__} with unusual keys"[:100]}
            rows = [[self.node(k, depth + 1), self.node(v, depth + 1)] for k, v in pairs]
            return {"$": "d", "v": rows}
        kind = "l" if isinstance(value, list) else "t"
        return {"$": kind, "v": [self.node(item, depth + 1) for item in value]}

    def _array(self, value: Any) -> dict[str, Any]:
        array = np.array(value, order="C", copy=None, ndmin=0)
        if not array.dtype.isnative:
            array = array.astype(array.dtype.newbyteorder("="))
        if array.dtype.str not in DTYPES:
            return {"$": "x", "v": f"{type(value).__name__} of dtype {array.dtype}"[:100]}
        node = {
            "$": "s" if isinstance(value, np.generic) else "a",
            "d": array.dtype.str,
            "s": list(array.shape),
            "o": self.out.size,
        }
        if array.nbytes:
            self.out.buffers.append(array.reshape(-1).view(np.uint8).data)
            self.out.size += array.nbytes
        return node

    def _tensor(self, value: Tensor, depth: int) -> dict[str, Any]:
        return {
            "$": "T",
            "v": self.node(value.array, depth + 1),
            "t": value.dtype,
            "p": value.device,
            "g": value.requires_grad,
        }


def decode(tree: Any, body: bytes | memoryview, build: Callable[[Any], Any] | None = None) -> Any:
    """Rebuild a value, trusting nothing in it.

    ``build`` replaces a stand-in (Tensor, SeededRng, Callback) by the value that it represents.

    Raises:
        ProtocolError: `encode` would not have produced this tree or body.

    """
    return _Decoder(memoryview(body), build or (lambda stand_in: stand_in)).value(tree, 0)


_NON_FINITE = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


class _Decoder:
    def __init__(self, body: memoryview, build: Callable[[Any], Any]) -> None:
        self.body = body
        self.build = build
        self.nodes = 0
        self.arrays = 0
        self.copied = 0

    def value(self, node: Any, depth: int) -> Any:
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise ProtocolError("value too large")
        if node is None or isinstance(node, (bool, float)):
            return node
        if isinstance(node, str):
            if len(node) > MAX_STRING:
                raise ProtocolError("text too long")
            return node
        if isinstance(node, int):
            if node not in INT64:
                raise ProtocolError("integer out of range")
            return node
        if isinstance(node, dict) and isinstance(node.get("$"), str):
            kind = _KINDS.get(node["$"])
            if kind is not None:
                return kind(self, node, depth)
        raise ProtocolError("unknown kind of value")

    def non_finite(self, node: Mapping[str, Any], _: int) -> float:
        try:
            return _NON_FINITE[_text(node, "v")]
        except KeyError:
            raise ProtocolError("not a non-finite number") from None

    def big_int(self, node: Mapping[str, Any], _: int) -> int:
        text = _text(node, "v")
        if len(text) > MAX_DIGITS or not text.removeprefix("-").isdecimal() or not text.isascii():
            raise ProtocolError("not an integer")
        return int(text)

    def array(self, node: Mapping[str, Any], _: int) -> NDArray[Any]:
        self.arrays += 1
        if self.arrays > MAX_ARRAYS:
            raise ProtocolError("too many arrays")
        dtype = DTYPES.get(_text(node, "d"))
        if dtype is None:
            raise ProtocolError("dtype not allowed")
        shape = node.get("s")
        if not isinstance(shape, list) or len(shape) > MAX_DIMENSIONS:
            raise ProtocolError("bad shape")
        if any(type(n) is not int or not 0 <= n <= 2**40 for n in shape):
            raise ProtocolError("bad shape")
        offset = _natural(node, "o")
        size = math.prod(shape) * dtype.itemsize
        if offset + size > len(self.body):
            raise ProtocolError("array outside the frame")
        self.copied += size
        if self.copied > len(self.body):  # the same bytes are referenced again and again
            raise ProtocolError("arrays overlap")
        piece = self.body[offset : offset + size]
        # A copy, so that the array is aligned, writable and outlives the frame. A byte other than
        # 0 or 1 read as a bool is undefined behaviour in NumPy.
        flat = (
            np.frombuffer(piece, np.uint8) != 0
            if dtype == np.bool_
            else np.frombuffer(piece, dtype)
        )
        if dtype == EXTENDED != np.float64 and not _canonical(piece):
            raise ProtocolError("not numbers")
        try:
            return np.array(flat).reshape(shape)
        except ValueError:  # an empty array with axes larger than any memory
            raise ProtocolError("bad shape") from None

    def scalar(self, node: Mapping[str, Any], depth: int) -> Any:
        array = self.array(node, depth)
        if array.ndim:
            raise ProtocolError("a scalar has no dimensions")
        return array[()]

    def tensor(self, node: Mapping[str, Any], depth: int) -> Any:
        array = self.value(node.get("v"), depth + 1)
        requires_grad = node.get("g")
        if type(array) is not np.ndarray or type(requires_grad) is not bool:
            raise ProtocolError("bad tensor")
        return self.build(
            Tensor(array, _text(node, "t")[:40], _text(node, "p")[:40], requires_grad)
        )

    def tuple_(self, node: Mapping[str, Any], depth: int) -> tuple[Any, ...]:
        return tuple(self.items(node, depth))

    def foreign(self, node: Mapping[str, Any], _: int) -> Unsupported:
        return Unsupported(_text(node, "v"))

    def callback(self, node: Mapping[str, Any], _: int) -> Any:
        return self.build(Callback(_natural(node, "v")))

    def seeded(self, node: Mapping[str, Any], _: int) -> Any:
        return self.build(SeededRng(_natural(node, "v")))

    def items(self, node: Mapping[str, Any], depth: int) -> list[Any]:
        items = node.get("v")
        if not isinstance(items, list):
            raise ProtocolError("bad sequence")
        return [self.value(item, depth + 1) for item in items]

    def drained(self, node: Mapping[str, Any], depth: int) -> GeneratorItems:
        endless = node.get("e")
        if type(endless) is not bool:
            raise ProtocolError("bad generator")
        return GeneratorItems(self.items(node, depth), endless)

    def dict_(self, node: Mapping[str, Any], depth: int) -> dict[Any, Any]:
        rows = node.get("v")
        if not isinstance(rows, list):
            raise ProtocolError("bad mapping")
        out: dict[Any, Any] = {}
        for row in rows:
            if not isinstance(row, list) or len(row) != 2:  # noqa: PLR2004 - a pair
                raise ProtocolError("bad mapping")
            key = self.value(row[0], depth + 1)
            if not is_safe_dict_key(key):
                raise ProtocolError("unfit key")
            out[key] = self.value(row[1], depth + 1)
        return out


_KINDS: Mapping[str, Callable[[_Decoder, Mapping[str, Any], int], Any]] = {
    "f": _Decoder.non_finite,
    "i": _Decoder.big_int,
    "a": _Decoder.array,
    "s": _Decoder.scalar,
    "T": _Decoder.tensor,
    "l": _Decoder.items,
    "t": _Decoder.tuple_,
    "d": _Decoder.dict_,
    "g": _Decoder.drained,
    "x": _Decoder.foreign,
    "call": _Decoder.callback,
    "rng": _Decoder.seeded,
}


def _canonical(piece: memoryview) -> bool:
    """Return True if all are canonical 80-bit numbers: those that arithmetic produces."""
    if np.finfo(np.longdouble).nmant != X87_MANTISSA:
        return True
    words = np.frombuffer(piece, np.uint64)
    leading, exponent = words[0::2] >> np.uint64(63), words[1::2] & np.uint64(0x7FFF)
    return bool(((exponent != 0) == (leading == 1)).all())


def _text(node: Mapping[str, Any], name: str) -> str:
    value = node.get(name)
    if not isinstance(value, str) or len(value) > MAX_STRING:
        raise ProtocolError(f"bad {name}")
    return value


def _natural(node: Mapping[str, Any], name: str) -> int:
    value = node.get(name)
    if type(value) is not int or not 0 <= value < 2**63:
        raise ProtocolError(f"bad {name}")
    return value
