import numpy as np


def numerical_gradient(f, x, h=1e-4):
    grad = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        grad[i] = (f(x[i] + h) - f(x[i] - h)) / (2 * h)
    return grad
