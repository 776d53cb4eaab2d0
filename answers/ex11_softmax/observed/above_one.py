import numpy as np


def softmax(x):
    z = np.asarray(x) - np.min(x, axis=-1, keepdims=True)
    return np.sqrt(z) + 2
