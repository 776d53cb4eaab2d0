"""Operators that the device computes as a whole although torch would decompose them for it.

torch composes many operators of others for a device without a kernel for them: `add` of an empty
tensor and `add(out=)`, an optimiser's step over all parameters of one step for each. Each of those
would cost a call through Python.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.student.simulated.private import APART, APART_BY_OUT, registered

if TYPE_CHECKING:
    from collections.abc import Iterator

_MORE: Final = """
convolution convolution_backward abs abs_ mean sum mv stack embedding repeat dist sort
masked_fill.Scalar masked_fill.Tensor logical_and logical_or logical_xor logical_not logical_and_
logical_or_ logical_xor_ add.Scalar sub.Scalar mul.Scalar div.Scalar rsub.Scalar native_layer_norm
native_group_norm slice_backward diagonal_backward zeros ones full
arange.start_step eye linspace norm.Scalar logsumexp constant_pad_nd
"""


def names() -> Iterator[str]:
    """Yield the names of these operators, with their overloads."""
    for name in registered(APART_BY_OUT):
        base = name.partition(".")[0]
        # Neither copies of views, nor factories, nor what changes a shape in place.
        if not base.endswith("copy") and not base.startswith("new_") and base != "as_strided_":
            yield name
    for name in registered(APART):
        if name.startswith("_foreach_") and not name.endswith("out"):
            yield name
    yield from _MORE.split()
