"""Random numbers of the device: a stream of its own, drawn by generators of the host.

As on CUDA, drawing on the device does not advance the host's generator, a seed gives other numbers
there than on the host, and a generator of the one is refused by the other.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakValueDictionary

import torch

from grader.student.simulated import private
from grader.student.simulated.memory import NAME, device
from grader.student.simulated.private import HostGenerator, address

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEEDS: Final = 2**64
_SALT: Final = 0x9E3779B97F4A7C15  # so that a seed gives other numbers here than on the host


class DeviceGenerator(HostGenerator):
    """A generator that says that it belongs to the device."""

    def __init__(self) -> None:
        _ours[address(self)] = self
        self.manual_seed(super().initial_seed())

    @property
    def device(self) -> torch.device:  # type: ignore[override]
        """Where the numbers are drawn."""
        return device()

    def manual_seed(self, seed: int) -> torch.Generator:
        """Start the stream of this seed."""
        self._seeded = seed
        return super().manual_seed((seed + _SALT) % _SEEDS)

    def initial_seed(self) -> int:
        """The seed that the stream was started with."""
        return self._seeded

    def seed(self) -> int:
        """Start a stream that nobody can foresee."""
        self._seeded = super().seed()
        return self._seeded


class _AnyGenerator(type(HostGenerator)):  # type: ignore[misc]
    """Stands where `torch.Generator` stood: makes generators of the host and of the device."""

    def __call__(cls, device: Any = "cpu") -> torch.Generator:
        if torch.device(device).type == NAME:
            return DeviceGenerator()
        return HostGenerator(device)

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, HostGenerator)

    def __subclasscheck__(cls, other: type) -> bool:
        return issubclass(other, HostGenerator)


# By address: an operator gets another object for the same generator.
_ours: WeakValueDictionary[int, DeviceGenerator] = WeakValueDictionary()
_default: list[DeviceGenerator] = []


def default() -> DeviceGenerator:
    """Return the generator that draws where none is named."""
    if not _default:
        _default.append(DeviceGenerator())
    return _default[0]


def of_device(generator: torch.Generator | None) -> torch.Generator:
    """Return the generator that a call on the device draws from, or refuse the one named."""
    if generator is None:
        return default()
    if address(generator) not in _ours:
        raise RuntimeError(
            f"Expected a '{NAME}' device type for generator but found '{generator.device.type}'"
        )
    return generator


@contextlib.contextmanager
def standing_in() -> Iterator[None]:
    """Let the host's default generator draw the device's stream: for kernels that name none."""
    host, ours = torch.default_generator, default()
    kept = host.get_state()
    host.set_state(ours.get_state())
    try:
        yield
    finally:
        ours.set_state(host.get_state())
        host.set_state(kept)


def install() -> None:
    """Let `torch.Generator(device=...)` know the device."""
    private.replace(torch, "Generator", _AnyGenerator("Generator", (HostGenerator,), {}))
