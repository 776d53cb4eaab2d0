import numpy as np


def step(u):
    return u > 0


def sigmoid(u):
    # the sigmoid is a tanh, shifted and squeezed from -1 ... 1 to 0 ... 1
    return (1 + np.tanh(u / 2)) / 2


def relu(u):
    return u * step(u)


def identity(u):
    return u
