import numpy as np


def step(u):
    y = np.zeros(u.shape)
    y[u > 0] = 1
    return y


def sigmoid(u):
    y = np.empty(u.shape, dtype=np.result_type(u, np.float32))
    right = u >= 0
    y[right] = 1 / (1 + np.exp(-u[right]))
    e = np.exp(u[~right])
    y[~right] = e / (1 + e)
    return y


def relu(u):
    y = u.copy()
    y[u < 0] = 0
    return y


def identity(u):
    return u.copy()
