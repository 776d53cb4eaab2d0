import numpy as np


def numerical_gradient(f, x, h=1e-4):
    grad = np.zeros_like(x)
    x = x.astype(np.float64)
    for i in np.ndindex(x.shape):
        plus = x.copy()
        plus[i] += h
        minus = x.copy()
        minus[i] -= h
        grad[i] = (f(plus) - f(minus)) / (2 * h)
    return grad
