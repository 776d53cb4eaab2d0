import numpy as np


def numerical_gradient(f, x, h=1e-4):
    x = x + 0.0 if x.dtype == np.float64 else x.astype(np.float64)

    def slope(i):
        e = np.zeros(x.size)
        e[i] = h
        e = e.reshape(x.shape)
        return (f(x + e) - f(x - e)) / (h + h)

    return np.vectorize(slope, otypes=[float])(np.arange(x.size)).reshape(x.shape)
