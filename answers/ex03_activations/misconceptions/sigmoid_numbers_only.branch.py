import numpy as np


def step(u):
    return np.where(u > 0, 1, 0)


def sigmoid(u):
    if u >= 0:
        return 1 / (1 + np.exp(-u))
    return np.exp(u) / (1 + np.exp(u))


def relu(u):
    return np.maximum(0, u)


def identity(u):
    return u
