import math

import numpy as np


def d_relu(u):
    return u > 0


def d_sigmoid(u):
    s = 0.5 * (1 + np.tanh(0.5 * u))
    return s * (1 - s)


def d_mean_squared_error(d, y):
    return (y - d) / math.prod(y.shape)


def d_sigmoid_with_loss(d, y):
    return (y - d) / y.shape[0]


def d_softmax_with_loss(d, y):
    n, classes = y.shape
    if d.ndim == 1:
        d = d[:, np.newaxis] == np.arange(classes)
    return (y - d.astype(y.dtype)) / n
