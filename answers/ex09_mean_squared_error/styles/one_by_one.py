import numpy as np


def mean_squared_error(d, y):
    labels, outputs = np.ravel(d).tolist(), np.ravel(y).tolist()
    total = 0.0
    for d_i, y_i in zip(labels, outputs, strict=True):
        total += (d_i - y_i) ** 2
    return total / (2 * len(labels))
