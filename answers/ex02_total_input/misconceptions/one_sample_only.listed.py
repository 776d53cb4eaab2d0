import numpy as np


def total_input(x, W, b):
    return np.array([np.sum(x * W[:, j]) + b[j] for j in range(len(b))])
