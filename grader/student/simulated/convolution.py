"""Convolution, which torch gives to devices that are not its own under other names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

from grader.student.simulated.kernels import compute
from grader.student.simulated.private import aten


def convolution(
    input: torch.Tensor,  # noqa: A002 - the operator's name for it
    weight: torch.Tensor,
    bias: torch.Tensor | None,
    *settings: Any,
) -> Any:
    """Convolve, as the operator of any other device does."""
    return compute(aten.convolution.default, input, weight, bias, *settings)


def convolution_backward(
    grad_output: torch.Tensor,
    input: torch.Tensor,  # noqa: A002
    weight: torch.Tensor,
    *settings: Any,
) -> Any:
    """Return the gradients of a convolution; the usual operator wants the size of the bias too."""
    _stride, _padding, _dilation, transposed, _output_padding, groups, _output_mask = settings
    channels = weight.shape[1] * groups if transposed else weight.shape[0]
    backward = aten.convolution_backward.default
    return compute(backward, grad_output, input, weight, [channels], *settings)
