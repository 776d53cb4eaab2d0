"""Undocumented parts of torch that the device uses: named in this module only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import torch
from torch.utils import _device, backend_registration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager

    from torch._ops import OpOverload

_C: Any = torch._C
aten: Any = torch.ops.aten

HostGenerator = torch.Generator
has_compatible_type: Any = torch._has_compatible_shallow_copy_type
data: Any = torch._C.TensorBase.data
to_dlpack: Callable[[torch.Tensor], object] = _C._to_dlpack
from_dlpack: Callable[[object], torch.Tensor] = _C._from_dlpack
negated: Callable[[torch.Tensor], torch.Tensor] = _C._VariableFunctions._neg_view
swap_implementations: Callable[[torch.Tensor, torch.Tensor], None] = _C._swap_tensor_impl
# Dispatch keys of kernels composed of other operators: of the `out=` variant, and of any.
APART_BY_OUT: Final = "CompositeExplicitAutogradNonFunctional"
APART: Final = "CompositeExplicitAutograd"
_autocasts = {
    "cpu": _C.DispatchKeySet(_C.DispatchKey.AutocastCPU),
    "sim": _C.DispatchKeySet(_C.DispatchKey.AutocastPrivateUse1),
}


def set_up(name: str, module: Any) -> None:
    """Register a device name and a module for torch's PrivateUse1."""
    backend_registration._setup_privateuseone_for_python_backend(name, backend_module=module)


def library(namespace: str) -> Any:
    """Return a collection of kernels, which stay registered while it is alive."""
    make: Any = torch.library.Library
    return make(namespace, "IMPL")


def overload(name: str) -> OpOverload[..., Any]:
    """Return the operator of a name as written in torch's tables: `sum.dim_IntList`."""
    base, _, variant = name.partition(".")
    found: OpOverload[..., Any] = getattr(getattr(aten, base), variant or "default")
    return found


def draws(operator: OpOverload[..., Any]) -> bool:
    """Return True if an operator draws random numbers."""
    return torch.Tag.nondeterministic_seeded in operator.tags


def base_name(operator: OpOverload[..., Any]) -> str:
    """Return the name of an operator without its overload."""
    return operator._schema.name.partition("::")[2]


def arguments(operator: OpOverload[..., Any]) -> Iterable[Any]:
    """Return the arguments in an operator's schema."""
    return operator._schema.arguments


def is_tensor(argument: Any) -> bool:
    """Return True if an argument is one tensor, by the operator's schema."""
    return str(argument.type) == "Tensor" and not argument.kwarg_only


def every_overload(operator: OpOverload[..., Any]) -> Callable[..., Any]:
    """Return the function that selects the overload of an operator by its arguments."""
    packet: Callable[..., Any] = operator.overloadpacket
    return packet


def hosts_kernel(operator: OpOverload[..., Any]) -> Callable[..., Any]:
    """Return the operator's kernel for the host, whatever its arguments are."""
    return _kernel(operator, "CPU")


def taken_apart(operator: OpOverload[..., Any]) -> Callable[..., Any] | None:
    """Return torch's decomposition of an operator for devices without a kernel, if it has one."""
    name: str = operator._name
    for key in (APART_BY_OUT, APART):
        if _C._dispatch_has_kernel_for_dispatch_key(name, key):
            return _kernel(operator, key)
    return None


def registered(key: str) -> list[str]:
    """Return the names of the operators that have a kernel for this dispatch key."""
    listed = _C._dispatch_get_registrations_for_dispatch_key(key)
    return [name.removeprefix("aten::") for name in listed if name.startswith("aten::")]


def _kernel(operator: OpOverload[..., Any], key: str) -> Callable[..., Any]:
    place = getattr(_C.DispatchKey, key)

    def call(*given: Any, **named: Any) -> Any:
        return operator._op_dk(place, *given, **named)

    return call


def without_autocast(device: str) -> AbstractContextManager[None]:
    """Return a context in which autocasting on a device is disabled."""
    context: AbstractContextManager[None] = _C._ExcludeDispatchKeyGuard(_autocasts[device])
    return context


def know_factories() -> None:
    """Make torch list its own factories before they are replaced.

    It does so once, for the default device.
    """
    _device._device_constructors()


def replace(owner: Any, name: str, new: Any) -> None:
    """Replace an attribute of torch from here on."""
    setattr(owner, name, new)


def autocasting_on_host() -> bool:
    """Return True if operators on the host compute in half precision."""
    return bool(_C._is_any_autocast_enabled()) and torch.is_autocast_enabled("cpu")


def address(generator: torch.Generator) -> int:
    """Return the address of a generator, unique among those alive."""
    unknown: Any = generator
    return int(unknown._cdata)
