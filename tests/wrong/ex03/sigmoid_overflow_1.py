# the sigmoid overflows to NaN for large u; the branch is chosen for the whole array
import numpy as np


def step(u):
    return np.where(u > 0, 1, 0)


def sigmoid(u):
    if np.all(u < 0):
        return np.exp(u) / (1 + np.exp(u))
    return np.exp(u) / (np.exp(u) + 1)


def relu(u):
    return np.maximum(0, u)


def identity(u):
    return u
