"""Which operators refuse which mixtures of devices, as their CUDA kernels do.

The table of operators that torch is generated from (native_functions.yaml) says for each whether
all its tensors must be on one device, which is the rule, or whether the kernel decides (it has
`device_check: NoCheck`). Nearly all of the latter are elementwise and go through TensorIterator,
which takes a single number (a tensor without dimensions) from the host; some look at their tensors
themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from grader.student.simulated.memory import NAME
from grader.student.simulated.trees import tensors_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import torch

# Elementwise operators of several tensors: `device_check: NoCheck  # TensorIterator`.
_NAMES: Final = """
    __and__ __iand__ __ilshift__ __ior__ __irshift__ __ixor__ __lshift__ __or__ __rshift__ __xor__
    add add_ addcdiv addcdiv_ addcmul addcmul_ arctan2 atan2 atan2_ bernoulli_ bitwise_and
    bitwise_and_ bitwise_left_shift bitwise_left_shift_ bitwise_or bitwise_or_ bitwise_right_shift
    bitwise_right_shift_ bitwise_xor bitwise_xor_ clamp clamp_ clamp_max clamp_max_ clamp_min
    clamp_min_ copysign copysign_ div div_ eq eq_ fill fill_ floor_divide floor_divide_ fmax fmin
    fmod fmod_ ge ge_ gt gt_ heaviside heaviside_ hypot hypot_ index_fill index_fill_ le le_ lerp
    lerp_ logical_and logical_and_ logical_or logical_or_ logical_xor logical_xor_ lt lt_
    masked_fill masked_fill_ max maximum min minimum mse_loss mul mul_ ne ne_ pow pow_ remainder
    remainder_ rsub smooth_l1_loss sub sub_ true_divide true_divide_ where xlogy xlogy_
"""
_ELEMENTWISE: Final = frozenset(_NAMES.split())
# Indices may be on the host beside a tensor on the device: CUDA copies them over.
_INDEXING: Final = frozenset(
    {"index", "index_put", "index_put_", "_index_put_impl_", "_unsafe_index", "_unsafe_index_put"}
)


def demand_one_device(
    operator: str, arguments: Sequence[Any], named: Mapping[str, Any], outputs: frozenset[str]
) -> None:
    """Raise what CUDA raises where the tensors of a call are on different devices."""
    if operator in _INDEXING:
        _demand_for_indexing(arguments)
        return
    lenient = operator in _ELEMENTWISE
    # What an operator writes into is never a number that may come from the host.
    written = operator.endswith("_")
    device = host = None
    for position, tensor in enumerate(tensors_in([*arguments, *named.values()])):
        if tensor.device.type == NAME:
            device = tensor.device
        elif not (lenient and tensor.dim() == 0 and not (written and position == 0)):
            host = tensor.device
    for name in outputs:
        if any(tensor.device.type != NAME for tensor in tensors_in(named.get(name))):
            host = named[name].device
    if device is not None and host is not None:
        raise mixed(device, host, operator)


def _demand_for_indexing(arguments: Sequence[Any]) -> None:
    base, indices, *values = arguments
    if base.device.type != NAME:
        if any(index.device.type == NAME for index in tensors_in(indices)):
            raise RuntimeError(
                "indices should be either on cpu or on the same device as the indexed tensor"
                f" ({base.device})"
            )
        raise mixed(base.device, next(tensors_in(values)).device, "index_put_")
    for value in tensors_in(values):
        if value.device.type != NAME and value.dim() > 0:
            raise mixed(base.device, value.device, "index_put_")


def mixed(first: torch.device, second: torch.device, operator: str) -> RuntimeError:
    """Return the error that tensors on two devices give."""
    return RuntimeError(
        "Expected all tensors to be on the same device, but found at least two devices,"
        f" {first} and {second}! (when checking the arguments of {operator})"
    )
