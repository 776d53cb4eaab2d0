"""A simulated accelerator: tensors on a device of their own, `sim:0`, without hardware.

torch reserves one dispatch key for other devices, PrivateUse1. Here it is filled by:

* shared_memory.py  a tensor on `sim:0` is an ordinary `torch.Tensor` whose memory is the host's. A
                tensor of the host is re-labelled through DLPack, and back, without copying.
* kernels.py    an operator on such tensors is first asked whether its tensors are where it wants
                them (placement.py), then computed by the host's kernel, over the same memory.
* metadata.py   views are torch's own, so that they share memory and count versions as anywhere.

Everything above the kernels is torch itself: autograd, hooks, optimisers, modules, `torch.func`.
What a program may not do with a GPU, it may not do here: mix tensors of host and device, index on
the host with indices from the device, hand a tensor to NumPy. The exceptions that CUDA makes are
made here too: single numbers beside elementwise operators, indices on the host.

What torch does for its own devices only is added by the rest: recurrent.py, whole.py, autocast.py,
generators.py, transfers.py and storages.py; conversions.py makes `nn.Module.to` keep the
parameters' identity; backend.py is `torch.sim`, the counterpart of `torch.cuda`. What torch does
not document is named in private.py alone.

Limits: there is one device and nothing is asynchronous; numbers are those of the host's kernels;
its speed means nothing. See docs/devices.md.

The device is installed once in a process, before any backward pass: autograd starts a thread for
each device that it knows then, and fails on one that comes later. These threads do not survive a
fork, so a process that is forked runs no backward pass itself.
"""

from __future__ import annotations

from typing import Any, Final

import torch

from grader.student.simulated import (
    autocast,
    backend,
    conversions,
    generators,
    metadata,
    private,
    recurrent,
    storages,
    transfers,
    whole,
)
from grader.student.simulated.kernels import Kernel, compute, on_the_host
from grader.student.simulated.shared_memory import NAME, device

__all__ = ["NAME", "device", "install"]

_KEY: Final = "PrivateUse1"
_KERNELS: Final = {
    "resize_": metadata.resize,
    "set_.source_Tensor": metadata.set_to_tensor,
    "_copy_from": transfers.copy_from,
    "_copy_from_and_resize": transfers.copy_from_and_resize,
    "_thnn_fused_lstm_cell": on_the_host(recurrent.lstm),
    "_thnn_fused_lstm_cell_backward_impl": on_the_host(recurrent.lstm_backward),
    "_thnn_fused_gru_cell": on_the_host(recurrent.gru),
    "_thnn_fused_gru_cell_backward": on_the_host(recurrent.gru_backward),
}
# `torch.tensor` dispatches these without the active mode, and no fallback is found there.
_BEHIND_MODES: Final = ("_local_scalar_dense", "empty.memory_format", "empty_strided")
_libraries: list[Any] = []  # registrations last as long as these objects


def install() -> None:
    """Register the device in this process. A second call changes nothing."""
    if _libraries:
        return
    backend.install()
    every, aten = private.library("_"), private.library("aten")
    _libraries.extend((every, aten))
    every.fallback(compute, _KEY)
    every.fallback(torch.library.fallthrough_kernel, "AutocastPrivateUse1")
    for name, kernel in _KERNELS.items():
        aten.impl(name, kernel, _KEY)
    for name in _BEHIND_MODES:
        aten.impl(name, Kernel(private.overload(name)), _KEY)
    for name in whole.names():
        aten.impl(name, Kernel(private.overload(name), whole=True), _KEY)
    for name in metadata.UNCHANGED:
        aten.impl(name, private.hosts_kernel(private.overload(name)), _KEY)
    for key in ("Conjugate", "Negative"):  # torch's own kernel copies by copying
        aten.impl("_copy_from", torch.library.fallthrough_kernel, key)
    autocast.install(aten)
    generators.install()
    conversions.install()
    storages.install()
