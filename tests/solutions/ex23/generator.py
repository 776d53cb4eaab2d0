import numpy as np


def _points(x, h):
    for index in np.ndindex(*x.shape):
        ahead, behind = np.array(x, dtype=float), np.array(x, dtype=float)
        ahead[index] += h
        behind[index] -= h
        yield index, ahead, behind


def numerical_gradient(f, x, h=1e-4):
    grad = np.full(x.shape, np.nan)
    for index, ahead, behind in _points(x, h):
        grad[index] = f(ahead) - f(behind)
    grad /= 2 * h
    return grad
