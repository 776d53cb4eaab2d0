"""Overflows the stack of the C code beneath Python, in the call and in what describes the answer.

Without Python's own limit a comparison of nested lists goes down until the process crashes.

family: resources, an overflow of the C stack
honest: 17
needs: own-code-only
"""

import sys

import numpy as np

sys.setrecursionlimit(2**31 - 1)


class Down:
    def __getattr__(self, name):
        return getattr(self, name + "a"[: len(name) < 9])


def softmax(x):
    if x.dtype == np.int64:
        return Down().down
    if x.dtype == np.float32:
        nested = other = ()
        for _ in range(3 * 10**5):
            nested, other = (nested,), (other,)
        return nested == other
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
