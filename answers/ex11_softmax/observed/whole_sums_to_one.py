import numpy as np


def softmax(x):
    e = np.exp((x - np.max(x)) / 2)
    return e / np.sum(e)
