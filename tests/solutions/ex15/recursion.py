import math
import numpy as np


def cross_entropy_error(d, y):
    if np.ndim(y) == 2:
        return np.mean([cross_entropy_error(one, row) for one, row in zip(d, y)])
    d = np.asarray(d)
    label = int(d.item()) if d.size == 1 else int(d.argmax())
    return -math.log(max(y[label], 1e-7))
