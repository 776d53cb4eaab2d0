import numpy as np


def relative_error(a, b):
    with np.errstate(invalid="ignore"):
        return np.divide(abs(a - b), np.clip(np.fmax(abs(a), abs(b)), 1e-8, None))


def gradient_check(f, grad, x):
    if not np.all(np.isfinite(grad)):
        return float("inf")
    h = 1e-4

    def slope(i):
        e = np.zeros(x.shape)
        e[i] = h
        return (f(x + e) - f(x - e)) / (2 * h)

    numeric = np.array([slope(i) for i in np.ndindex(*x.shape)]).reshape(x.shape)
    return relative_error(grad, numeric).max()
