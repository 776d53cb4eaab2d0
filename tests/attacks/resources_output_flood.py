"""Prints 40 megabytes in each process, by Python's stream and past it, then answers rightly.

A flood is cut off and is no fault: the answers are right.

family: resources, output flood
honest: 20
"""
import os
import sys

import numpy as np

LINE = "x" * 1023 + "\n"
for _ in range(20 << 10):
    sys.stdout.write(LINE)
for _ in range(5 << 10):
    os.write(1, LINE.encode() * 4)


def softmax(x):
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
