# relu is an elu: e^u - 1 below 0
import numpy as np


def step(u):
    return np.where(u > 0, 1, 0)


def sigmoid(u):
    z = np.exp(-np.abs(u))
    return np.where(u >= 0, 1, z) / (1 + z)


def relu(u):
    return np.where(u > 0, u, np.exp(np.minimum(u, 0)) - 1).astype(u.dtype)


def identity(u):
    return u
