"""How much memory the tensors hold that are made in a call."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from collections.abc import Iterable


class Memory:
    """Storages that were made in a call and are alive; views of one tensor share its storage."""

    def __init__(self) -> None:
        self._alive: dict[int, tuple[weakref.ref[Any], int]] = {}
        self._held = 0
        self._peak = 0

    def note(self, given: Iterable[torch.Tensor], results: Iterable[torch.Tensor]) -> None:
        """Note what an operation has made: whatever shares no storage with what it was given."""
        before = {id(storage) for tensor in given if (storage := _storage(tensor)) is not None}
        for tensor in results:
            storage = _storage(tensor)
            if storage is not None and (id(storage) in self._alive or id(storage) not in before):
                self._hold(storage)

    def _hold(self, storage: torch.UntypedStorage) -> None:
        key, size = id(storage), storage.nbytes()
        known = self._alive.get(key)
        if known is None:
            reference = weakref.ref(storage, lambda _: self._let_go(key))
            self._alive[key] = (reference, size)
            self._held += size
        elif known[1] != size:  # an `out=` was given another size
            self._alive[key] = (known[0], size)
            self._held += size - known[1]
        self._peak = max(self._peak, self._held)

    def _let_go(self, key: int) -> None:
        _, size = self._alive.pop(key)
        self._held -= size

    def peak(self) -> int:
        """Return the most bytes that were held at one time."""
        return self._peak


class CudaMemory(Memory):
    """What CUDA's allocator says, which knows of memory that is held inside an operation, too."""

    def __init__(self) -> None:
        super().__init__()
        torch.cuda.synchronize()
        torch.cuda.reset_peak_memory_stats()
        self._before = torch.cuda.memory_allocated()

    def note(self, given: Iterable[torch.Tensor], results: Iterable[torch.Tensor]) -> None:
        """Leave it to the allocator."""

    def peak(self) -> int:
        """Return the most bytes that were allocated at one time beside those before the call."""
        return max(0, torch.cuda.max_memory_allocated() - self._before)


def memory_of() -> Memory:
    """Return what measures memory here; where CUDA is not used it is not begun with either."""
    begun: bool = torch.cuda.is_initialized()  # type: ignore[no-untyped-call]
    return CudaMemory() if begun else Memory()


def _storage(tensor: torch.Tensor) -> torch.UntypedStorage | None:
    try:
        return tensor.untyped_storage()
    except (NotImplementedError, RuntimeError):  # a sparse tensor has none
        return None
