# forward difference
import numpy as np


def numerical_gradient(f, x, h=1e-4):
    x = x.astype(float)
    g = np.zeros_like(x)
    base = f(x)
    for i in np.ndindex(x.shape):
        y = x.copy()
        y[i] += h
        g[i] = (f(y) - base) / h
    return g
