import numpy as np


def step(u):
    return np.where(u > 0, 1, 0)


def sigmoid(u):
    z = np.exp(-np.abs(u))
    y = np.zeros_like(u)
    y[u >= 0] = 1 / (1 + z[u >= 0])
    y[u < 0] = z[u < 0] / (1 + z[u < 0])
    return y


def relu(u):
    return np.maximum(0, u)


def identity(u):
    return u
