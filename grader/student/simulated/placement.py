"""Mixtures of devices that operators refuse, as their CUDA kernels do.

torch's table of operators (native_functions.yaml) says for each whether all its tensors must be on
one device, which is the default, or whether the kernel decides (`device_check: NoCheck`). Of the
latter most are elementwise and go through TensorIterator, which accepts a single number (a tensor
without dimensions) from the host; some check themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from torch import Tensor

from grader.student.simulated.shared_memory import HOST, NAME, device

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Elementwise operators of several tensors: `device_check: NoCheck  # TensorIterator`.
_NAMES: Final = """
__and__ __iand__ __ilshift__ __ior__ __irshift__ __ixor__ __lshift__ __or__ __rshift__ __xor__ add
add_ addcdiv addcdiv_ addcmul addcmul_ arctan2 atan2 atan2_ bernoulli_ bitwise_and bitwise_and_
bitwise_left_shift bitwise_left_shift_ bitwise_or bitwise_or_ bitwise_right_shift
bitwise_right_shift_ bitwise_xor bitwise_xor_ copysign copysign_ div div_ eq eq_ fill_ floor_divide
floor_divide_ fmax fmin fmod fmod_ ge ge_ gt gt_ heaviside heaviside_ hypot hypot_ index_fill
index_fill_ le le_ lerp lerp_ logical_and logical_and_ logical_or logical_or_ logical_xor
logical_xor_ lt lt_ masked_fill masked_fill_ max maximum min minimum mse_loss mul mul_ ne ne_ pow
pow_ remainder remainder_ rsub smooth_l1_loss sub sub_ true_divide true_divide_ where xlogy xlogy_
"""
_ELEMENTWISE: Final = frozenset(_NAMES.split())
_ACROSS: Final = "fill_"  # takes a number from any device to any
_INTO: Final = frozenset({"index_put", "index_put_", "_index_put_impl_", "_unsafe_index_put"})
_CONVOLUTION: Final = "convolution"
# CUDA accepts and refuses more for these than torch does when it decomposes them.
OWN_RULES: Final = frozenset({_CONVOLUTION, "convolution_backward"})


def demand_one_device(operator: str, arguments: Mapping[Any, Any]) -> None:
    """Refuse a call whose tensors are on different devices, with CUDA's error message.

    ``arguments``: by name, in order.

    Raises:
        RuntimeError: CUDA would refuse this mixture.

    """
    if operator == "index":
        _demand_indices_here(arguments)
    elif operator in _INTO:
        _demand_for_writing(arguments["self"], arguments["values"])
    elif operator == _CONVOLUTION:
        _demand_one_type(arguments["input"], arguments["weight"])
        _demand_all(operator, arguments)
    elif operator == _ACROSS:
        pass
    elif operator in _ELEMENTWISE:
        _demand_together(operator, arguments)
    else:
        _demand_all(operator, arguments)


def _tensors(arguments: Mapping[Any, Any]) -> Iterator[tuple[Any, Tensor]]:
    for name, value in arguments.items():
        if isinstance(value, Tensor):
            yield name, value
        elif isinstance(value, (list, tuple)):
            yield from ((name, part) for part in value if isinstance(part, Tensor))


def _demand_all(operator: str, arguments: Mapping[Any, Any]) -> None:
    common = None
    for name, tensor in _tensors(arguments):
        common = common or tensor.device
        if tensor.device != common:
            raise RuntimeError(
                f"Expected all tensors to be on the same device, but got {name} is on"
                f" {tensor.device}, different from other tensors on {common}"
                f" (when checking argument in method wrapper_{NAME.upper()}_{operator})"
            )


def _demand_together(operator: str, arguments: Mapping[Any, Any]) -> None:
    written = {"self", "out"} if operator.endswith("_") else {"out"}
    for name, tensor in _tensors(arguments):
        if tensor.is_cpu and (tensor.dim() > 0 or name in written):
            raise _mixed()


def _demand_for_writing(target: Tensor, values: Tensor) -> None:
    # Indices are moved to the device of the tensor that is written to, and so is a single number.
    if target.device != values.device and values.dim() > 0:
        raise _mixed()


def _mixed() -> RuntimeError:
    return RuntimeError(
        "Expected all tensors to be on the same device, but found at least two devices,"
        f" {device()} and {HOST}!"
    )


def _demand_indices_here(arguments: Mapping[Any, Any]) -> None:
    place = arguments["self"].device
    if any(index.device not in {place, HOST} for _, index in _tensors(arguments)):
        raise RuntimeError(
            f"indices should be either on {HOST} or on the same device as the indexed tensor"
            f" ({place})"
        )


def _demand_one_type(image: Tensor, weight: Tensor) -> None:
    if image.device != weight.device:
        raise RuntimeError(
            f"Input type ({image.type()}) and weight type ({weight.type()}) should be the same"
        )
