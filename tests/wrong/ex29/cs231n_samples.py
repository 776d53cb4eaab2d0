# the check of CS231n: ten entries drawn at random, in a form that returns the last
import numpy as np


def relative_error(a, b):
    return np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8)


def gradient_check(f, grad, x):
    h = 1e-5
    rng = np.random.default_rng(0)
    for _ in range(10):
        i = tuple(rng.integers(m) for m in x.shape)
        old = x[i]
        x[i] = old + h
        plus = f(x)
        x[i] = old - h
        minus = f(x)
        x[i] = old
        num = (plus - minus) / (2 * h)
        error = abs(num - grad[i]) / (abs(num) + abs(grad[i]) + 1e-8)
    return error
