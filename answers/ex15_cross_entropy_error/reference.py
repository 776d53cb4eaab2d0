import numpy as np


def cross_entropy_error(d, y):
    # L = -1/n sum_i log y[i, d_i]
    d, y = np.asarray(d), np.asarray(y)
    if d.shape == y.shape:  # one-hot: where the 1 stands is the class
        d = np.argmax(d, axis=-1)
    d, y = d.reshape(-1), y.reshape(-1, y.shape[-1])  # (n,), (n, K)
    # log 0 is -inf: 1e-7 keeps the loss finite, and is not seen elsewhere
    return -np.mean(np.log(y[np.arange(d.size), d] + 1e-7))
