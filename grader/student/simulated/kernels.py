"""How the device computes: the host's kernel for the same operator, over the same memory."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from grader.student.simulated import generators
from grader.student.simulated.integer_products import PRODUCTS, demand_no_integers
from grader.student.simulated.placement import OWN_RULES, demand_one_device
from grader.student.simulated.private import (
    arguments,
    autocasting_on_host,
    base_name,
    draws,
    every_overload,
    is_tensor,
    taken_apart,
    without_autocast,
)
from grader.student.simulated.shared_memory import HOST, as_device, as_host

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch._ops import OpOverload


class Kernel:
    """One operator on the device.

    ``whole``: torch would decompose it for a device without a kernel for it (see whole.py). That is
    slower, but torch then checks itself which devices may be mixed, so it is decomposed if tensors
    of the host are among the arguments.
    """

    def __init__(self, operator: OpOverload[..., Any], *, whole: bool = False) -> None:
        self._operator = operator
        self._whole = whole
        self._read = False

    def _read_schema(self) -> None:
        schema = list(arguments(self._operator))
        self._name = base_name(self._operator)
        self._apart = None
        if self._whole and self._name not in OWN_RULES:
            self._apart = taken_apart(self._operator)
        self._multiplies = self._name in PRODUCTS
        self._names = [argument.name for argument in schema]
        self._of_tensors = [
            position for position, argument in enumerate(schema) if is_tensor(argument)
        ]
        self._outputs = frozenset(argument.name for argument in schema if argument.is_out)
        self._takes_generator = "generator" in self._names
        self._draws_unasked = draws(self._operator) and not self._takes_generator
        self._read = True

    def __call__(self, *given: Any, **named: Any) -> Any:
        """Compute the operator, or refuse its arguments."""
        if not self._read:
            self._read_schema()
        call = _Call()
        positional = [call.lowered(value) for value in given]
        if named:
            lowered = {name: self._lowered(name, value, call) for name, value in named.items()}
        else:
            lowered = named
        if self._takes_generator:
            lowered["generator"] = generators.of_device(named.get("generator"))
        if call.mixed:
            if self._apart is not None:
                return self._apart(*given, **named)
            demand_one_device(self._name, dict(zip(self._names, given, strict=False)) | named)
        if self._multiplies:
            demand_no_integers(self._name, given)
        operator = self._overload_for(given)
        if self._draws_unasked or autocasting_on_host():
            with ExitStack() as contexts:
                contexts.enter_context(without_autocast("cpu"))
                if self._draws_unasked:
                    contexts.enter_context(generators.standing_in())
                result = operator(*positional, **lowered)
        else:
            result = operator(*positional, **lowered)
        call.give_back()
        return call.raised(result)

    def _overload_for(self, given: tuple[Any, ...]) -> Callable[..., Any]:
        # A number that torch has made a tensor of becomes a number again when it is passed to
        # Python.
        for position in self._of_tensors:
            if position < len(given) and isinstance(given[position], (int, float, complex)):
                return every_overload(self._operator)
        return self._operator

    def _lowered(self, name: str, value: Any, call: _Call) -> Any:
        if name in self._outputs:
            return call.lent(value)
        return HOST if name == "device" else call.lowered(value)


class _Call:
    """The tensors on the host that replace those on the device during a call."""

    __slots__ = ("_kept", "_lent", "_originals", "mixed")

    def __init__(self) -> None:
        self.mixed = False
        self._originals: dict[int, Tensor] = {}
        self._kept: list[Tensor] = []  # ids stay unique only while the objects are alive
        self._lent: list[tuple[Tensor, Tensor]] = []

    def lowered(self, value: Any) -> Any:
        """Return an argument as the host's kernel takes it."""
        if isinstance(value, Tensor):
            if value.is_cpu:
                self.mixed = True
                self._originals[id(value)] = value
                return value
            host = as_host(value)
            self._originals[id(host)] = value
            self._kept.append(host)
            return host
        if isinstance(value, (list, tuple)):
            return [self.lowered(part) for part in value]
        return value

    def lent(self, output: Any) -> Any:
        """Return new memory in place of an `out=`, which a kernel may resize."""
        if not isinstance(output, Tensor):
            return [self.lent(part) for part in output]
        if output.is_cpu:
            self.mixed = True
            return output
        fresh = torch.empty(output.shape, dtype=output.dtype, device=HOST)
        self._lent.append((fresh, output))
        self._originals[id(fresh)] = output
        return fresh

    def give_back(self) -> None:
        """Copy the results into the tensors given as `out=`."""
        for fresh, output in self._lent:
            if fresh.shape != output.shape:
                output.resize_(fresh.shape)
            as_host(output).copy_(fresh)

    def raised(self, result: Any) -> Any:
        """Return a result on the device: the argument itself if the kernel returned it."""
        if isinstance(result, Tensor):
            original = self._originals.get(id(result))
            return as_device(result) if original is None else original
        if isinstance(result, (list, tuple)):
            return tuple(self.raised(part) for part in result)
        return result


_kernels: dict[OpOverload[..., Any], Kernel] = {}


def compute(operator: OpOverload[..., Any], *given: Any, **named: Any) -> Any:
    """Compute an operator for which no kernel is registered on the device."""
    kernel = _kernels.get(operator)
    if kernel is None:
        kernel = _kernels[operator] = Kernel(operator)
    return kernel(*given, **named)


def on_the_host(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of host tensors as a kernel, for operators that the host lacks."""

    def kernel(*given: Any) -> Any:
        call = _Call()
        positional = [call.lowered(value) for value in given]
        if call.mixed:
            demand_one_device(function.__name__, dict(enumerate(given)))
        return call.raised(function(*positional))

    return kernel
