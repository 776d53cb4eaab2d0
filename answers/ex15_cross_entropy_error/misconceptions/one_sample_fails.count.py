import numpy as np


def cross_entropy_error(d, y):
    total = 0
    for i in range(len(d)):
        label = d[i] if np.ndim(d[i]) == 0 else np.argmax(d[i])
        total -= np.log(y[i][label] + 1e-7)
    return total / len(d)
