"""The account of one call: events and operations by the lines that they come from."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any

from grader.student.traffic import private
from grader.student.traffic.waiting import Crossing, crossing, tensors_in
from grader.wire.seen import MOST_ROWS, Event, Line, Part, TrafficRecord, Work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import torch
    from torch._ops import OpOverload

    from grader.student.traffic.lines import Lines
    from grader.student.traffic.memory import Memory, Storages

# The largest integer that JSON readers represent exactly (RFC 8259, section 6).
_MOST_TOLD = (1 << 53) - 1


class Account:
    """What is recorded of a call while it runs."""

    def __init__(self, lines: Lines, memory: Memory) -> None:
        self._lines = lines
        self._memory = memory
        self._events: dict[tuple[str, str, str, Part | None], list[int]] = {}
        self._work: dict[Line | None, int] = {}
        self._operations = 0
        self._number: Callable[[], torch.Tensor | None] = lambda: None

    def before(
        self, operator: OpOverload[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> Storages:
        """Return the storages of an operation's arguments: others among its results are new."""
        # A constructor returns its new tensor through this operator.
        handed_on = private.base_name(operator) == "lift_fresh"
        return {} if handed_on else self._memory.storages(tensors_in([*args, *kwargs.values()]))

    def operation(
        self,
        operator: OpOverload[..., Any],
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
        result: Any,
        given: Storages,
    ) -> None:
        """Record an operation that was started."""
        at = self._lines.running()
        if at.ours:
            return
        self._operations += 1
        line = at.line()
        if line in self._work or len(self._work) < MOST_ROWS - 1:
            self._work[line] = self._work.get(line, 0) + 1
        else:
            self._work[None] = self._work.get(None, 0) + 1
        name = private.base_name(operator)
        found = crossing(operator, args, kwargs, result, self._number())
        if found is not None:
            self._add(found, *at.part(found.operation))
        if name == "scalar_tensor":
            self._number = weakref.ref(result)
        self._memory.note(given, tensors_in(result))

    def event(self, found: Crossing) -> None:
        """Record an event that no operation shows."""
        at = self._lines.running()
        if not at.ours:
            self._add(found, *at.part(found.operation))

    def _add(self, found: Crossing, place: Part | None, name: str) -> None:
        key = (found.kind, found.operation, name, place)
        if key not in self._events and len(self._events) >= MOST_ROWS // 2:
            # One row for each kind and operation is reserved for events of all further lines.
            key = (found.kind, found.operation, found.operation, None)
        row = self._events.setdefault(key, [0, 0])
        row[0] += found.count
        row[1] += found.bytes

    def seen(self) -> TrafficRecord:
        """Return the record."""
        events = [
            Event(*key, count, min(size, _MOST_TOLD)) for key, (count, size) in self._events.items()
        ]
        work = [Work(line, count) for line, count in self._work.items()]
        return TrafficRecord(tuple(events), tuple(work), self._operations, self._memory.peak())
