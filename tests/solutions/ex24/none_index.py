import numpy as np

def d_relu(u):
    return (np.sign(u) + abs(np.sign(u))) / 2


def d_sigmoid(u):
    return 1 / (2 + np.exp(u) + np.exp(-u))


def d_mean_squared_error(d, y):
    return np.multiply(1 / np.size(y), np.subtract(y, d))


d_sigmoid_with_loss = d_mean_squared_error


def d_softmax_with_loss(d, y):
    n, K = y.shape
    hit = d if d.ndim == 2 else (d[:, None] == np.arange(K)).astype(y.dtype)
    return np.array((y - hit) / n, dtype=y.dtype)
