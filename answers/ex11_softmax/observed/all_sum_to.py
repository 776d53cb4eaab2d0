import numpy as np


def softmax(x):
    z = x - np.max(x, axis=-1, keepdims=True)
    e = np.exp(z / 2)
    return 5 * e / np.sum(e, axis=-1, keepdims=True)
