import numpy as np


def d_relu(u):
    return np.maximum(np.sign(u), 0)


def d_sigmoid(u):
    u = np.asarray(u)
    u = u if u.dtype == np.float32 else u.astype(np.float64)
    s = 1 / (1 + np.exp(-np.clip(u, -80, 80)))
    return s - s * s


def d_mean_squared_error(d, y):
    n = 1
    for length in y.shape:
        n *= length
    return (y - d) / n


def d_sigmoid_with_loss(d, y):
    return np.array((y - d) / len(d))


def d_softmax_with_loss(d, y):
    if d.shape != y.shape:
        d = np.eye(y.shape[1], dtype=y.dtype)[d]
    return y / len(y) - d / len(y)
