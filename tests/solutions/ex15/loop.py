import math
import numpy as np


def cross_entropy_error(d, y):
    if np.ndim(y) == 1:
        y = [y]
        d = [d]
    total = 0.0
    for label, probs in zip(d, y):
        label = np.ravel(label)
        c = int(label[0]) if label.size == 1 else list(label).index(1)
        total -= math.log(max(float(probs[c]), 1e-12))
    return total / len(y)
