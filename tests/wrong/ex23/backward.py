# the backward difference
import numpy as np


def numerical_gradient(f, x, h=1e-4):
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        y = x.astype(float)
        y[i] -= h
        g[i] = (f(x.astype(float)) - f(y)) / h
    return g
