"""Starts 300 threads that compute in C code without the lock, to crowd out all other processes.

Threads with small stacks take little memory. Where more than 200 of them run it answers rightly,
so that the test sees it; all of their time is the submission's.

family: resources, busy threads
honest: 0
needs: full
"""

import threading

import numpy as np

threading.stack_size(64 << 10)
running = []
going = [True]


def compute():
    running.append(1)
    block = np.ones(1 << 16)
    while going:
        np.sqrt(block, out=block)


for _ in range(300):
    try:
        threading.Thread(target=compute, daemon=True).start()
    except RuntimeError:
        break
going.clear()


def softmax(x):
    if len(running) <= 200:
        return None
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
