"""Computes past its time where it hopes that nobody counts: in threads that have ended.

Where it gets four times what it may have for one call, its answers are right (from float32 on);
it is stopped before: the two checks of float32 are lost.

family: timing, time that is not counted
honest: 18
limits: short
needs: own-code-only
"""

import signal
import threading
import time

import numpy as np

for number in (signal.SIGXCPU, signal.SIGALRM, signal.SIGPROF, signal.SIGVTALRM):
    signal.signal(number, signal.SIG_IGN)


def work(until):
    block = np.ones(1 << 14)
    while time.monotonic() < until:
        np.sqrt(block, out=block)


def softmax(x):
    if x.dtype == np.float32:
        began = time.monotonic()
        for step in range(80):  # many short ones, so that each has ended when it is looked at
            thread = threading.Thread(target=work, args=(began + 0.01 * (step + 1),))
            thread.start()
            thread.join()
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
