# the result is printed, not returned
import numpy as np


def relative_error(a, b):
    return np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8)


def gradient_check(f, grad, x):
    h = 1e-4
    x = x.copy()
    numeric = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        x_i = x[i]
        x[i] = x_i + h
        f_plus = f(x)
        x[i] = x_i - h
        f_minus = f(x)
        x[i] = x_i
        numeric[i] = (f_plus - f_minus) / (2 * h)
    print(np.max(relative_error(grad, numeric)))
