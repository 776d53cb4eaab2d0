# replaces an infinite logarithm by 0
import numpy as np


def cross_entropy_error(d, y):
    d = np.asarray(d)
    y2 = y.reshape(-1, y.shape[-1])
    if d.shape == y.shape:
        d = d.argmax(axis=-1)
    logs = np.log(y2[np.arange(len(y2)), d.reshape(-1)])
    logs[np.isinf(logs)] = 0
    return -logs.mean()
