import numpy as np


def relative_error(a, b):
    larger = np.maximum(np.abs(a), np.abs(b))
    return np.abs(a - b) / np.maximum(larger, 1e-8)


def gradient_check(f, grad, x):
    x = np.array(x, dtype=np.float64)  # a copy to move in
    numeric = np.zeros_like(x)
    h = 1e-4
    for i in np.ndindex(x.shape):
        x_i = x[i]
        x[i] = x_i + h
        f_plus = f(x)
        x[i] = x_i - h
        f_minus = f(x)
        x[i] = x_i
        numeric[i] = (f_plus - f_minus) / (2 * h)
    # np.max lets a NaN through, where a comparison would lose it
    return np.max(relative_error(grad, numeric))
