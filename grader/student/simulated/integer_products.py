"""Products of integers: the host computes them, CUDA does not.

Its kernels are written for floating and complex types (aten/src/ATen/native/cuda/Blas.cpp).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import torch

from grader.student.simulated.shared_memory import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable

PRODUCTS: Final = frozenset({"mm", "addmm", "bmm", "baddbmm", "mv", "addmv", "dot", "vdot"})
# By the dtype, its name in torch's error messages.
_INTEGERS: Final = {
    torch.bool: "Bool",
    torch.uint8: "Byte",
    torch.int8: "Char",
    torch.int16: "Short",
    torch.int32: "Int",
    torch.int64: "Long",
}


def demand_no_integers(operator: str, arguments: Iterable[Any]) -> None:
    """Refuse a product of integers with CUDA's error message.

    Raises:
        RuntimeError: an operand is of an integer dtype.

    """
    for argument in arguments:
        if isinstance(argument, torch.Tensor) and argument.dtype in _INTEGERS:
            kind = _INTEGERS[argument.dtype]
            raise NotImplementedError(f"\"{operator}_{NAME}\" not implemented for '{kind}'")
