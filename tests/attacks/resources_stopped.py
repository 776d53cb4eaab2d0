"""Stops itself, as Ctrl-Z would, and its parent would be told: it neither ends nor computes.

It does so in the very last check only: one point is lost.

family: resources, a process that stops itself
honest: 19
limits: short
needs: own-code-only
"""

import os
import signal

import numpy as np


def softmax(x):
    if x.shape == (5, 3):
        os.kill(os.getpid(), signal.SIGSTOP)
        return None  # the first process of a PID namespace cannot be stopped from inside
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
