"""Prints without end, past Python's stream, when it gets float32; a reader that drains never ends.

Only the checks that give float32 (two of one point each) are lost.

family: resources, endless output
limits: short
honest: 18
"""
import os
import signal

import numpy as np

signal.signal(signal.SIGXCPU, signal.SIG_IGN)


def softmax(x):
    while x.dtype == np.float32:
        os.write(1, b"x" * 65536)
        sum(range(50_000))  # computing, too: what decides is CPU time, not waiting to be read
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
