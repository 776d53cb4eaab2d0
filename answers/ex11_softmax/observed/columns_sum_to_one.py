import numpy as np


def softmax(x):
    e = np.exp((x - np.max(x, axis=0)) / 2)
    return e / np.sum(e, axis=0)
