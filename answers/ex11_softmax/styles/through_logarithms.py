import numpy as np


def log_softmax(x):
    # log y_k = (x_k - c) - log sum_j exp(x_j - c), again with c = max x
    shifted = x - x.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def softmax(x):
    return np.exp(log_softmax(x))
