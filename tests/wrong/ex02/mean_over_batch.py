# the mean over the batch is returned, one row for all samples
import numpy as np


def total_input(x, W, b):
    return np.mean(np.atleast_2d(x) @ W + b, axis=0)
