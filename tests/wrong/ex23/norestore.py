# does not put the component back
import numpy as np


def numerical_gradient(f, x, h=1e-4):
    x = np.array(x, dtype=float)
    flat = x.reshape(-1)
    g = np.zeros(flat.size)
    for i in range(flat.size):
        flat[i] += h
        a = f(x)
        flat[i] -= 2 * h
        g[i] = (a - f(x)) / (2 * h)
    return g.reshape(x.shape)
