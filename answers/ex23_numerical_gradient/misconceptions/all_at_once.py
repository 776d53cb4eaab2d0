import numpy as np


def numerical_gradient(f, x, h=1e-4):
    x = np.array(x, dtype=np.float64)
    return (f(x + h) - f(x - h)) / (2 * h)
