"""Sleeps through every limit of CPU time, with signals that would wake it turned off.

Only in the very last check does it wait for the rest of time: one point is lost.

family: resources, sleeping
honest: 19
limits: short
needs: own-code-only
"""

import signal
import time

import numpy as np

for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass


def softmax(x):
    while x.shape == (5, 3):
        time.sleep(1)
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
