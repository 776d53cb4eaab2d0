# the maximum is subtracted after the exponential
import numpy as np


def softmax(x):
    e = np.exp(x)
    e = e - e.max(axis=-1, keepdims=True)
    return e / e.sum(axis=-1, keepdims=True)
