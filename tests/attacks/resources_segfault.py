"""Reads from address 0 in its last checks, so that what happened before might count for them all.

Each crash costs its check (float32, integers and dtypes: one point each), and no other.

family: resources, a segmentation fault
honest: 17
needs: own-code-only
"""

import ctypes
import faulthandler

import numpy as np

faulthandler.disable()


def softmax(x):
    if x.dtype != np.float64:
        ctypes.string_at(0)
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
