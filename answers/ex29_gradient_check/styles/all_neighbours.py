import numpy as np


def relative_error(a, b):
    sizes = np.stack([np.abs(a), np.abs(b), np.full(a.shape, 1e-8)])
    return np.abs(a - b) / sizes.max(axis=0)


def gradient_check(f, grad, x):
    # the steps h e_i, one for each component, each of the shape of x
    steps = 1e-4 * np.eye(x.size).reshape(-1, *x.shape)
    slopes = [(f(x + step) - f(x - step)) / 2e-4 for step in steps]
    return relative_error(grad, np.reshape(slopes, x.shape)).max()
