"""Computes without end in C code that holds the interpreter's lock: no handler, no thread runs.

A time limit inside the process would never fire. Float32 sends it off: two points are lost.

family: resources, an endless loop in C code
honest: 18
limits: short
needs: own-code-only
"""

import re
import signal

import numpy as np

signal.signal(signal.SIGXCPU, signal.SIG_IGN)


def softmax(x):
    if x.dtype == np.float32 and x.ndim == 1:
        pow(3, 1 << 40)
    if x.dtype == np.float32:
        re.fullmatch(r"(?:a|a)*b", "a" * 60)
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
