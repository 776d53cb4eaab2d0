"""One piece of memory as two tensors: one on the host, one on the device.

DLPack describes a tensor as a pointer, a device, a shape and strides. torch writes such a
description of a tensor on the host; with another number in its device field it is read back as a
tensor on the device, over the same bytes. It keeps the first tensor alive for as long as it lives.
"""

from __future__ import annotations

import ctypes
import functools
from typing import Final

import torch

from grader.student.simulated.private import from_dlpack, to_dlpack

NAME: Final = "sim"
HOST: Final = torch.device("cpu")
_ON_HOST: Final = 1  # kDLCPU
_ON_DEVICE: Final = 12  # kDLExtDev, which torch reads as its PrivateUse1
_DEVICE_FIELD: Final = ctypes.sizeof(ctypes.c_void_p)  # follows the pointer to the data

_description = ctypes.pythonapi.PyCapsule_GetPointer
_description.restype = ctypes.c_void_p
_int32 = ctypes.c_int32.from_address
_description.argtypes = [ctypes.py_object, ctypes.c_char_p]


@functools.cache
def device() -> torch.device:
    """Return the device. Valid only after `install`: torch does not know the name before."""
    return torch.device(NAME, 0)


def on_device(tensor: torch.Tensor) -> bool:
    """Return True if this tensor is on the simulated device."""
    return tensor.device.type == NAME


def as_device(tensor: torch.Tensor) -> torch.Tensor:
    """Return a tensor on the device over the memory of one on the host."""
    capsule = to_dlpack(tensor)
    _int32(_description(capsule, b"dltensor") + _DEVICE_FIELD).value = _ON_DEVICE
    return from_dlpack(capsule)


def as_host(tensor: torch.Tensor) -> torch.Tensor:
    """Return a tensor on the host over the memory of one on the device."""
    capsule = to_dlpack(tensor)
    _int32(_description(capsule, b"dltensor") + _DEVICE_FIELD).value = _ON_HOST
    return from_dlpack(capsule)
