import numpy as np


def numerical_gradient(f, x):
    h = 1e-4
    x = np.asarray(x, dtype=np.float64)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        above = x.copy()
        above[index] += h
        x[index] -= h
        gradient[index] = (f(above) - f(x)) / (2 * h)
        x[index] += 1 + h
    return gradient
