"""`torch.sim`, the counterpart of `torch.cuda`: what torch needs of a device besides kernels."""

from __future__ import annotations

from typing import Any

import torch

from grader.student.simulated import generators
from grader.student.simulated.private import replace, set_up
from grader.student.simulated.shared_memory import NAME


class Backend:
    """The module `torch.sim`. There is one device, and it is synchronous."""

    def is_available(self) -> bool:
        """Return whether the device can be used."""
        return True

    def is_initialized(self) -> bool:
        """Return whether the device has been initialised: it needs no initialisation."""
        return True

    def device_count(self) -> int:
        """Return the number of devices."""
        return 1

    def current_device(self) -> int:
        """Return the index of the default device."""
        return 0

    def _is_in_bad_fork(self) -> bool:
        return False

    def get_amp_supported_dtype(self) -> list[torch.dtype]:
        """Return the dtypes in which autocast may compute."""
        return [torch.float16, torch.bfloat16]

    def manual_seed_all(self, seed: int) -> None:
        """Seed the device's random stream; `torch.manual_seed` calls this."""
        generators.default().manual_seed(seed)

    def manual_seed(self, seed: int) -> None:
        """Do the same: there is one device."""
        self.manual_seed_all(seed)

    def initial_seed(self) -> int:
        """Return the seed of the device's random stream."""
        return generators.default().initial_seed()

    def get_rng_state(self, device: Any = None) -> torch.Tensor:
        """Return the state of the device's random stream."""
        del device
        return generators.default().get_state()

    def set_rng_state(self, state: torch.Tensor, device: Any = None) -> None:
        """Set the state of the device's random stream."""
        del device
        generators.default().set_state(state)

    def synchronize(self, device: Any = None) -> None:
        """Return at once: all work is done already."""
        del device

    def set_device(self, device: Any) -> None:
        """Select the only device."""
        del device

    def empty_cache(self) -> None:
        """Do nothing: the memory is the host's."""

    class device:  # noqa: N801 - torch looks for a context of this name
        """A context in which the only device is the current one."""

        def __init__(self, device: Any) -> None:
            self.idx = device

        def __enter__(self) -> Backend.device:
            return self

        def __exit__(self, *_raised: object) -> None:
            pass


def install() -> None:
    """Register the device and `torch.sim`."""
    module = Backend()
    set_up(NAME, module)
    replace(torch.accelerator, "synchronize", module.synchronize)
