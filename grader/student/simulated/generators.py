"""Random numbers of the device: a stream of its own, drawn by the host's generators.

As on CUDA, drawing on the device does not advance the host's generator, a seed gives other numbers
there than on the host, and each refuses a generator of the other.
"""

from __future__ import annotations

import contextlib
import functools
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakValueDictionary

import torch

from grader.student.simulated import private
from grader.student.simulated.private import HostGenerator, address
from grader.student.simulated.shared_memory import NAME, device

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Seeds of torch are 64-bit integers.
_SEEDS: Final = 2**64
_SALT: Final = 0x9E3779B97F4A7C15  # so that a seed gives other numbers here than on the host

_FUNCTIONS: Final = "rand randn randint randperm normal bernoulli multinomial poisson"
_METHODS: Final = "normal_ uniform_ random_ bernoulli_ exponential_ geometric_ log_normal_ cauchy_"


class DeviceGenerator(HostGenerator):
    """A generator that reports the simulated device as its own."""

    def __init__(self) -> None:
        _ours[address(self)] = self
        self.manual_seed(super().initial_seed())

    @property
    def device(self) -> torch.device:  # type: ignore[override]
        """The device on which the numbers are drawn."""
        return device()

    def manual_seed(self, seed: int) -> torch.Generator:
        """Start the stream of this seed."""
        self._seeded = seed
        return super().manual_seed((seed + _SALT) % _SEEDS)

    def initial_seed(self) -> int:
        """Return the seed with which the stream was started."""
        return self._seeded

    def seed(self) -> int:
        """Start a stream with a random seed."""
        self._seeded = super().seed()
        return self._seeded


class _AnyGenerator(type(HostGenerator)):  # type: ignore[misc]
    """Replaces `torch.Generator`: makes generators of the host and of the device."""

    def __call__(cls, device: Any = "cpu") -> torch.Generator:
        if torch.device(device).type == NAME:
            return DeviceGenerator()
        return HostGenerator(device)

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, HostGenerator)

    def __subclasscheck__(cls, other: type) -> bool:
        return issubclass(other, HostGenerator)


# Keyed by address: an operator receives another Python object for the same generator.
_ours: WeakValueDictionary[int, DeviceGenerator] = WeakValueDictionary()
_default: list[DeviceGenerator] = []


def default() -> DeviceGenerator:
    """Return the device's default generator."""
    if not _default:
        _default.append(DeviceGenerator())
    return _default[0]


def of_device(generator: torch.Generator | None) -> torch.Generator:
    """Return the generator from which a call on the device draws.

    Raises:
        RuntimeError: ``generator`` is one of the host.

    """
    if generator is None:
        return default()
    if address(generator) not in _ours:
        raise RuntimeError(
            f"Expected a '{NAME}' device type for generator but found '{generator.device.type}'"
        )
    return generator


@contextlib.contextmanager
def standing_in() -> Iterator[None]:
    """Make the host's default generator draw the device's stream: some kernels know no other."""
    host, ours = torch.default_generator, default()
    kept = host.get_state()
    host.set_state(ours.get_state())
    try:
        yield
    finally:
        ours.set_state(host.get_state())
        host.set_state(kept)


def _refusing(draw: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that draws, but refuses a generator of the device on the host.

    Below Python that generator is one of the host, so the host would accept it.
    """

    @functools.wraps(draw)
    def checked(*given: Any, **named: Any) -> Any:
        result = draw(*given, **named)
        if isinstance(named.get("generator"), DeviceGenerator) and result.is_cpu:
            raise RuntimeError(f"Expected a 'cpu' device type for generator but found '{NAME}'")
        return result

    return checked


def install() -> None:
    """Make `torch.Generator` support the device, and the host refuse the device's generators."""
    private.replace(torch, "Generator", _AnyGenerator("Generator", (HostGenerator,), {}))
    private.know_factories()
    for owner, names in ((torch, _FUNCTIONS), (torch.Tensor, _METHODS)):
        for name in names.split():
            private.replace(owner, name, _refusing(getattr(owner, name)))
