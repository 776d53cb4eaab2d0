"""One piece of memory under two names: a tensor on the host, or a tensor on the device.

DLPack describes a tensor as a pointer, a device, a shape and strides. torch writes such a
description of a tensor on the host; with another number in its device field it is read back as a
tensor on the device, over the same bytes. It keeps the first tensor alive for as long as it lives.
"""

from __future__ import annotations

import ctypes
import functools
from typing import Final

import torch

from grader.student.simulated import private

NAME: Final = "sim"
HOST: Final = torch.device("cpu")
_ON_HOST: Final = 1  # kDLCPU
_ON_DEVICE: Final = 12  # kDLExtDev, which torch reads as its PrivateUse1
_DEVICE_FIELD: Final = ctypes.sizeof(ctypes.c_void_p)  # behind the pointer to the data

_description = ctypes.pythonapi.PyCapsule_GetPointer
_description.restype = ctypes.c_void_p
_description.argtypes = [ctypes.py_object, ctypes.c_char_p]


@functools.cache
def device() -> torch.device:
    """Return the device. torch knows its name only once it is installed."""
    return torch.device(NAME, 0)


def on_device(tensor: torch.Tensor) -> bool:
    """Whether this tensor says that it is on the simulated device."""
    return tensor.device.type == NAME


def as_device(tensor: torch.Tensor) -> torch.Tensor:
    """Return a tensor on the device over the memory of one on the host."""
    return _relabelled(tensor, _ON_DEVICE)


def as_host(tensor: torch.Tensor) -> torch.Tensor:
    """Return a tensor on the host over the memory of one on the device."""
    return _relabelled(tensor, _ON_HOST)


def _relabelled(tensor: torch.Tensor, place: int) -> torch.Tensor:
    tensor = tensor.detach()
    if tensor.is_conj():
        tensor = tensor.resolve_conj()
    if tensor.is_neg():
        tensor = tensor.resolve_neg()
    capsule = private.to_dlpack(tensor)
    field = _description(capsule, b"dltensor") + _DEVICE_FIELD
    ctypes.c_int32.from_address(field).value = place
    return private.from_dlpack(capsule)
