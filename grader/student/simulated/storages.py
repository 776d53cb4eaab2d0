"""Storages on the device: for `deepcopy`, `torch.save`, `torch.load` and `untyped_storage()`.

torch would allocate one; this device has no allocator, so each is made of a host tensor.
"""

from __future__ import annotations

from typing import Any

import torch

from grader.student.simulated.metadata import set_to_storage
from grader.student.simulated.private import replace
from grader.student.simulated.shared_memory import HOST, NAME, as_device

_new: Any = torch.UntypedStorage.__new__
_copy: Any = torch.UntypedStorage.copy_
_cpu: Any = torch.UntypedStorage.cpu


def _make(
    kind: type[torch.UntypedStorage], *arguments: Any, device: Any = None, **named: Any
) -> Any:
    if device is None:
        return _new(kind, *arguments, **named)
    if torch.device(device).type != NAME:
        return _new(kind, *arguments, device=device, **named)
    content = arguments[0] if arguments else 0
    if isinstance(content, int):
        content = torch.empty(content, dtype=torch.uint8, device=HOST)
    else:
        content = torch.tensor(list(content), dtype=torch.uint8, device=HOST)
    return as_device(content).untyped_storage()


def _as_tensor(storage: torch.UntypedStorage) -> torch.Tensor:
    whole = torch.empty(0, dtype=torch.uint8, device=storage.device)
    if storage.device.type == NAME:
        return set_to_storage(whole, storage)
    return whole.set_(storage)


def _copied(storage: torch.UntypedStorage, source: Any, non_blocking: bool | None = None) -> Any:
    if NAME not in {storage.device.type, source.device.type}:
        return _copy(storage, source, non_blocking)
    _as_tensor(storage).copy_(_as_tensor(source))
    return storage


def _on_host(storage: torch.UntypedStorage) -> Any:
    if storage.device.type != NAME:
        return _cpu(storage)
    return _as_tensor(storage).cpu().untyped_storage()


def install() -> None:
    """Make storages on the device constructible, copyable and movable to the host."""
    replace(torch.UntypedStorage, "__new__", staticmethod(_make))
    replace(torch.UntypedStorage, "copy_", _copied)
    replace(torch.UntypedStorage, "cpu", _on_host)
