"""Device traffic of a call as plain data: written by one side, checked by the other."""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any, Final

from grader.wire.errors import ProtocolError

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Final = ("to_host", "to_device", "made", "synchronise")
"""Kinds of events: a copy to the host, one to the device, Python numbers that become a tensor on
the device, and any other wait of the host for it."""
INDEXING, FORMATTING = "[...]", 'f"..."'
"""Names of an event at which the student has written no function's name."""
MOST_ROWS: Final = 256
"""Distinct places that are listed; events at further ones are counted without a place."""
# Counts are below 2**53, which JSON readers represent exactly (RFC 8259, section 6); line numbers
# fit an int32.
_COUNTS: Final = range(1 << 53)
_LINES: Final = range(1, 1 << 31)
_LONGEST_NAME, _LONGEST_PATH = 100, 255
_OPERATION: Final = re.compile(r"[a-z_][a-z0-9_]{0,99}")


@dataclass(frozen=True)
class Line:
    """A line of the student's own files, from 1; ``file`` is None for the answer itself."""

    line: int
    file: str | None = None


@dataclass(frozen=True)
class Part(Line):
    """A part of a line, in characters from 1, to before ``end_column`` of ``end_line``."""

    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None


@dataclass(frozen=True)
class Event:
    """An event between host and device at one place, which may recur there.

    ``name`` is what the student has written there (``float``), ``operation`` torch's name.
    ``place`` is None if no line of the student's leads to it.
    """

    kind: str
    operation: str
    name: str
    place: Part | None
    count: int
    bytes: int


@dataclass(frozen=True)
class Work:
    """The number of operations started from one line."""

    place: Line | None
    count: int


@dataclass(frozen=True)
class TrafficRecord:
    """The device traffic of a call.

    ``operations``: how many were started; ``peak_bytes``: the peak of the memory held by tensors
    that were made in it.
    """

    events: tuple[Event, ...] = ()
    work: tuple[Work, ...] = ()
    operations: int = 0
    peak_bytes: int = 0


def plain(seen: TrafficRecord) -> dict[str, Any]:
    """Return the record as data that can cross the wire."""
    return {
        "events": [
            [e.kind, e.operation, e.name, e.count, e.bytes, _row(e.place)] for e in seen.events
        ],
        "work": [[work.count, _row(work.place)] for work in seen.work],
        "operations": seen.operations,
        "peak_bytes": seen.peak_bytes,
    }


def seen_of(counts: Mapping[str, Any]) -> TrafficRecord:
    """Parse the record that a process reports.

    Raises:
        ProtocolError: it is malformed or out of bounds.

    """
    match counts:
        case {
            "events": list(events),
            "work": list(work),
            "operations": operations,
            "peak_bytes": peak_bytes,
            **rest,
        } if not rest and len(events) <= MOST_ROWS and len(work) <= MOST_ROWS:
            return TrafficRecord(
                tuple(map(_event, events)),
                tuple(map(_work, work)),
                _count(operations),
                _count(peak_bytes),
            )
    raise _bad()


def _row(place: Line | None) -> list[Any] | None:
    return None if place is None else list(astuple(place))


def _event(row: Any) -> Event:
    match row:
        case [str(kind), str(operation), str(name), count, size, place] if (
            kind in KINDS and _OPERATION.fullmatch(operation) and _is_name(name)
        ):
            return Event(kind, operation, name, _part(place), _count(count), _count(size))
    raise _bad()


def _is_name(name: str) -> bool:
    plain_name = name.isidentifier() and len(name) <= _LONGEST_NAME
    return plain_name or name in {INDEXING, FORMATTING}


def _work(row: Any) -> Work:
    match row:
        case [count, None]:
            return Work(None, _count(count))
        case [count, [line, file]]:
            return Work(Line(_within(line, _LINES), _path(file)), _count(count))
    raise _bad()


def _part(row: Any) -> Part | None:
    match row:
        case None:
            return None
        case [line, file, *columns] if len(columns) == 3:  # noqa: PLR2004 - those of Part
            known = [None if one is None else _within(one, _LINES) for one in columns]
            return Part(_within(line, _LINES), _path(file), *known)
    raise _bad()


def _path(file: Any) -> str | None:
    if file is None or (type(file) is str and len(file) <= _LONGEST_PATH):
        return file
    raise _bad()


def _count(number: Any) -> int:
    return _within(number, _COUNTS)


def _within(number: Any, bounds: range) -> int:
    if type(number) is int and number in bounds:
        return number
    raise _bad()


def _bad() -> ProtocolError:
    return ProtocolError("bad account of what a call did on its device")
