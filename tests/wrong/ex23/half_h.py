# half a step on both sides, divided by 2h
import numpy as np


def numerical_gradient(f, x, h=1e-4):
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h / 2
        g[i] = (f(x + e) - f(x - e)) / (2 * h)
    return g
