import numpy as np


def softmax(x):
    # y_k = exp(x_k) / sum_j exp(x_j), and x - c gives the same y for any c:
    # with c = max x no exponent is above 0
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
