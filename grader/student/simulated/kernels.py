"""How the device computes: the host's kernel for the same operator, over the same memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch

from grader.student.simulated import generators
from grader.student.simulated.memory import HOST, NAME, as_device, as_host
from grader.student.simulated.placement import demand_one_device
from grader.student.simulated.private import arguments, base_name
from grader.student.simulated.trees import mapped

if TYPE_CHECKING:
    from torch._ops import OpOverload


@dataclass(frozen=True)
class _Operator:
    """What of an operator's schema matters here, read once."""

    name: str
    outputs: frozenset[str]
    generator: bool
    random: bool


_operators: dict[OpOverload[..., Any], _Operator] = {}


def _described(operator: OpOverload[..., Any]) -> _Operator:
    known = list(arguments(operator))
    found = _operators[operator] = _Operator(
        base_name(operator),
        frozenset(argument.name for argument in known if argument.is_out),
        any(argument.name == "generator" for argument in known),
        torch.Tag.nondeterministic_seeded in operator.tags,
    )
    return found


def compute(operator: OpOverload[..., Any], *given: Any, **named: Any) -> Any:
    """Compute an operator whose arguments are on the device, or that is to make a tensor there."""
    known = _operators.get(operator) or _described(operator)
    demand_one_device(known.name, given, named, known.outputs)
    if known.generator:
        named["generator"] = generators.of_device(named.get("generator"))
    call = _Call()
    outputs = {name: call.lend(named.pop(name)) for name in known.outputs if name in named}
    positional = [call.lowered(argument) for argument in given]
    lowered = {name: call.lowered(value) for name, value in named.items()} | outputs
    if known.random and not known.generator:
        with generators.standing_in():
            result = operator(*positional, **lowered)
    else:
        result = operator(*positional, **lowered)
    call.give_back()
    return mapped(call.raised, result)


class _Call:
    """Which tensor on the host stands for which one on the device during a call."""

    def __init__(self) -> None:
        self._originals: dict[int, torch.Tensor] = {}
        self._kept: list[torch.Tensor] = []  # an id means its object only while that lives
        self._lent: list[tuple[torch.Tensor, torch.Tensor]] = []

    def _stands_for(self, host: torch.Tensor, original: torch.Tensor) -> torch.Tensor:
        self._originals[id(host)] = original
        self._kept.append(host)
        return host

    def lowered(self, argument: Any) -> Any:
        """Return an argument as the host's kernel takes it."""
        if isinstance(argument, torch.device):
            return HOST
        return mapped(self._lowered, argument)

    def _lowered(self, tensor: torch.Tensor) -> torch.Tensor:
        if tensor.device.type != NAME:
            return tensor
        return self._stands_for(as_host(tensor), tensor)

    def lend(self, output: Any) -> Any:
        """Return fresh memory in place of an `out=`: a kernel may give that another size."""
        return mapped(self._lend, output)

    def _lend(self, output: torch.Tensor) -> torch.Tensor:
        fresh = torch.empty(output.shape, dtype=output.dtype, device=HOST)
        self._lent.append((fresh, output))
        return self._stands_for(fresh, output)

    def give_back(self) -> None:
        """Put what was computed into the tensors given as `out=`."""
        for fresh, output in self._lent:
            if fresh.shape != output.shape:
                output.resize_(fresh.shape)
            as_host(output).copy_(fresh)

    def raised(self, result: torch.Tensor) -> torch.Tensor:
        """Return a result as a tensor on the device: what went in, where it is the same one."""
        original = self._originals.get(id(result))
        return as_device(result) if original is None else original
