"""From the submission's values to values that can cross the wire, and back."""

from __future__ import annotations

import inspect
import itertools
import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.wire.values import Callback, Drained, Foreign, Seeded, Tensor


def stand_in_for(items: int) -> Callable[[Any], Any]:
    """Return the function that replaces values which cannot cross as they are.

    Tensors become plain data, a generator is drained up to ``items`` items, anything else is
    known by the name of its type.
    """

    def stand_in(value: Any) -> Any:
        torch = sys.modules.get("torch")
        if torch is not None and isinstance(value, torch.Tensor):
            return _from_tensor(torch, value)
        if isinstance(value, Iterator):
            drained = list(itertools.islice(value, items + 1))
            return Drained(drained[:items], endless=len(drained) > items)
        return Foreign(_type_name(value))

    return stand_in


def _type_name(value: Any) -> str:
    name = getattr(type(value), "__name__", None)
    return name if type(name) is str else "unknown"


def _from_tensor(torch: Any, value: Any) -> Tensor | Foreign:
    if value.layout is not torch.strided:
        return Foreign(f"{_type_name(value)} of layout {value.layout}")
    dtype = str(value.dtype).removeprefix("torch.")
    plain = value.detach().cpu().resolve_conj().resolve_neg()
    if plain.dtype == torch.bfloat16:
        plain = plain.float()
    try:
        array = plain.numpy()
    except (TypeError, RuntimeError):
        return Foreign(f"{_type_name(value)} of dtype {dtype}")
    return Tensor(array, dtype, str(value.device), bool(value.requires_grad))


def builder(device: str, ask: Callable[[int, Any, Any], Any]) -> Callable[[Any], Any]:
    """Return the function that turns stand-ins from the judge into what they stand for.

    Tensors are made on ``device``; a function argument becomes one that calls ``ask``.
    """

    def build(value: Any) -> Any:
        if isinstance(value, Tensor):
            import torch  # noqa: PLC0415 - only exercises with tensors have torch

            made = torch.from_numpy(np.array(value.array)).to(
                device=device, dtype=getattr(torch, value.dtype)
            )
            return made.requires_grad_(value.requires_grad)
        if isinstance(value, Seeded):
            return np.random.default_rng(value.seed)
        if isinstance(value, Callback):
            number = value.number

            def function(*args: Any, **kwargs: Any) -> Any:
                return ask(number, args, kwargs)

            return function
        return value

    return build


def accepts(function: Any, count: int) -> tuple[bool, str]:
    """Tell whether ``function`` can be called with ``count`` positional arguments.

    Returns the answer and the signature as text. A function that hides its signature is trusted.
    """
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return True, "(...)"
    try:
        signature.bind(*range(count))
    except TypeError:
        return False, str(signature)[:200]
    return True, str(signature)[:200]
