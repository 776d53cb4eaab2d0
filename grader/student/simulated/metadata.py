"""Operators that compute nothing: views, storages, sizes.

torch's own code for them reads shapes and strides only, whatever the device; it is called unchanged
for tensors on the device.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import torch

from grader.student.simulated.private import hosts_kernel, overload
from grader.student.simulated.shared_memory import HOST, as_device, as_host

if TYPE_CHECKING:
    from collections.abc import Sequence

_SET: Final = "set_.source_Storage_storage_offset"
_set_kernel: Final = hosts_kernel(overload(_SET))
UNCHANGED: Final = (
    "as_strided",
    "view",
    "_reshape_alias",
    "unfold",
    "view_as_real",
    "view_as_complex",
    "set_.source_Storage",
    _SET,
)


def set_to_tensor(tensor: torch.Tensor, source: torch.Tensor) -> torch.Tensor:
    """Make a tensor share the memory, shape and strides of another."""
    return _set(
        tensor,
        source.untyped_storage(),
        source.storage_offset(),
        source.shape,
        source.stride(),
    )


def resize(
    tensor: torch.Tensor, size: Sequence[int], *, memory_format: torch.memory_format | None = None
) -> torch.Tensor:
    """Give a tensor another size, and more memory if needed, as `resize_` does."""
    shape = torch.Size(size)
    if tensor.shape == shape:
        return tensor
    layout = torch.empty(shape, dtype=tensor.dtype, device="meta")
    if memory_format is not None:
        layout = layout.contiguous(memory_format=memory_format)
    storage, offset = tensor.untyped_storage(), tensor.storage_offset()
    if (offset + shape.numel()) * tensor.element_size() > storage.nbytes():
        larger = torch.empty(
            (offset + shape.numel()) * tensor.element_size(), dtype=torch.uint8, device=HOST
        )
        larger[: storage.nbytes()] = _bytes_of(tensor)
        storage = as_device(larger).untyped_storage()
    return _set(tensor, storage, offset, shape, layout.stride())


def _bytes_of(tensor: torch.Tensor) -> torch.Tensor:
    whole = torch.empty(0, dtype=torch.uint8, device=tensor.device)
    set_to_storage(whole, tensor.untyped_storage())
    return as_host(whole)


def set_to_storage(tensor: torch.Tensor, storage: torch.UntypedStorage) -> torch.Tensor:
    """Make a tensor of bytes cover a whole storage."""
    return _set(tensor, storage, 0, (storage.nbytes(),), (1,))


def _set(
    tensor: torch.Tensor,
    storage: torch.UntypedStorage,
    offset: int | torch.SymInt,
    size: Sequence[int],
    stride: Sequence[int],
) -> torch.Tensor:
    result: torch.Tensor = _set_kernel(tensor, storage, offset, list(size), list(stride))
    return result
