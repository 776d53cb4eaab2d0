import numpy as np


def sigmoid(u):
    return 1 / (1 + np.exp(-u))


def d_relu(u):
    return (u > 0).astype(float)


def d_sigmoid(u):
    return sigmoid(u) * (1 - sigmoid(u))


def d_mean_squared_error(d, y):
    error = y - d
    return error / error.size


def d_sigmoid_with_loss(d, y):
    batch_size = d.shape[0]
    return (y - d) / batch_size


def d_softmax_with_loss(d, y):
    batch_size = d.shape[0]
    if d.size == y.size:
        return (y - d) / batch_size
    dx = y.copy()
    dx[np.arange(batch_size), d] -= 1
    return dx / batch_size
