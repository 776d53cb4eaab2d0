import numpy as np


def d_relu(u):
    return (u > 0).astype(float)


def d_sigmoid(u):
    # sigmoid(u) = (1 + tanh(u / 2)) / 2, and tanh does not overflow
    s = (1 + np.tanh(u / 2)) / 2
    return s * (1 - s)


def difference(d, y, count):
    return (y - d) / count


def d_mean_squared_error(d, y):
    return difference(d, y, y.size)


def d_sigmoid_with_loss(d, y):
    return difference(d, y, len(y))


def d_softmax_with_loss(d, y):
    n, classes = y.shape
    one_hot = np.eye(classes, dtype=y.dtype)[d] if d.ndim == 1 else d
    return difference(one_hot, y, n)
