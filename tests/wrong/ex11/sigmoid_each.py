# a sigmoid of each entry
import numpy as np


def softmax(x):
    e = np.exp(-np.abs(x.astype(float)))
    return np.where(x >= 0, 1, e) / (1 + e)
