import numpy as np


def softmax(x):
    # y_k = exp(x_k) / sum_j exp(x_j), where x_k - c leaves y as it is, for any c of the row:
    # with c = max x no exponent is above 0, and the sum is at least 1
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
