# evaluates both branches, so warnings; plain-if step for arrays
import numpy as np


def step(u):
    if np.any(u > 0):
        return np.ones_like(u)
    return np.zeros_like(u)


def sigmoid(u):
    return np.where(u >= 0, 1 / (1 + np.exp(-u)), np.exp(u) / (1 + np.exp(u)))


def relu(u):
    return np.abs(u)


def identity(u):
    return np.ones_like(u)
