# the sign of the whole total input is wrong
import numpy as np


def total_input(x, W, b):
    return -(np.dot(x, W) + b)
