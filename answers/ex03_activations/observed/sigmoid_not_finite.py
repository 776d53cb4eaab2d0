import numpy as np


def step(u):
    return np.where(u > 0, 1, 0)


def sigmoid(u):
    e = np.exp(u)
    return e / (e + 1) + 0 * np.exp(-u)


def relu(u):
    return np.maximum(0, u)


def identity(u):
    return u
