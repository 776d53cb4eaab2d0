"""Checks of the device traffic of a call.

The records come from the student process: they are bounded when they are read, and not verified.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grader.judge.failures import CheckFailedError, ComparedResult, Finding
from grader.wire.seen import Line, Part

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from grader.judge.processes.outcomes import Returned
    from grader.judge.processes.sandboxed_program import ProgramSource
    from grader.wire.seen import Event, TrafficRecord, Work

_LONGEST = 1 << 16
"""Characters of a source that are parsed at most; its tree takes far more memory."""


@dataclass(frozen=True, eq=False)
class Watched:
    """The value that a call returned, and its device traffic until then."""

    outcome: Returned
    seen: TrafficRecord
    program: ProgramSource

    @property
    def value(self) -> Any:
        """The returned value."""
        return self.outcome.value

    @property
    def events(self) -> tuple[Event, ...]:
        """Transfers between host and device, and waits of the host: a row for each place."""
        return self.seen.events

    @property
    def operations(self) -> int:
        """The number of torch operations that were started."""
        return self.seen.operations

    @property
    def peak_bytes(self) -> int:
        """The peak of the bytes held by tensors made in the call."""
        return self.seen.peak_bytes


def assert_no_traffic(watched: Watched, *, apart_from: Collection[str] = ()) -> None:
    """Check that nothing was transferred between host and device, and that the host never waited.

    ``apart_from``: kinds of events that are allowed: ``to_host``, ``to_device``, ``made`` (Python
    numbers that become a tensor on the device), ``synchronise``.
    """
    events = [event for event in watched.events if event.kind not in apart_from and event.count]
    if not events:
        return
    worst = max(events, key=lambda event: event.count)
    findings = [_of_event(f"traffic.{worst.kind}", worst, worst.count)]
    findings += _elsewhere(worst, events)
    raise CheckFailedError(*findings, looked_at=ComparedResult(outcome=watched.outcome))


def assert_same_traffic(few: Watched, many: Watched, *, steps: int) -> None:
    """Check that a call of more steps waits for the device no more often than one of fewer.

    ``steps``: the number of steps of ``many``.
    """
    before: dict[Any, int] = {}
    for event in few.events:
        before[_identity(event)] = before.get(_identity(event), 0) + event.count
    more = [event for event in many.events if event.count > before.get(_identity(event), 0)]
    if _waits(many) <= _waits(few) or not more:
        return
    worst = max(more, key=lambda event: event.count)
    finding = _of_event("traffic.each_step", worst, worst.count, steps=steps)
    others = _elsewhere(worst, more)
    raise CheckFailedError(finding, *others, looked_at=ComparedResult(outcome=many.outcome))


def assert_same_work(few: Watched, many: Watched, *, samples: Sequence[int]) -> None:
    """Check that a larger batch does not start more operations.

    ``samples``: the sizes of the two batches.
    """
    if many.operations <= few.operations:
        return
    less, more = samples
    args = {
        "few": less,
        "many": more,
        "for_few": few.operations,
        "for_many": many.operations,
    }
    place = _growing(few, many)
    loop = None if place is None else _loop_at(place, many.program)
    told_of = loop or place
    finding = Finding(
        "traffic.loop" if loop else "traffic.work",
        args,
        place=None if told_of is None else Part(told_of.line, told_of.file),
    )
    raise CheckFailedError(finding, looked_at=ComparedResult(outcome=many.outcome))


def _of_event(id_: str, event: Event, count: int, **args: int) -> Finding:
    return Finding(id_, {"count": count, "name": event.name, **args}, place=event.place)


def _elsewhere(worst: Event, events: Sequence[Event]) -> Iterator[Finding]:
    """Yield one finding about the other lines, if there are any."""
    if worst.place is None:
        return
    lines = {event.place.line for event in events if event.place is not None}
    if len(lines) > 1:
        yield Finding("traffic.elsewhere", {"count": len(lines) - 1})


def _identity(event: Event) -> tuple[Any, ...]:
    return event.kind, event.operation, event.place


def _waits(watched: Watched) -> int:
    return sum(event.count for event in watched.events)


def _growing(few: Watched, many: Watched) -> Line | None:
    """Return the line whose operations increase most."""
    before = {work.place: work.count for work in few.seen.work}

    def growth(work: Work) -> int:
        return work.count - before.get(work.place, 0)

    grown = [work for work in many.seen.work if work.place is not None and growth(work) > 0]
    return max(grown, key=growth).place if grown else None


def _loop_at(place: Line, program: ProgramSource) -> Line | None:
    """Return the first line of the innermost loop that contains a line."""
    text = program.source if place.file is None else program.helpers.get(place.file, "")
    try:
        tree = ast.parse(text if len(text) <= _LONGEST else "")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    loops = [
        node
        for node in ast.walk(tree)  # outer ones come first
        if isinstance(node, ast.For | ast.While)
        and node.lineno <= place.line <= (node.body[-1].end_lineno or 0)
    ]
    return Line(loops[-1].lineno, place.file) if loops else None
