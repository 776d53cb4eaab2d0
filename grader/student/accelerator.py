"""The device on which a submission computes, as its process treats it around each call.

The host and the simulated accelerator need no treatment. CUDA is initialised in the student process
only: it cannot be used in a child forked after its initialisation.
"""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

STOCK = (*[1 << 19] * 16, 1 << 26)
"""Bytes of the blocks reserved at the start, for torch's pools of small and of large blocks."""

FLUSHED = 1 << 28
"""Bytes written before a timed call: five times the largest second-level cache."""


class Host:
    """A device that needs no treatment around calls."""

    def begin(self, memory_bytes: int) -> dict[str, Any] | None:  # noqa: ARG002 - a card's limit
        """Initialise the device; return a description of a card, None for any other device."""
        return None

    def before_request(self) -> None:
        """Overwrite free memory, so that no call finds an earlier result in it."""

    def after_call(self) -> None:
        """Wait until all started work is done."""

    def flush_cache(self) -> None:
        """Evict the arguments from the card's cache."""

    def peak(self) -> int | None:
        """Return the peak of a card's allocated memory in bytes, None without a card."""
        return None


class Card(Host):
    """A graphics card, through ``torch.cuda`` or a test's replacement of it."""

    def __init__(self, cuda: Any, reserve: Callable[[int], Any]) -> None:
        """``reserve``: return an uninitialised tensor of that many bytes on the card."""
        self._cuda = cuda
        self._reserve = reserve
        self._peak = 0

    def begin(self, memory_bytes: int) -> dict[str, Any]:
        """Initialise the card; limit the submission to ``memory_bytes`` of its memory."""
        self._cuda.init()
        found = self._cuda.get_device_properties(0)
        free, total = self._cuda.mem_get_info()
        self._cuda.set_per_process_memory_fraction(min(1.0, memory_bytes / total))
        with contextlib.suppress(self._cuda.OutOfMemoryError):
            self._fill(STOCK)
        return {"card": str(found.name), "free": int(free), "total": int(total)}

    def before_request(self) -> None:
        """Fill free memory with NaN, so that no call can return the result of an earlier one.

        Arguments are allocated in that memory afterwards, so nothing is left between them either.
        """
        segments = self._cuda.memory_snapshot()
        blocks = (block for segment in segments for block in segment["blocks"])
        sizes = [int(block["size"]) for block in blocks if block["state"] == "inactive"]
        with contextlib.suppress(self._cuda.OutOfMemoryError):
            self._fill(sorted(sizes, reverse=True))
        self._cuda.reset_peak_memory_stats()

    def _fill(self, sizes: Iterable[int]) -> None:
        """Hold blocks of these sizes at once, and make every float in them NaN, of any precision.

        Once released they stay in torch's cache as they are, for the next allocation.
        """
        held = [self._reserve(size) for size in sizes]
        for block in held:
            block.fill_(0xFF)

    def after_call(self) -> None:
        """Wait for all streams: the result is read on one of them only."""
        self._cuda.synchronize()
        self._peak = max(self._peak, int(self._cuda.max_memory_allocated()))

    def flush_cache(self) -> None:
        """Overwrite more memory than the cache of any card holds."""
        with contextlib.suppress(self._cuda.OutOfMemoryError):
            self._fill([FLUSHED])

    def peak(self) -> int:
        """Return the peak that torch's allocator has counted, in bytes."""
        return self._peak


def device_of(name: str) -> Host:
    """Return the treatment around calls on the device ``name``."""
    if name != "cuda":
        return Host()
    import torch  # noqa: PLC0415 - imported already, before the fork

    def reserve(size: int) -> Any:
        return torch.empty(size, dtype=torch.uint8, device="cuda")

    return Card(torch.cuda, reserve)


def refuse_if_touched() -> None:
    """Check, in the warm process, that no child would inherit an initialised CUDA.

    Raises:
        RuntimeError: CUDA has been initialised in this process.

    """
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_initialized():
        raise RuntimeError("CUDA was initialised before the first fork")


def is_fault_of_card(error: BaseException) -> bool:
    """Return True if an error has left the card unusable to this process."""
    torch = sys.modules.get("torch")
    if torch is None:
        return False
    fault = getattr(torch, "AcceleratorError", None)
    if fault is not None and isinstance(error, fault):
        return True
    # Older versions of torch have no exception type of its own for it.
    return type(error) is RuntimeError and str(error).startswith("CUDA error:")


def is_full(error: BaseException) -> bool:
    """Return True if an error says that the memory of a card ran out."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(error, torch.OutOfMemoryError)
