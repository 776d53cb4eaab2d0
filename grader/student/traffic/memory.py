"""Memory held by the tensors that a call makes."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from collections.abc import Iterable

    Storages = dict[int, torch.UntypedStorage]


class Memory:
    """Storages made in a call and still alive; views of one tensor share its storage."""

    def __init__(self) -> None:
        self._alive: dict[int, tuple[weakref.ref[Any], int]] = {}
        self._held = 0
        self._peak = 0

    def storages(self, tensors: Iterable[torch.Tensor]) -> Storages:
        """Return the storages of tensors, by key."""
        found = (storage for tensor in tensors if (storage := _storage(tensor)) is not None)
        return {id(storage): storage for storage in found}

    def note(self, given: Storages, results: Iterable[torch.Tensor]) -> None:
        """Record the new storages among an operation's results: those that no argument has."""
        for key, storage in self.storages(results).items():
            if key in self._alive or key not in given:
                self._hold(storage)

    def _hold(self, storage: torch.UntypedStorage) -> None:
        key, size = id(storage), storage.nbytes()
        known = self._alive.get(key)
        if known is None:
            reference = weakref.ref(storage, lambda _: self._let_go(key))
            self._alive[key] = (reference, size)
            self._held += size
        elif known[1] != size:  # an `out=` was resized
            self._alive[key] = (known[0], size)
            self._held += size - known[1]
        self._peak = max(self._peak, self._held)

    def _let_go(self, key: int) -> None:
        _, size = self._alive.pop(key)
        self._held -= size

    def peak(self) -> int:
        """Return the peak of the bytes held."""
        return self._peak


class CudaMemory(Memory):
    """Figures of CUDA's allocator, which include memory held within an operation."""

    def __init__(self) -> None:
        super().__init__()
        # cuBLAS reserves its workspace at the first product of a process, permanently: it belongs
        # to no tensor of the call, and later calls would not show it.
        one = torch.ones(1, 1, device="cuda")
        torch.mm(one, one)
        del one
        torch.cuda.synchronize()
        torch.cuda.reset_peak_memory_stats()
        self._before = torch.cuda.memory_allocated()

    def storages(self, tensors: Iterable[torch.Tensor]) -> Storages:
        """Return nothing: the allocator knows the storages."""
        del tensors
        return {}

    def note(self, given: Storages, results: Iterable[torch.Tensor]) -> None:
        """Do nothing: the allocator counts."""

    def peak(self) -> int:
        """Return the peak of the bytes allocated beyond those before the call."""
        return max(0, torch.cuda.max_memory_allocated() - self._before)


def memory_of() -> Memory:
    """Return the measure for this device; without CUDA in use, CUDA is not initialised."""
    begun: bool = torch.cuda.is_initialized()  # type: ignore[no-untyped-call]
    return CudaMemory() if begun else Memory()


def _storage(tensor: torch.Tensor) -> torch.UntypedStorage | None:
    try:
        return tensor.untyped_storage()
    except (NotImplementedError, RuntimeError):  # a sparse tensor has no storage
        return None
