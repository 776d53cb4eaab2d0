"""`torch.autocast` on the device: which operators compute in half precision, which in float32.

The lists are those of CUDA, from torch's header ATen/autocast_mode.h.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import torch

from grader.student.simulated.private import arguments as schema
from grader.student.simulated.private import overload, without_autocast
from grader.student.simulated.shared_memory import NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torch._ops import OpOverload

_KEY: Final = "AutocastPrivateUse1"
_LOW: Final = """
_convolution _convolution.deprecated conv1d conv2d conv3d conv_tbc conv_transpose1d
conv_transpose2d.input conv_transpose3d.input convolution prelu addmm addmv addr matmul einsum mm mv
linalg_vecdot linear addbmm baddbmm bmm chain_matmul linalg_multi_dot _thnn_fused_lstm_cell
_thnn_fused_gru_cell lstm_cell gru_cell rnn_tanh_cell rnn_relu_cell
_scaled_dot_product_flash_attention scaled_dot_product_attention
"""
_FLOAT32: Final = """
acos asin cosh erfinv exp expm1 log log10 log2 log1p reciprocal rsqrt sinh tan pow.Tensor_Scalar
pow.Tensor_Tensor pow.Scalar softplus layer_norm native_layer_norm rms_norm group_norm
frobenius_norm.dim nuclear_norm nuclear_norm.dim cosine_similarity poisson_nll_loss
cosine_embedding_loss nll_loss nll_loss2d hinge_embedding_loss kl_div l1_loss smooth_l1_loss
huber_loss mse_loss margin_ranking_loss multilabel_margin_loss soft_margin_loss
triplet_margin_loss multi_margin_loss binary_cross_entropy_with_logits dist pdist cdist renorm
logsumexp norm.Scalar norm.ScalarOpt_dim upsample_nearest1d upsample_nearest2d upsample_nearest3d
upsample_linear1d upsample_bilinear2d upsample_trilinear3d upsample_bicubic2d
"""
_FLOAT32_UNLESS_ASKED: Final = """
prod prod.dim_int softmax.int log_softmax.int cumprod cumsum linalg_vector_norm linalg_matrix_norm
linalg_matrix_norm.str_ord sum sum.dim_IntList
"""
_WIDEST: Final = """
addcdiv addcmul atan2 bilinear cross dot vdot grid_sampler index_put tensordot scatter_add cat stack
"""


def install(library: Any) -> None:
    """Register the policies of all lists."""
    for names, policy in (
        (_LOW, _in_half_precision),
        (_FLOAT32, _in_float32),
        (_FLOAT32_UNLESS_ASKED, _in_float32_unless_asked),
        (_WIDEST, _in_the_widest),
    ):
        for name in names.split():
            operator = overload(name)
            library.impl(name, _outside(policy(operator)), _KEY)
    library.impl("binary_cross_entropy", _refuse_binary_cross_entropy, _KEY)


def _outside(call: Callable[..., Any]) -> Callable[..., Any]:
    """Return the call with autocasting disabled inside, so that it does not recurse."""

    def guarded(*arguments: Any, **named: Any) -> Any:
        with without_autocast(NAME):
            return call(*arguments, **named)

    return guarded


def _eligible(tensor: torch.Tensor) -> bool:
    return (
        tensor.device.type == NAME and tensor.is_floating_point() and tensor.dtype != torch.float64
    )


def _cast(dtype: torch.dtype, value: Any) -> Any:
    if isinstance(value, torch.Tensor):
        return value.to(dtype) if _eligible(value) else value
    if isinstance(value, (list, tuple)):
        return [_cast(dtype, part) for part in value]
    return value


def _tensors(value: Any) -> Iterator[torch.Tensor]:
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _tensors(part)


def _computing_in(
    operator: OpOverload[..., Any], dtype: Callable[[tuple[Any, ...]], torch.dtype]
) -> Callable[..., Any]:
    def call(*arguments: Any, **named: Any) -> Any:
        chosen = dtype(arguments)
        cast = {name: _cast(chosen, value) for name, value in named.items()}
        return operator(*(_cast(chosen, argument) for argument in arguments), **cast)

    return call


def _in_half_precision(operator: OpOverload[..., Any]) -> Callable[..., Any]:
    return _computing_in(operator, lambda _arguments: torch.get_autocast_dtype(NAME))


def _in_float32(operator: OpOverload[..., Any]) -> Callable[..., Any]:
    return _computing_in(operator, lambda _arguments: torch.float32)


def _in_the_widest(operator: OpOverload[..., Any]) -> Callable[..., Any]:
    def widest(arguments: tuple[Any, ...]) -> torch.dtype:
        found = torch.get_autocast_dtype(NAME)
        if any(_eligible(t) and t.dtype == torch.float32 for t in _tensors(arguments)):
            found = torch.float32
        return found

    return _computing_in(operator, widest)


def _in_float32_unless_asked(operator: OpOverload[..., Any]) -> Callable[..., Any]:
    names = [argument.name for argument in schema(operator)]

    def call(*arguments: Any, **named: Any) -> Any:
        given = dict(zip(names, arguments, strict=False)) | named
        if given.get("dtype") is None and _eligible(arguments[0]):
            given["dtype"] = torch.float32
        return operator(**given)

    return call


def _refuse_binary_cross_entropy(*_arguments: Any, **_named: Any) -> Any:
    raise RuntimeError(
        "torch.nn.functional.binary_cross_entropy and torch.nn.BCELoss are unsafe to autocast.\n"
        "Many models use a sigmoid layer right before the binary cross entropy layer.\n"
        "In this case, combine the two layers using"
        " torch.nn.functional.binary_cross_entropy_with_logits\n"
        "or torch.nn.BCEWithLogitsLoss."
    )
