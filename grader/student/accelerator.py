"""The device on which a submission computes, as its process treats it around each call.

On the host, and on the accelerator that is simulated there, nothing is to be done. CUDA is touched
first in the student process: a warm process that had touched it could not be forked any more.
"""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

STOCK = (*[1 << 19] * 16, 1 << 26)
"""Bytes of the blocks that a process has from the start, of both of torch's pools: small, large."""


class Host:
    """A device without anything of its own to be done."""

    def begin(self, memory_bytes: int) -> dict[str, Any] | None:  # noqa: ARG002 - a card's limit
        """Touch the device for the first time; return what it is, if it is a card."""
        return None

    def before_request(self) -> None:
        """Leave nothing in free memory that a call could take for its result."""

    def after_call(self) -> None:
        """Wait until all that was started is done."""

    def peak(self) -> int | None:
        """Return the most bytes of a card that were in use at one time; None: there is none."""
        return None


class Card(Host):
    """A card, through ``torch.cuda`` or what a test has in its place."""

    def __init__(self, cuda: Any, reserve: Callable[[int], Any]) -> None:
        """``reserve``: makes a tensor of so many bytes on the card, whatever they hold."""
        self._cuda = cuda
        self._reserve = reserve
        self._peak = 0

    def begin(self, memory_bytes: int) -> dict[str, Any]:
        """Touch the card; the submission gets so much of its memory, and no more."""
        self._cuda.init()
        found = self._cuda.get_device_properties(0)
        free, total = self._cuda.mem_get_info()
        self._cuda.set_per_process_memory_fraction(min(1.0, memory_bytes / total))
        with contextlib.suppress(self._cuda.OutOfMemoryError):
            self._fill(STOCK)
        return {"card": str(found.name), "free": int(free), "total": int(total)}

    def before_request(self) -> None:
        """Fill free memory with NaN: results of earlier calls are no answer to the next.

        Arguments are placed in that memory afterwards, so that nothing lies between them either.
        """
        segments = self._cuda.memory_snapshot()
        blocks = (block for segment in segments for block in segment["blocks"])
        sizes = [int(block["size"]) for block in blocks if block["state"] == "inactive"]
        with contextlib.suppress(self._cuda.OutOfMemoryError):
            self._fill(sorted(sizes, reverse=True))
        self._cuda.reset_peak_memory_stats()

    def _fill(self, sizes: Iterable[int]) -> None:
        """Hold blocks of these sizes at once, and make every float in them NaN, of any precision.

        Blocks that nobody holds any more stay with torch as they are, for whoever asks next.
        """
        held = [self._reserve(size) for size in sizes]
        for block in held:
            block.fill_(0xFF)

    def after_call(self) -> None:
        """Wait for all streams: a result is read from one of them alone."""
        self._cuda.synchronize()
        self._peak = max(self._peak, int(self._cuda.max_memory_allocated()))

    def peak(self) -> int:
        """Return what the allocator of torch has counted."""
        return self._peak


def device_of(name: str) -> Host:
    """Return what is done around calls on a device."""
    if name != "cuda":
        return Host()
    import torch  # noqa: PLC0415 - imported already, before the fork

    def reserve(size: int) -> Any:
        return torch.empty(size, dtype=torch.uint8, device="cuda")

    return Card(torch.cuda, reserve)


def refuse_if_touched() -> None:
    """Raise RuntimeError where the warm process has touched CUDA: no child of it could use it."""
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_initialized():
        raise RuntimeError("CUDA was initialised before the first fork")


def is_fault_of_card(error: BaseException) -> bool:
    """Tell whether an error has left the card unusable to this process."""
    torch = sys.modules.get("torch")
    if torch is None:
        return False
    fault = getattr(torch, "AcceleratorError", None)
    if fault is not None and isinstance(error, fault):
        return True
    # Before torch had a type for it.
    return type(error) is RuntimeError and str(error).startswith("CUDA error:")


def is_full(error: BaseException) -> bool:
    """Tell whether an error says that the memory of a card ran out."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(error, torch.OutOfMemoryError)
