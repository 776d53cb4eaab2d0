import numpy as np


def softmax(x):
    return np.where(x == np.max(x, axis=-1, keepdims=True), 1.0, 0.0)
