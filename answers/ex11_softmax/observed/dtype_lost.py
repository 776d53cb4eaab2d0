import numpy as np


def softmax(x):
    x = np.array(x, dtype=np.float64)
    powers = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True)
