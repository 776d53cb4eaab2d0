# applies relu and forgets the bias
import numpy as np


def total_input(x, W, b):
    return np.maximum(np.dot(x, W), 0)
