import numpy as np


def relative_error(a, b):
    a, b = np.broadcast_arrays(a, b)
    larger = np.maximum(np.hypot(a, 0), np.hypot(b, 0))
    return np.abs(np.subtract(a, b)) / np.maximum(larger, 1e-8)


def gradient_check(f, grad, x):
    h = 1e-4
    numeric = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = 1
        numeric[i] = (f(x + h * e) - f(x - h * e)) * 0.5 / h
    return relative_error(grad, numeric).max(initial=0.0)
