import numpy as np
from scipy.optimize import approx_fprime


def relative_error(a, b):
    return np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8)


def gradient_check(f, grad, x):
    flat = approx_fprime(x.ravel(), lambda v: f(v.reshape(x.shape)), 1e-4)
    return np.max(relative_error(grad, flat.reshape(x.shape)))
