import numpy as np


def gradient_of_one_row(f, x, h):
    grad = np.zeros_like(x)
    for i in range(x.size):
        tmp = x[i]
        x[i] = tmp + h
        fxh1 = f(x)
        x[i] = tmp - h
        fxh2 = f(x)
        grad[i] = (fxh1 - fxh2) / (2 * h)
        x[i] = tmp
    return grad


def numerical_gradient(f, x, h=1e-4):
    x = np.array(x, dtype=np.float64)
    if x.ndim == 1:
        return gradient_of_one_row(f, x, h)
    grad = np.zeros_like(x)
    for i, row in enumerate(x):
        grad[i] = numerical_gradient(f, row, h)
    return grad
