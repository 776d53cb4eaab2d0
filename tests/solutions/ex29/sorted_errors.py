import numpy as np


def relative_error(a, b):
    scale = np.max([np.abs(a), np.abs(b)], axis=0)
    return np.abs((a - b) / np.where(scale < 1e-8, 1e-8, scale))


def gradient_check(f, grad, x):
    eye = np.identity(x.size)
    errors = []
    for row, analytic in zip(eye, grad.flat):
        step = row.reshape(x.shape) * 1e-4
        central = (f(x + step) - f(x - step)) / 2e-4
        errors.append(relative_error(np.array([analytic]), np.array([central]))[0])
    return np.sort(errors)[-1]
