"""Undocumented parts of torch and Python that this package uses: named in this module only."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import torch
from torch.utils import _python_dispatch as dispatching

if TYPE_CHECKING:
    import types
    from collections.abc import Callable

    from torch._ops import OpOverload

_C: Any = torch._C


def base_name(operator: OpOverload[..., Any]) -> str:
    """Return the name of an operator without its overload."""
    return operator._schema.name.partition("::")[2]


def leave_dispatch(mode: object) -> None:
    """Disable a mode that sees operations."""
    _take_out(mode, _C._len_torch_dispatch_stack, dispatching._pop_mode, dispatching._push_mode)


def leave_function(mode: object) -> None:
    """Disable a mode that sees functions."""
    push = _C._push_on_torch_function_stack
    _take_out(mode, _C._len_torch_function_stack, _C._pop_torch_function_stack, push)


def _take_out(
    mine: object,
    height: Callable[[], int],
    pop: Callable[[], Any],
    push: Callable[[Any], None],
) -> None:
    """Remove one mode from a stack, wherever it is there; the others stay."""
    above = []
    while height():
        top = pop()
        if top is mine:
            break
        above.append(top)
    for mode in reversed(above):
        push(mode)


def frame() -> types.FrameType:
    """Return the innermost frame of this thread, that of the caller."""
    return sys._getframe(1)


def frame_of(thread: int) -> types.FrameType | None:
    """Return the innermost frame of a thread, None if it has ended."""
    return sys._current_frames().get(thread)
