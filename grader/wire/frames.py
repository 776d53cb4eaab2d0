"""One frame: magic, header length, body length, JSON header, raw buffers back to back."""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any, NoReturn

from grader.wire.errors import ProtocolError, TooLargeError
from grader.wire.values import Encoded, encode, plain_values_only

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Little-endian: 4 bytes of magic, uint32 length of the header, uint64 length of the body.
HEAD = struct.Struct("<4sIQ")
MAGIC = b"NNG1"
# Bytes. Either side refuses a longer header or body, so they bound what a hostile peer makes the
# other one read and parse.
MAX_HEADER = 1 << 20
MAX_BODY = 512 << 20
Buffer = bytes | memoryview

_ENCODER = json.JSONEncoder(separators=(",", ":"), allow_nan=False)


def pack(
    operation: str,
    number: int,
    value: Any,
    *,
    stand_in: Callable[[Any], Any] = plain_values_only,
    max_body: int = MAX_BODY,
    seed: int | None = None,
) -> list[Buffer]:
    """Return the pieces of a frame; with ``seed`` the other side seeds its generators first.

    Raises:
        TooLargeError: the header exceeds its limit, or the body ``max_body`` bytes.

    """
    return assemble(operation, number, encode(value, stand_in), max_body=max_body, seed=seed)


def assemble(
    operation: str,
    number: int,
    encoded: Encoded,
    *,
    max_body: int = MAX_BODY,
    seed: int | None = None,
    ahead: Mapping[str, Any] | None = None,
) -> list[Buffer]:
    """Return the pieces of a frame for a value that is encoded already: see `pack`.

    ``ahead``: for a request that is sent before it is needed. It is skipped if one before it with
    the same ``group`` has raised; ``mark`` is written to the output after it, with its number, so
    that the output of each request can be told from that of the next.

    Raises:
        TooLargeError: the header exceeds its limit, or the body ``max_body`` bytes.

    """
    if encoded.size > max_body:
        raise TooLargeError("bytes", encoded.size)
    message = {"op": operation, "id": number, "v": encoded.tree}
    if seed is not None:
        message["seed"] = seed
    if ahead is not None:
        message["ahead"] = ahead
    header = _ENCODER.encode(message).encode("ascii")
    if len(header) > MAX_HEADER:
        raise TooLargeError("values", len(header))
    return [HEAD.pack(MAGIC, len(header), encoded.size), header, *encoded.buffers]


def mark(text: str, number: int) -> bytes:
    """Return the bytes that are written to the output after a request that was sent ahead."""
    return f"\0{text}{number}\0".encode()


def parse_head(head: Buffer, max_body: int = MAX_BODY) -> tuple[int, int]:
    """Return header and body length of a frame, both within their limits.

    Raises:
        ProtocolError: it is no frame, or a length exceeds its limit.

    """
    magic, header_length, body_length = HEAD.unpack(head)
    if magic != MAGIC:
        raise ProtocolError("not a frame")
    if header_length > MAX_HEADER:
        raise ProtocolError("header too large")
    if body_length > max_body:
        raise ProtocolError("body too large")
    return header_length, body_length


def parse_header(header: Buffer) -> Mapping[str, Any]:
    """Return the JSON object of a header; ``op`` is text and ``id`` a natural number.

    Raises:
        ProtocolError: it is no such object.

    """
    try:
        parsed = _DECODER.decode(bytes(header).decode())
    except (ValueError, RecursionError):
        raise ProtocolError("header is not JSON") from None
    if (
        not isinstance(parsed, dict)
        or not isinstance(parsed.get("op"), str)
        or type(parsed.get("id")) is not int
    ):
        raise ProtocolError("header is not a message")
    return parsed


def _refuse_constant(name: str) -> NoReturn:
    raise ProtocolError(f"non-finite constant {name}")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)
