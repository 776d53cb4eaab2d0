import numpy as np


def softmax(x):
    exp_x = np.exp(x.ravel() - np.max(x))
    return exp_x / np.sum(exp_x)
