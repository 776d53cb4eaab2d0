"""Copies between host and device, and within the device: `copy_`, `to` and `cpu` call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.student.simulated.private import negated
from grader.student.simulated.shared_memory import as_host, on_device

if TYPE_CHECKING:
    import torch


def copy_from(
    source: torch.Tensor, target: torch.Tensor, non_blocking: bool = False
) -> torch.Tensor:
    """Copy values into a tensor; either may be on the host. A copy here is never asynchronous."""
    del non_blocking
    _memory(target).copy_(_memory(source))
    return target


def copy_from_and_resize(source: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Copy into a tensor that takes the source's size."""
    if target.shape != source.shape:
        target.resize_(source.shape)
    return copy_from(source, target)


def _memory(tensor: torch.Tensor) -> torch.Tensor:
    if not on_device(tensor):
        return tensor.detach()
    host = as_host(tensor)
    # Views whose values differ from those in memory.
    if tensor.is_conj():
        host = host.conj()
    return negated(host) if tensor.is_neg() else host
