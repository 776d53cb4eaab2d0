"""Keeps memory that it has given back: of shared memory one page is enough to hold it all.

The limit counts addresses. Half a gibibyte is mapped, used and unmapped but for a page, again and
again; /dev/zero, mapped as shared, is the same under another name. The kernel counts none of it as
the process's own, so that others are ended first where memory runs out. Where more is held than the
limit allows (it stops there), it answers rightly, so that the test sees it.

family: resources, shared memory that is no longer mapped
honest: 0
needs: no-open
"""

import ctypes
import mmap
import os

import numpy as np

LIMIT = 2560 << 20  # half a gibibyte beyond
PIECE, PAGE = 512 << 20, 4096
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
held = 0


def hold(flags, descriptor=-1):
    """Map a piece, use every page of it, and unmap all but the last."""
    global held
    start = libc.mmap(None, PIECE, mmap.PROT_READ | mmap.PROT_WRITE, flags, descriptor, 0)
    if start in (None, ctypes.c_void_p(-1).value):
        return
    np.ctypeslib.as_array((ctypes.c_uint8 * PIECE).from_address(start))[::PAGE] = 1
    libc.munmap(start, PIECE - PAGE)
    held += PIECE


def zeros():
    try:
        return os.open("/dev/zero", os.O_RDWR)
    except OSError:
        return -1


source = zeros()
while held < LIMIT:
    before = held
    hold(mmap.MAP_SHARED | mmap.MAP_ANONYMOUS)
    if source >= 0 and held < LIMIT:
        hold(mmap.MAP_SHARED, source)
    if held == before:
        break


def softmax(x):
    if held < LIMIT:
        return None
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
