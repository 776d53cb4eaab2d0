import numpy as np


def total_input(x, W, b):
    return 1 / (1 + np.exp(-(x @ W + b)))
