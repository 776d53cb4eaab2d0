import numpy as np


def numerical_gradient(f, x, h=1e-4):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        ahead, behind = x.copy(), x.copy()
        ahead[i] *= 1 + h
        behind[i] *= 1 - h
        grad[i] = (f(ahead) - f(behind)) / (2 * h)
    return grad
