"""Tensors among the arguments and results of an operator: alone, or in lists and tuples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def tensors_in(value: Any) -> Iterator[torch.Tensor]:
    """Yield the tensors of an argument, in order."""
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from tensors_in(part)


def mapped(change: Callable[[torch.Tensor], torch.Tensor], value: Any) -> Any:
    """Return the same structure with every tensor changed."""
    if isinstance(value, torch.Tensor):
        return change(value)
    if isinstance(value, list):
        return [mapped(change, part) for part in value]
    if isinstance(value, tuple):
        parts = [mapped(change, part) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    return value
