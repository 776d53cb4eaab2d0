import numpy as np


def numerical_gradient(f, x, h=1e-4):
    x = np.asarray(x, dtype=np.float64)
    # one e_i after the other, each in the shape of x
    units = np.eye(x.size).reshape(-1, *x.shape)
    slopes = [(f(x + h * e) - f(x - h * e)) / (2 * h) for e in units]
    return np.array(slopes, dtype=np.float64).reshape(x.shape)
