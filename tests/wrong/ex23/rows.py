# works only on vectors; for matrix passes rows
import numpy as np


def numerical_gradient(f, x, h=1e-4):
    if x.ndim > 1:
        return np.array([numerical_gradient(f, row, h) for row in x])
    g = np.zeros(len(x))
    for i in range(len(x)):
        t = x[i]
        x[i] = t + h
        a = f(x)
        x[i] = t - h
        b = f(x)
        g[i] = (a - b) / (2 * h)
        x[i] = t
    return g
