# step is 1 at 0, and relu is the absolute value
import numpy as np


def step(u):
    return (u >= 0).astype(int)


def sigmoid(u):
    z = np.exp(-np.abs(u))
    return np.where(u >= 0, 1, z) / (1 + z)


def relu(u):
    return abs(u)


def identity(u):
    return u
