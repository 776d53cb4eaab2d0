import numpy as np


def step(u):
    return (np.sign(u) > 0) * 1.0


def sigmoid(u):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-u))


def relu(u):
    return (u + np.abs(u)) / 2


def identity(u):
    return u
