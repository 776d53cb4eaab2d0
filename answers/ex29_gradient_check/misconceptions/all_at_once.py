import numpy as np


def relative_error(a, b):
    return np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8)


def gradient_check(f, grad, x):
    h = 1e-4
    numeric = (f(x + h) - f(x - h)) / (2 * h)
    return np.max(relative_error(grad, numeric))
