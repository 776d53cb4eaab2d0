import numpy as np


def d_relu(u):
    return np.where(u > 0, 1, 0)


def d_sigmoid(u):
    s = 1 / (1 + np.exp(-u))
    return 4 * s * (1 - s)


def d_mean_squared_error(d, y):
    return (y - d) / y.size


def d_sigmoid_with_loss(d, y):
    return (y - d) / len(y)


def d_softmax_with_loss(d, y):
    n = len(y)
    gradient = y.copy()
    if d.ndim == 1:
        gradient[np.arange(n), d] -= 1
    else:
        gradient -= d
    return gradient / n
