import numpy as np


def step(u):
    u[u > 0] = 1
    u[u <= 0] = 0
    return u


def sigmoid(u):
    z = np.exp(-np.abs(u))
    return np.where(u >= 0, 1, z) / (1 + z)


def relu(u):
    return np.maximum(0, u)


def identity(u):
    return u
