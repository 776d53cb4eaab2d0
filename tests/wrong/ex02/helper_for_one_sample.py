# only a single sample works: the neurons are computed one by one from x as a vector
import numpy as np


def neuron(x, w, bias):
    s = 0
    for xi, wi in zip(x, w):
        s += xi * wi
    return s + bias


def total_input(x, W, b):
    return np.array([neuron(x, W[:, j], b[j]) for j in range(W.shape[1])])
