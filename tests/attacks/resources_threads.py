"""Starts forty threads that never end and hold the process open; the answers are right.

family: resources, threads without end
honest: 20
"""
import threading
import time

import numpy as np


def wait():
    until = time.monotonic() + 30
    while time.monotonic() < until:
        time.sleep(0.5)


for _ in range(40):
    try:
        threading.Thread(target=wait).start()
    except RuntimeError:
        break


def softmax(x):
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
