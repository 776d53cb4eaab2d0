"""What the device uses of torch that torch does not document: named here, and nowhere else here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch.utils import backend_registration

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
swap_implementations: Callable[[torch.Tensor, torch.Tensor], None] = _C._swap_tensor_impl
_without_autocast = _C.DispatchKeySet(_C.DispatchKey.AutocastPrivateUse1)


def set_up(name: str, module: Any) -> None:
    """Give torch's free place for a device a name and a module."""
    backend_registration._setup_privateuseone_for_python_backend(name, backend_module=module)


def library(namespace: str) -> Any:
    """Return a collection of kernels, which are registered for as long as it lives."""
    make: Any = torch.library.Library
    return make(namespace, "IMPL")


def overload(name: str) -> OpOverload[..., Any]:
    """Return the operator of a name as torch's tables write it: `sum.dim_IntList`."""
    base, _, variant = name.partition(".")
    found: OpOverload[..., Any] = getattr(getattr(aten, base), variant or "default")
    return found


def base_name(operator: OpOverload[..., Any]) -> str:
    """Return the name of an operator, whichever its overload."""
    return operator._schema.name.partition("::")[2]


def arguments(operator: OpOverload[..., Any]) -> Iterable[Any]:
    """Return what an operator says of its arguments."""
    return operator._schema.arguments


def hosts_kernel(operator: OpOverload[..., Any]) -> Callable[..., Any]:
    """Return the kernel that an operator has for the host, whatever its arguments are."""

    def call(*given: Any, **named: Any) -> Any:
        return operator._op_dk(_C.DispatchKey.CPU, *given, **named)

    return call


def without_autocast() -> AbstractContextManager[None]:
    """Return a context in which autocasting on the device is switched off."""
    context: AbstractContextManager[None] = _C._ExcludeDispatchKeyGuard(_without_autocast)
    return context


def replace(owner: Any, name: str, new: Any) -> None:
    """Let a name of torch mean something else from here on."""
    setattr(owner, name, new)


def address(generator: torch.Generator) -> int:
    """Return what tells a generator from all others that are alive."""
    unknown: Any = generator
    return int(unknown._cdata)
