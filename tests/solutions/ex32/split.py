import math

import numpy as np


def mini_batches(x, d, size, rng):
    order = rng.choice(len(x), len(x), replace=False)
    borders = [k * size for k in range(1, math.ceil(len(x) / size))]
    return list(zip(np.split(x[order], borders), np.split(d[order], borders)))
