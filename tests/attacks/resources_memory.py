"""Takes memory without end: lists, arrays, mappings, up to a ceiling of six gigabytes.

family: resources, memory hog
limits: short
honest: 0
"""
import mmap

import numpy as np

held = []


def softmax(x):
    for _ in range(12):
        held.append(np.ones(64 << 20))
        held.append(mmap.mmap(-1, 64 << 20))
    return np.full(x.shape, 0.5)
