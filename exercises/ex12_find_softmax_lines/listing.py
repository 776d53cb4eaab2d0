import numpy as np


def softmax(x):
    shifted = x - np.max(x, axis=-1, keepdims=True)
    powers = np.exp(shifted)
    total = np.sum(powers, axis=-1, keepdims=True)
    return powers / total
