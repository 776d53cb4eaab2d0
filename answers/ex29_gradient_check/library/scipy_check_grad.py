import numpy as np
from scipy.optimize import check_grad


def relative_error(a, b):
    return np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8)


def gradient_check(f, grad, x):
    return check_grad(lambda v: f(v.reshape(x.shape)), lambda v: grad.ravel(), x.ravel())
