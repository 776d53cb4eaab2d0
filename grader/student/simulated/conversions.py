"""Tensors that change their device and keep their identity.

`nn.Module.to` sets `.data` to move parameters, so that an optimiser made earlier still holds them.
torch does so for CUDA and refuses it for devices that are not its own.
"""

from __future__ import annotations

import functools
from typing import Any

import torch

from grader.student.simulated import private
from grader.student.simulated.private import (
    data,
    has_compatible_type,
    swap_implementations,
)
from grader.student.simulated.shared_memory import on_device


def _set_data(tensor: torch.Tensor, new: Any) -> None:
    if isinstance(new, torch.Tensor) and on_device(tensor) != on_device(new):
        _move_into(tensor, new.detach())
    else:
        data.__set__(tensor, new)


def _move_into(tensor: torch.Tensor, new: torch.Tensor) -> None:
    gradient, tensor.grad = tensor.grad, None
    new.requires_grad_(tensor.requires_grad)
    if gradient is not None:
        # The gradient keeps its identity as well.
        swap_implementations(gradient, gradient.to(new.device))
        new.grad = gradient
    swap_implementations(tensor, new)


@functools.wraps(has_compatible_type)
def _may_share(tensor: torch.Tensor, other: torch.Tensor) -> bool:
    return has_compatible_type(tensor, other) or on_device(tensor) != on_device(other)


def _pinned(tensor: torch.Tensor, *arguments: Any, **named: Any) -> torch.Tensor:
    if on_device(tensor):
        raise RuntimeError(f"cannot pin '{tensor.type()}' only dense CPU tensors can be pinned")
    del arguments, named
    return tensor.clone()


def install() -> None:
    """Make `.data`, `nn.Module.to` and `pin_memory` support the device."""
    private.replace(torch.Tensor, "data", property(data.__get__, _set_data))
    private.replace(torch.Tensor, "pin_memory", _pinned)
    private.replace(torch, "_has_compatible_shallow_copy_type", _may_share)
