import numpy as np


def numerical_gradient(f, x, h=1e-4):
    steps = h * np.eye(x.size).reshape(-1, *x.shape)
    return np.array([(f(x + e) - f(x - e)) / (2 * h) for e in steps], dtype=float).reshape(x.shape)
