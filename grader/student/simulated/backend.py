"""What torch asks of a device besides kernels: `torch.sim`, the counterpart of `torch.cuda`."""

from __future__ import annotations

from typing import Any

import torch

from grader.student.simulated import generators
from grader.student.simulated.memory import NAME
from grader.student.simulated.private import replace, set_up


class Backend:
    """The module `torch.sim`. There is one device, and it computes at once."""

    def is_available(self) -> bool:
        """Whether it can be used."""
        return True

    def is_initialized(self) -> bool:
        """Whether it has been used: nothing needs to be prepared."""
        return True

    def device_count(self) -> int:
        """How many there are."""
        return 1

    def current_device(self) -> int:
        """Which one is used where none is named."""
        return 0

    def _is_in_bad_fork(self) -> bool:
        return False

    def get_amp_supported_dtype(self) -> list[torch.dtype]:
        """What autocast may compute in."""
        return [torch.float16, torch.bfloat16]

    def manual_seed_all(self, seed: int) -> None:
        """Seed the device's own stream of random numbers, as `torch.manual_seed` asks."""
        generators.default().manual_seed(seed)

    def manual_seed(self, seed: int) -> None:
        """Do the same: there is one device."""
        self.manual_seed_all(seed)

    def initial_seed(self) -> int:
        """What the device's stream was seeded with."""
        return generators.default().initial_seed()

    def get_rng_state(self, device: Any = None) -> torch.Tensor:
        """Where the device's stream stands."""
        del device
        return generators.default().get_state()

    def set_rng_state(self, state: torch.Tensor, device: Any = None) -> None:
        """Put the device's stream there."""
        del device
        generators.default().set_state(state)

    def synchronize(self, device: Any = None) -> None:
        """Wait for nothing: what was asked for is computed."""
        del device

    def set_device(self, device: Any) -> None:
        """Choose the only device."""
        del device

    def empty_cache(self) -> None:
        """Give back nothing: memory is the host's."""

    class device:  # noqa: N801 - torch looks for a context of this name
        """The context in which the only device is the current one."""

        def __init__(self, device: Any) -> None:
            self.idx = device

        def __enter__(self) -> Backend.device:
            return self

        def __exit__(self, *_raised: object) -> None:
            pass


def install() -> None:
    """Register the device under its name."""
    module = Backend()
    set_up(NAME, module)
    replace(torch.accelerator, "synchronize", module.synchronize)
